"""How an announcement goes, by channel, and whom it did not reach and why, in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.announced import announcement
from storage import announcements
from storage.database import Transaction

# What the ledger and the providers call it, as people say it; by the longest beginning that fits.
WHY: Mapping[str, str] = {
    "no_channel": "no phone that takes messages",
    "stopped": "asked for silence",
    "dead": "the number or chat is no longer in use",
    "wrong": "the number is somebody else's",
    "blocked": "has blocked the bot",
    "403": "has blocked the bot",
    "timeout": "no answer from the provider",
    "21610": "asked the provider for silence",
    "21211": "no such number",
    "21614": "the number takes no SMS",
    "30003": "the phone is off or out of reach",
    "30004": "the phone refuses messages",
    "30005": "no such number",
    "30006": "a landline, or a network that takes no SMS",
    "30007": "refused by the network as spam",
    "words": "the text could not be made",
}
LATE = "it could not be sent in time"
UNKNOWN = "the provider could not deliver it"


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
    why: str


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
        Missed(row.person_id, row.full_name, row.phone, _why(row.status, row.reason))
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


def _why(status: str, reason: str | None) -> str:
    if status == "expired":
        return LATE
    return WHY.get(reason or "", f"{UNKNOWN} ({reason})" if reason else UNKNOWN)
