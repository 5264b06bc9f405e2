"""How fast a channel account may send: evenly (a generic cell rate algorithm), and never more than so many in any sliding second.

The evenness forgives a late turn: what it missed goes at once. The sliding second does not: the instants of the last grants
are kept, and a message goes only where one of them is a second old.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

UNLIMITED = 500  # rows in one claim where no pace is kept: enough to make the transaction's own cost small


@dataclass(frozen=True, slots=True)
class Pace:
    """The limits of one channel account.

    Attributes:
        per_second: messages (or parts) in any second; None is as fast as it goes.
        by_parts: a message counts as many as it has SMS parts.
        chat_seconds: from one message to an address to the next.
        group_a_minute: messages in any minute to one group (an address that begins with a minus).
        slack: seconds that a turn may come late without losing its place; from rest as much may go at once.
        at_once: calls under way at one time, in each process.
    """

    per_second: float | None = None
    by_parts: bool = False
    chat_seconds: float = 0
    group_a_minute: int | None = None
    slack: float = 0.1
    at_once: int = 1000

    @property
    def each(self) -> timedelta:
        """What one message takes, rounded up to the clock's microsecond."""
        if self.per_second is None:
            return timedelta(0)
        return timedelta(microseconds=math.ceil(1_000_000 / self.per_second))

    @property
    def most(self) -> int:
        """The grants of one `window`."""
        return max(1, math.floor(self.per_second or 0))

    @property
    def window(self) -> timedelta:
        """A second; longer where not even one message goes in it."""
        return max(timedelta(seconds=1), self.each)

    @property
    def forgiven(self) -> timedelta:
        """How late a turn may come; where a message takes longer than that, there is nothing to catch up with."""
        slack = timedelta(seconds=self.slack)
        return slack if self.each < slack else timedelta(0)

    @property
    def shared(self) -> bool:
        """Whether claims have to wait for each other."""
        return self.per_second is not None or bool(self.chat_seconds) or self.group_a_minute is not None


@dataclass(frozen=True, slots=True)
class Account:
    """What is remembered of a channel account: when its next message is due, and the instants of its last grants."""

    next_free_at: datetime
    recent: tuple[datetime, ...] = ()


def granted(pace: Pace, account: Account, now: datetime) -> int:
    """How many may go now."""
    if pace.per_second is None:
        return UNLIMITED if account.next_free_at <= now else 0
    behind = now - _no_earlier(pace, account, now)
    evenly = 0 if behind < timedelta(0) else behind // pace.each + 1
    return max(0, min(evenly, pace.most - len(_within(pace, account, now))))


def moved_on(pace: Pace, account: Account, now: datetime, count: int) -> Account:
    """The account once `count` of those granted have gone; a message of more parts than a second allows goes alone."""
    recent = (*_within(pace, account, now), *[now] * count)[-pace.most :]
    return Account(_no_earlier(pace, account, now) + count * pace.each, recent)


def free_at(pace: Pace, account: Account) -> datetime:
    """When the next may go."""
    if pace.per_second is None or len(account.recent) < pace.most:
        return account.next_free_at
    return max(account.next_free_at, account.recent[-pace.most] + pace.window)


def _no_earlier(pace: Pace, account: Account, now: datetime) -> datetime:
    """A rest earns no more than the slack."""
    return max(account.next_free_at, now - pace.forgiven)


def _within(pace: Pace, account: Account, now: datetime) -> Sequence[datetime]:
    """The grants of the window that ends now."""
    return [at for at in account.recent if at > now - pace.window]
