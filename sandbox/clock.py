"""The demo's movable clock: a person asks for an instant, Termin walks there and reports each step."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.bell import Bell
from sandbox.news import News

FARTHEST = timedelta(
    days=400
)  # a booking horizon and a year of announcements; beyond it a typing slip is likelier


class ClockRefused(ValueError):
    """The clock can't go there."""


class Clock:
    """Real time plus an offset. Providers never read it: their dates are always real."""

    def __init__(self, starts_at: datetime | None, news: News) -> None:
        self._starts_at = starts_at
        self._news = news
        self.bell = Bell()
        self.asked: datetime | None = None
        self.asks = 0
        self.offset = timedelta(0)
        self.reset()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def ask(self, to: datetime) -> None:
        """Raises ClockRefused for a time that has passed, or is too far ahead."""
        if to <= self.now():
            raise ClockRefused("the clock only goes forward; start over to go back")
        if to > self.now() + FARTHEST:
            raise ClockRefused(f"the clock goes at most {FARTHEST.days} days ahead at once")
        self.asked = to
        self._changed()

    def report(self, at: datetime) -> None:
        """Termin has walked to `at`. A report that lies behind moves nothing."""
        if at > self.now() + FARTHEST:
            raise ClockRefused(f"the clock goes at most {FARTHEST.days} days ahead at once")
        self.offset = max(self.offset, at - datetime.now(UTC))
        if self.asked and self.now() >= self.asked:
            self.asked = None
        self._news.tell("clock", **self.state())

    def reset(self, at: datetime | None = None) -> None:
        """Back to `at`, or to where the world began, or to real time."""
        begin = at or self._starts_at
        self.offset = begin - datetime.now(UTC) if begin else timedelta(0)
        self.asked = None
        self._changed()

    async def wait(self, after: int, seconds: float) -> None:
        """Return once somebody has asked since ask number `after`, or when `seconds` are over."""
        if self.asks <= after:
            await self.bell.wait(seconds)

    def state(self) -> dict[str, Any]:
        return {
            "now": self.now().isoformat(),
            "offset_seconds": round(self.offset.total_seconds(), 3),
            "asked": self.asked.isoformat() if self.asked else None,
            "asks": self.asks,
        }

    def _changed(self) -> None:
        self.asks += 1
        self._news.tell("clock", **self.state())
        self.bell.ring()
