"""Who is away and which room is shut: as staff read it, and its end. What was given back meanwhile stays so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from config.centre import Centre
from scheduler.booked import with_specialist
from scheduler.booking import back
from scheduler.calendar import local
from scheduler.errors import NotAway
from scheduler.staff import Role, members
from storage import absences as stored
from storage import audit, hours, todos
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Absence:
    """A specialist's, or a room's with all its stations that are out of use at once. Instants are UTC."""

    id: int
    starts_at: datetime
    ends_at: datetime
    specialist_id: int | None
    specialist: str
    room: str | None


def absences_between(tx: Transaction, span: tuple[datetime, datetime]) -> list[Absence]:
    """Those that touch the span, by start."""
    return _grouped(stored.absences_between(tx, span))


def absences_to_come(tx: Transaction) -> list[Absence]:
    """Those that are not over, by start."""
    return _grouped(stored.absences_since(tx, tx.now))


def absence(tx: Transaction, absence_id: int) -> Absence:
    """One that is not over.

    Raises:
        NotAway: there is none of that number, or it is over.
    """
    found = next((one for one in absences_to_come(tx) if one.id == absence_id), None)
    if found is None:
        raise NotAway
    return found


def not_today_key(specialist_id: int, day: date) -> str:
    """Of the to-do that settles a day on which somebody is not coming."""
    return f"not_today:{specialist_id}:{day.isoformat()}"


def stands_key(visit_id: int) -> str:
    """How the keys of to-dos begin about a visit that stands although nobody is there for it."""
    return f"stands:{visit_id}:"


def who_can_be_away(tx: Transaction) -> list[tuple[int, str]]:
    """Whoever on the staff has weekly hours or the role of a specialist, as id and name, by name."""
    serve = set(hours.who_serves(tx))
    return [
        (one.person_id, one.full_name)
        for one in members(tx)
        if one.person_id in serve or one.role is Role.SPECIALIST
    ]


def end(tx: Transaction, centre: Centre, absence_id: int, *, by: int | None = None) -> Absence:
    """Whoever is away is here again from now on, or from when they would have gone; a room likewise.

    What was still to be settled of their visits need not be any more.

    Returns:
        The absence as it was.

    Raises:
        NotAway: it is over already.
    """
    ended = absence(tx, absence_id)
    at = max(tx.now, ended.starts_at)
    if ended.specialist_id is not None:
        back(tx, specialist_id=ended.specialist_id, at=at, by=by)
        for visit in with_specialist(tx, ended.specialist_id, (at, ended.ends_at)):
            todos.close(tx, stands_key(visit.id))
        todos.close_one(tx, not_today_key(ended.specialist_id, local(at, centre.zone).date()))
    else:
        stored.end_station_absences(tx, str(ended.room), at)
        audit.note(tx, "staff", "room_open", actor_id=by, details={"room": ended.room})
    return ended


def _grouped(rows: Sequence[Any]) -> list[Absence]:
    """One line a room, however many stations it has."""
    found: dict[tuple[object, ...], Absence] = {}
    for row in rows:
        whose = row.room or row.id
        one = Absence(row.id, row.starts_at, row.ends_at, row.person_id, row.person or "", row.room)
        found.setdefault((whose, row.starts_at, row.ends_at), one)
    return list(found.values())
