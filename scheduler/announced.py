"""An announcement as it stands: what was written, for whom, who confirmed it, and what may become of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from scheduler.announcing import Words
from scheduler.audience import Audience
from scheduler.errors import NotAllowed, Refused
from scheduler.impact import Closed
from scheduler.purposes import Purpose
from storage import announcements
from storage.database import Transaction


class Status(StrEnum):
    """Where an announcement stands."""

    BEGUN = "begun"  # its writer has not sent it yet
    DRAFT = "draft"  # somebody else has to confirm it
    CONFIRMED = "confirmed"  # a closure that can still be taken back
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    UNDONE = "undone"
    DONE = "done"


MOVES: Mapping[Status, frozenset[Status]] = {
    Status.BEGUN: frozenset({Status.DRAFT, Status.CONFIRMED, Status.RUNNING, Status.UNDONE}),
    Status.DRAFT: frozenset({Status.CONFIRMED, Status.RUNNING, Status.STOPPED, Status.UNDONE}),
    Status.CONFIRMED: frozenset({Status.RUNNING, Status.STOPPED, Status.UNDONE}),
    Status.RUNNING: frozenset({Status.PAUSED, Status.STOPPED, Status.UNDONE, Status.DONE}),
    Status.PAUSED: frozenset({Status.RUNNING, Status.STOPPED, Status.UNDONE}),
}


class NoSuchAnnouncement(Refused):
    """No announcement has that number."""

    def __init__(self, announcement_id: int) -> None:
        super().__init__(
            f"there is no announcement number {announcement_id}; 'termin announce list' lists them"
        )


class NotAsItStands(Refused):
    """That can't follow what was done with it before."""

    def __init__(self, announcement_id: int, status: Status) -> None:
        super().__init__(f"announcement number {announcement_id} is {status}")


class TooLateToUndo(Refused):
    """The time to take it back is over."""

    def __init__(self, announcement_id: int) -> None:
        super().__init__(
            f"it is too late to take announcement number {announcement_id} back; "
            f"'termin announce stop {announcement_id}' ends what has not gone yet"
        )


class SecondPerson(Refused):
    """Whoever wrote it can't confirm it."""

    def __init__(self) -> None:
        super().__init__("so many people are told only if a second member of staff confirms")


class MayNotAnnounce(NotAllowed):
    """Their role does not let them tell many at once."""

    def __init__(self) -> None:
        Refused.__init__(self, "only administrators and coordinators may do that with announcements")


class NobodyToTell(Refused):
    """It is for nobody."""

    def __init__(self) -> None:
        super().__init__("nobody belongs to that audience, so nothing can be sent")


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be announced, to whom, and how urgent it is; `closed` closes the club with it."""

    words: Words
    audience: Audience
    purpose: Purpose = Purpose.ANNOUNCEMENT
    closed: Closed | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """One as it stands. From `begins_at` on it can't be taken back."""

    id: int
    draft: Draft
    status: Status
    written_at: datetime
    written_by_id: int | None
    confirmed_at: datetime | None
    confirmed_by_id: int | None
    begins_at: datetime | None
    done_at: datetime | None


def announcement(tx: Transaction, announcement_id: int, *, lock: bool = False) -> Announcement:
    """One.

    Args:
        lock: nobody else may change it until the transaction ends.

    Raises:
        NoSuchAnnouncement.
    """
    row = announcements.announcement_of(tx, announcement_id, lock=lock)
    if row is None:
        raise NoSuchAnnouncement(announcement_id)
    return _of(row)


def newest(tx: Transaction, limit: int = 50) -> list[Announcement]:
    """The newest first, without those that their writer has not sent yet."""
    return [_of(row) for row in announcements.newest(tx, limit)]


def _of(row: Any) -> Announcement:
    closed = _closed_of_json(row.closed)
    purpose = Purpose(row.purpose)
    words = Words(row.texts or {"pl": ""}, row.acknowledge)  # dropped, once it has been kept long enough
    return Announcement(
        row.id,
        Draft(words, Audience.of_json(row.audience), purpose, closed),
        Status(row.status),
        row.written_at,
        row.written_by_id,
        row.confirmed_at,
        row.confirmed_by_id,
        row.begins_at,
        row.done_at,
    )


def closed_as_json(closed: Closed | None) -> dict[str, str] | None:
    """As the announcement's row keeps it."""
    if closed is None:
        return None
    said = {"first": closed.first, "last": closed.last, "after": closed.after}
    return {name: value.isoformat() for name, value in said.items() if value is not None} | {
        "reason": closed.reason
    }


def _closed_of_json(said: dict[str, str] | None) -> Closed | None:
    if said is None:
        return None
    after = time.fromisoformat(said["after"]) if "after" in said else None
    return Closed(date.fromisoformat(said["first"]), date.fromisoformat(said["last"]), said["reason"], after)
