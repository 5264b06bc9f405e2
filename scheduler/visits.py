"""A visit: one participant, one specialist, one hour; its states and what may follow each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from scheduler.errors import NoSuchVisit
from storage import diary
from storage.database import Transaction


class VisitStatus(StrEnum):
    """Where a visit stands."""

    BOOKED = "booked"
    CONFIRMED = "confirmed"
    GIVEN_BACK = "given_back"
    ARRIVED = "arrived"
    ATTENDED = "attended"
    MISSED = "missed"
    REFUSED_NO_MASK = "refused_no_mask"


_DOOR = {VisitStatus.ARRIVED, VisitStatus.ATTENDED, VisitStatus.MISSED, VisitStatus.REFUSED_NO_MASK}

TRANSITIONS: dict[VisitStatus, set[VisitStatus]] = {
    VisitStatus.BOOKED: {VisitStatus.BOOKED, VisitStatus.CONFIRMED, VisitStatus.GIVEN_BACK, *_DOOR},
    VisitStatus.CONFIRMED: {VisitStatus.BOOKED, VisitStatus.GIVEN_BACK, *_DOOR},
    VisitStatus.GIVEN_BACK: {VisitStatus.BOOKED},
    VisitStatus.ARRIVED: {VisitStatus.ATTENDED, VisitStatus.REFUSED_NO_MASK},
    VisitStatus.ATTENDED: set(),
    VisitStatus.MISSED: {VisitStatus.ARRIVED, VisitStatus.ATTENDED},
    VisitStatus.REFUSED_NO_MASK: {VisitStatus.ARRIVED},
}


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit as it stands now. Instants are UTC; `station` is None where nobody comes to the club."""

    id: int
    service: str
    participant_id: int
    specialist_id: int
    station: str | None
    mode: str
    starts_at: datetime
    ends_at: datetime
    status: VisitStatus
    version: int

    @property
    def place(self) -> str:
        """The station's code, or how they speak instead: 'phone', 'remote'."""
        return self.station or self.mode

    @property
    def is_open(self) -> bool:
        """Whether the participant is expected."""
        return self.status in {VisitStatus.BOOKED, VisitStatus.CONFIRMED}


def visit(tx: Transaction, visit_id: int) -> Visit:
    """That visit.

    Raises:
        NoSuchVisit: there is none.
    """
    row = diary.visit(tx, visit_id)
    if row is None:
        raise NoSuchVisit
    return _of(row)


def coming(tx: Transaction, person_ids: Collection[int]) -> list[Visit]:
    """The visits to which those people are expected and that are not over, by start."""
    return [_of(row) for row in diary.open_visits(tx, person_ids, tx.now)]


def with_specialist(tx: Transaction, specialist_id: int, span: tuple[datetime, datetime]) -> list[Visit]:
    """The visits with that specialist that touch the span and still stand, by start."""
    return [_of(row) for row in diary.visits_with(tx, specialist_id, span)]


def _of(row: Any) -> Visit:
    named: dict[str, Any] = row._asdict()
    return Visit(**named | {"status": VisitStatus(row.status)})
