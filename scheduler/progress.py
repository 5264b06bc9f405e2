"""How an announcement goes, by channel, and whom it did not reach and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.announced import announcement
from scheduler.reasons import Reason, reason_of
from storage import announcements
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class OnChannel:
    """Messages of one channel; `left` may still be sent. None: no address."""

    channel: str | None
    messages: int
    left: int
    sent: int
    delivered: int
    failed: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class Missed:
    """Somebody whom it did not reach."""

    person_id: int
    full_name: str
    phone: str
    why: Reason


@dataclass(frozen=True, slots=True)
class Progress:
    """All of it: people, those told by a change of their own visit, and those who say that they have read it."""

    people: int
    by_change: int
    read: int
    channels: tuple[OnChannel, ...]

    @property
    def messages(self) -> int:
        return sum(one.messages for one in self.channels)

    @property
    def left(self) -> int:
        return sum(one.left for one in self.channels)


def progress(tx: Transaction, announcement_id: int) -> Progress:
    """How it stands.

    Raises:
        NoSuchAnnouncement.
    """
    announcement(tx, announcement_id)
    by_channel: dict[str | None, dict[str, int]] = {}
    for row in announcements.progress(tx, announcement_id):
        by_channel.setdefault(row.channel, {})[row.status] = row.messages
    people, by_change, read = announcements.counts(tx, announcement_id)
    channels = tuple(_of(channel, found) for channel, found in by_channel.items())
    return Progress(people, by_change, read, channels)


def missed(tx: Transaction, announcement_id: int) -> list[Missed]:
    """The call list, by name."""
    return [
        Missed(
            row.person_id,
            row.full_name,
            row.phone,
            Reason.LATE if row.status == "expired" else reason_of(row.reason),
        )
        for row in announcements.not_reached(tx, announcement_id)
    ]


def _of(channel: str | None, found: Mapping[str, int]) -> OnChannel:
    def count(*states: str) -> int:
        return sum(found.get(state, 0) for state in states)

    return OnChannel(
        channel,
        messages=sum(found.values()),
        left=count("waiting", "sending", "unknown"),
        sent=count("sent"),
        delivered=count("delivered"),
        failed=count("failed", "expired"),
        withdrawn=count("withdrawn"),
    )
