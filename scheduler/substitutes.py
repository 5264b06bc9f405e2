"""Who or what stands in, so that a visit keeps its time: another specialist of the service, a desk in another room."""

from dataclasses import dataclass
from typing import Any

from config.centre import Centre
from scheduler.placing import Wish, hour_of, put
from scheduler.policies import buffer_at
from scheduler.visits import Visit
from storage import absences, claims, hours, timetable
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where a visit goes, as a row of weekly hours would say it."""

    specialist_id: int
    station_id: int
    station: str
    mode: str = "in_person"
    held: bool = True  # it may be: whoever claims it looks


def substitute(tx: Transaction, centre: Centre, visit: Visit) -> Visit | None:
    """Let somebody else of the service take the visit, in the same place if that can be; None if nobody can."""
    wish, buffer = _at_its_time(visit), buffer_at(tx, centre, visit.starts_at)
    return next(
        filter(None, (put(tx, centre, wish, row, buffer) for row in stand_ins(tx, centre, visit))), None
    )


def stand_ins(tx: Transaction, centre: Centre, visit: Visit) -> list[Any]:
    """Whose weekly hours could take the visit now, as rows with `specialist_id`, `station` and `mode`, the nearest first.

    Where the specialist has hours then in another place, that comes before somebody else.
    """
    wish, buffer = _at_its_time(visit), buffer_at(tx, centre, visit.starts_at)
    rows = hours.serving_at(
        tx,
        hour_of(centre, wish, buffer),
        hours.who_serves(tx),
        wanted_for=visit.participant_id,
        moving=visit.id,
    )
    free = [
        row
        for row in rows
        if row.free and (row.specialist_id != visit.specialist_id or (row.station or row.mode) != visit.place)
    ]
    return sorted(free, key=lambda row: _how_far(visit, row))


def other_desk(tx: Transaction, centre: Centre, visit: Visit, room: str) -> Visit | None:
    """Let the visit take place at a desk of that room; None if none is free then."""
    wish, buffer = _at_its_time(visit), buffer_at(tx, centre, visit.starts_at)
    span = (visit.starts_at, visit.ends_at + buffer)
    for station in timetable.stations_of(tx, room):
        taken = claims.between(tx, [station.id], [], span, visit.participant_id)
        if not taken and not absences.absences_of(tx, (), span, [station.id]):
            desk = _Desk(visit.specialist_id, station.id, station.code)
            if (moved := put(tx, centre, wish, desk, buffer)) is not None:
                return moved
    return None


def _at_its_time(visit: Visit) -> Wish:
    return Wish(visit.participant_id, visit.service, visit.starts_at, moving=visit, status=visit.status)


def _how_far(visit: Visit, row: Any) -> tuple[bool, bool, bool, int]:
    is_other, is_elsewhere = (
        row.specialist_id != visit.specialist_id,
        (row.station or row.mode) != visit.place,
    )
    return is_other, is_elsewhere, row.mode != visit.mode, row.specialist_id
