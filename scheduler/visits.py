"""A visit: one participant, one specialist, one hour; its states and what may follow each; and a time that could be one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
    VisitStatus.GIVEN_BACK: {VisitStatus.BOOKED, VisitStatus.CONFIRMED},
    VisitStatus.ARRIVED: {VisitStatus.ATTENDED, VisitStatus.REFUSED_NO_MASK},
    VisitStatus.ATTENDED: set(),
    VisitStatus.MISSED: {VisitStatus.ARRIVED, VisitStatus.ATTENDED},
    VisitStatus.REFUSED_NO_MASK: {VisitStatus.ARRIVED},
}


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit as it stands now. Instants are UTC; `station` is None where nobody comes to the club.

    `given_back_from` is the status from which its participant gave it back; None where the club did.
    """

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
    given_back_from: VisitStatus | None = None

    @property
    def place(self) -> str:
        """The station's code, or how they speak instead: 'phone', 'remote'."""
        return self.station or self.mode

    @property
    def is_open(self) -> bool:
        """Whether the participant is expected."""
        return self.status in {VisitStatus.BOOKED, VisitStatus.CONFIRMED}


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A time that can be had now: with whom, where, from when to when (UTC)."""

    starts_at: datetime
    ends_at: datetime
    specialist_id: int
    station: str | None
    mode: str

    @property
    def place(self) -> str:
        """The station's code, or how they speak instead: 'phone', 'remote'."""
        return self.station or self.mode
