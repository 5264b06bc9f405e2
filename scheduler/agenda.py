"""Who comes when: the visits of some days as staff read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from config.centre import Centre
from scheduler.calendar import day_span, local
from scheduler.visits import Visit, VisitStatus
from storage import agenda as stored
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One visit. Instants are UTC; `room` is the number on its door; both places are None where nobody comes to the club."""

    id: int
    starts_at: datetime
    ends_at: datetime
    service: str
    specialist: str
    room: str | None
    station: str | None
    mode: str
    person_id: int
    person: str
    status: VisitStatus
    late_minutes: int | None
    accompanied: bool


def agenda(tx: Transaction, centre: Centre, from_day: date, to_day: date) -> list[AgendaRow]:
    """The visits that start on those local days, both counted, by start; what was given back is among them."""
    span = day_span(from_day, to_day, centre.zone)
    return [_row(centre, row) for row in stored.visits_between(tx, span)]


def named(tx: Transaction, centre: Centre, visits: Sequence[Visit]) -> dict[int, AgendaRow]:
    """Those visits as staff read them, by id."""
    if not visits:
        return {}
    days = [local(visit.starts_at, centre.zone).date() for visit in visits]
    wanted = {visit.id for visit in visits}
    return {row.id: row for row in agenda(tx, centre, min(days), max(days)) if row.id in wanted}


def room_number(centre: Centre, station: str, room: str) -> str:
    """What stands on the door; a station that has left the club's file since is in the room that the database remembers."""
    return centre.room_of(station).number if centre.has_station(station) else room


def _row(centre: Centre, row: Any) -> AgendaRow:
    return AgendaRow(
        row.id,
        row.starts_at,
        row.ends_at,
        row.service,
        row.specialist,
        room_number(centre, row.station, row.room) if row.station else None,
        row.station,
        row.mode,
        row.person_id,
        row.person,
        VisitStatus(row.status),
        row.late_minutes,
        row.accompanied,
    )
