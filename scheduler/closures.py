"""The days on which the club is closed, beside holidays: those of its file, and those that staff entered."""

from dataclasses import dataclass
from datetime import date

from config.centre import Centre
from scheduler.calendar import local
from scheduler.errors import NoSuchClosure
from storage import audit
from storage import closures as stored
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Closure:
    """Days, both counted, on which the club is closed. What the file says, the file takes back."""

    id: int
    first: date
    last: date
    reason: str
    by_staff: bool


def closures(tx: Transaction, centre: Centre) -> list[Closure]:
    """Those that are not over, by their first day."""
    return _since(tx, local(tx.now, centre.zone).date())


def closures_on(tx: Transaction, day: date) -> list[Closure]:
    """Those that hold on that day."""
    return closures_between(tx, day, day)


def closures_between(tx: Transaction, first: date, last: date) -> list[Closure]:
    """Those that hold on any of those days, both counted."""
    return [one for one in _since(tx, first) if one.first <= last]


def reopen(tx: Transaction, closure_id: int, *, by: int | None = None) -> None:
    """Take a closure back that staff entered: from now on those days can be booked again.

    Args:
        by: the member of staff who does; None if that is not known.

    Raises:
        NoSuchClosure: there is none, or the club's file has it.
    """
    if not stored.remove_closure(tx, closure_id):
        raise NoSuchClosure(closure_id)
    audit.note(tx, "staff", "reopened", actor_id=by, details={"closure": closure_id})


def _since(tx: Transaction, day: date) -> list[Closure]:
    return [
        Closure(row.id, row.first_day, row.last_day, row.reason, row.by_staff)
        for row in stored.closures_since(tx, day)
    ]
