"""How fast a channel account may send: a generic cell rate algorithm on one instant, `next_free_at`.

Never more than `per_second` in any sliding second: from rest `slack` seconds' worth may go at once, so a message has to
take (1 + slack) / per_second. The slack also lets a turn come that much late without losing its place.
"""

import math
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
        slack: seconds.
        at_once: calls under way at one time, in each process.
    """

    per_second: float | None = None
    by_parts: bool = False
    chat_seconds: float = 0
    group_a_minute: int | None = None
    slack: float = 0.01
    at_once: int = 1000

    @property
    def each(self) -> timedelta:
        """What one message takes, rounded up to the clock's microsecond."""
        if self.per_second is None:
            return timedelta(0)
        return timedelta(microseconds=math.ceil((1 + self.slack) * 1_000_000 / self.per_second))

    @property
    def shared(self) -> bool:
        """Whether claims have to wait for each other."""
        return self.per_second is not None or bool(self.chat_seconds) or self.group_a_minute is not None


def granted(pace: Pace, next_free_at: datetime, now: datetime) -> int:
    """How many may go now."""
    if pace.per_second is None:
        return UNLIMITED if next_free_at <= now else 0
    behind = now - _no_earlier(pace, next_free_at, now)
    return 0 if behind < timedelta(0) else behind // pace.each + 1


def moved_on(pace: Pace, next_free_at: datetime, now: datetime, count: int) -> datetime:
    """`next_free_at` once `count` of those granted have gone."""
    return _no_earlier(pace, next_free_at, now) + count * pace.each


def _no_earlier(pace: Pace, next_free_at: datetime, now: datetime) -> datetime:
    """A rest earns no more than the slack."""
    return max(next_free_at, now - timedelta(seconds=pace.slack))
