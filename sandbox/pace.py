"""How fast a provider lets one write: a count in a sliding window, and a bucket that refills."""

import math
from collections import deque
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Limits:
    """Both providers' paces and delays, in real time. None lifts a limit.

    Telegram's are those of its FAQ: about 30 messages a second in all, one a second in a chat beyond a
    short burst, 20 a minute in a group.
    """

    overall_per_second: int | None = 30
    chat_per_second: float | None = 1.0
    chat_burst: int = 5
    group_per_minute: int | None = 20
    sms_per_second: int | None = None
    query_seconds: float = 15.0  # so long a pressed button can be answered
    delivery_seconds: tuple[float, float, float] = (0.0, 0.0, 0.0)  # from queued to sending, sent, delivered
    retry_seconds: float = 0.5  # before a webhook is tried again; doubles each time
    webhook_seconds: float = 15.0  # so long the club may take to answer a webhook
    kept: int = 50_000  # messages remembered by each provider


@dataclass
class Window:
    """At most `most` in any `seconds`."""

    most: int
    seconds: float
    _times: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until one more may pass; 0 if it may now."""
        while self._times and self._times[0] <= now - self.seconds:
            self._times.popleft()
        return 0.0 if len(self._times) < self.most else self._times[0] + self.seconds - now

    def take(self, now: float) -> None:
        self._times.append(now)


@dataclass
class Bucket:
    """A burst at once, then `per_second`."""

    per_second: float
    burst: int
    _empty_until: float = -math.inf  # the bucket is full again at this time

    def wait(self, now: float) -> float:
        full_in = max(self._empty_until - now, 0.0)
        return max(full_in - (self.burst - 1) / self.per_second, 0.0)

    def take(self, now: float) -> None:
        self._empty_until = max(self._empty_until, now) + 1 / self.per_second
