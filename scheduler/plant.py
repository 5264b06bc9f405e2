"""Brings the club's file into the database at every start, and writes nothing where they agree.

What the file no longer names is put out of use and stays, because visits refer to it.
"""

from collections.abc import Iterable
from typing import Any

from config.centre import Centre, Specialist
from scheduler.errors import Refused
from scheduler.names import name_key, tidy
from scheduler.staff import shut_out
from storage import people, timetable
from storage.database import Transaction
from storage.hours import HoursRow
from storage.timetable import ClosureRow


class TwoOfOneName(Refused):
    """Two specialists can't be told apart."""

    def __init__(self, full_name: str) -> None:
        super().__init__(
            f"two members of staff without a phone are called {full_name}; "
            "tell them apart in the club's file, for instance by a second name"
        )


def plant(tx: Transaction, centre: Centre) -> None:
    """Make services, rooms, stations, specialists, hours and closures those of the file.

    Raises:
        TwoOfOneName: two specialists have the same name.
    """
    timetable.lock(tx)
    services = timetable.plant_services(tx, [service.code for service in centre.services])
    rooms = timetable.plant_rooms(tx, [room.code for room in centre.rooms])
    stations = timetable.plant_stations(
        tx, {station.code: rooms[room.code] for room in centre.rooms for station in room.stations}
    )
    specialists = _plant_specialists(tx, centre.specialists)
    timetable.plant_hours(
        tx,
        [
            HoursRow(
                specialists[row.specialist],
                services[row.service],
                row.weekday,
                row.starts,
                row.ends,
                stations[row.station] if row.station else None,
                row.mode,
            )
            for row in centre.timetable
        ],
    )
    timetable.plant_closures(tx, [ClosureRow(one.first, one.last, one.reason) for one in centre.closures])


def _plant_specialists(tx: Transaction, specialists: Iterable[Specialist]) -> dict[str, int]:
    known = {row.code: row for row in people.specialists(tx)}
    ids = {one.code: _plant_specialist(tx, one, known.get(one.code)) for one in specialists}
    for code, row in known.items():
        if code not in ids and row.ended_at is None:
            people.change_person(tx, row.id, ended_at=tx.now)
            shut_out(tx, row.id)
    return ids


def _plant_specialist(tx: Transaction, specialist: Specialist, known: Any) -> int:
    full_name = tidy(specialist.full_name)
    if known is None:
        known = _colleague(tx, full_name)
    if known is None:
        person_id = people.add_person(
            tx, kind="staff", code=specialist.code, full_name=full_name, name_key=name_key(full_name)
        )
        if person_id is None:
            raise TwoOfOneName(full_name)
        people.add_role(tx, person_id, "specialist")
        return person_id
    said = {"code": specialist.code, "full_name": full_name, "ended_at": None}
    if any(getattr(known, name) != value for name, value in said.items()):
        people.change_person(tx, known.id, name_key=name_key(full_name), **said)
    return int(known.id)


def _colleague(tx: Transaction, full_name: str) -> Any:
    """Somebody of that name whom staff put in by hand, before the file named them."""
    same = people.namesakes(tx, "staff", name_key(full_name))
    return next((row for row in same if row.code is None), None)
