"""Which visits there are."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from scheduler.errors import NoSuchVisit
from scheduler.visits import Visit, VisitStatus
from storage import visits
from storage.database import Transaction

LATELY = timedelta(days=1)  # a COFNIJ that comes later is not about what was given back then


def visit(tx: Transaction, visit_id: int) -> Visit:
    """That visit.

    Raises:
        NoSuchVisit: there is none.
    """
    row = visits.visit_of(tx, visit_id)
    if row is None:
        raise NoSuchVisit
    return _of(row)


def coming(tx: Transaction, person_ids: Collection[int]) -> list[Visit]:
    """The visits to which those people are expected and that are not over, by start."""
    return [_of(row) for row in visits.open_visits(tx, person_ids, tx.now)]


def with_specialist(tx: Transaction, specialist_id: int, span: tuple[datetime, datetime]) -> list[Visit]:
    """The visits with that specialist that touch the span and still stand, by start."""
    return [_of(row) for row in visits.visits_with(tx, specialist_id, span)]


def standing_within(tx: Transaction, span: tuple[datetime, datetime]) -> list[Visit]:
    """The visits that touch the span and still stand, by start."""
    return [_of(row) for row in visits.visits_within(tx, span)]


def given_back_lately(tx: Transaction, person_ids: Collection[int]) -> list[Visit]:
    """The visits that those people gave back themselves within a day, the newest giving back first."""
    return [_of(row) for row in visits.given_back_since(tx, person_ids, tx.now - LATELY)]


def _of(row: Any) -> Visit:
    named: dict[str, Any] = row._asdict()
    before = row.given_back_from and VisitStatus(row.given_back_from)
    return Visit(**named | {"status": VisitStatus(row.status), "given_back_from": before})
