"""The club closes at once, for the rest of the day: what becomes of its visits and sessions, and who has to be phoned."""

from collections.abc import Sequence
from dataclasses import dataclass

from config.centre import Centre
from scheduler.calendar import local
from scheduler.changes import Way, settle
from scheduler.impact import Closed, sessions_affected
from scheduler.names import name_key
from scheduler.news import is_reached
from scheduler.people import Person, person
from scheduler.session_changes import concerned
from scheduler.sessions import Session
from storage import sessions
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class ClosedNow:
    """How many visits and sessions were called off, and those who lose one and can't be written to, by name."""

    called_off: int
    to_phone: Sequence[Person]


def close_now(tx: Transaction, centre: Centre, *, by: int | None = None) -> ClosedNow:
    """Close from this minute on; everybody who is still due today is told once, with another time where there is one.

    Args:
        by: the member of staff who does; None if that is not known.
    """
    now = local(tx.now, centre.zone)
    change = Closed(now.date(), now.date(), "", now.time().replace(second=0, microsecond=0))
    off = sessions_affected(tx, centre, change)
    due = {person_id for one in off for person_id in _due_at(tx, one)}
    settled = settle(tx, centre, change, Way.ANOTHER_TIME, by=by)
    due |= {one.visit.participant_id for one in settled}
    to_phone = [person(tx, one) for one in due if not is_reached(tx, one)]
    return ClosedNow(len(settled) + len(off), sorted(to_phone, key=lambda one: name_key(one.full_name)))


def _due_at(tx: Transaction, one: Session) -> set[int]:
    """Who of a group has not said that they are not coming; who leads it reads what staff read."""
    return concerned(tx, [one]) - {one.leader_id} - sessions.declined(tx, one.id)
