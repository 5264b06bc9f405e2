"""Remembers, in order, every message that either provider took."""

import time
from dataclasses import dataclass, field
from typing import Any, Protocol

from sandbox.clock import Clock
from sandbox.news import News


class Status(Protocol):
    """Whatever knows how far a message has come."""

    status: str
    error_code: int | None


@dataclass(frozen=True, slots=True)
class Taken:
    """One message as its provider took it; `person` is the phone or the chat at the far end."""

    n: int
    provider: str
    direction: str  # "out" to the person, "in" from the person
    person: str
    body: str
    sid: str
    at: float  # Unix time, real
    clock_at: str  # by the movable clock, ISO 8601
    method: str
    status: Status | None = None
    buttons: tuple[tuple[dict[str, str], ...], ...] = ()
    more: dict[str, Any] = field(default_factory=dict)

    def state(self) -> str:
        return self.status.status if self.status else "sent" if self.direction == "out" else "received"

    def as_json(self) -> dict[str, Any]:
        own = ("n", "provider", "direction", "body", "buttons", "sid", "at", "clock_at", "method")
        far_end = "to" if self.direction == "out" else "from"
        failed = self.status.error_code if self.status else None
        known = {name: getattr(self, name) for name in own}
        return {**known, far_end: self.person, "status": self.state(), "error_code": failed, **self.more}


@dataclass(frozen=True)
class Wanted:
    """Which entries a reader asks for; an empty field means any."""

    provider: str = ""
    person: str = ""
    direction: str = ""
    status: str = ""
    text: str = ""

    def fits(self, taken: Taken) -> bool:
        return (
            self.provider in ("", taken.provider)
            and self.person in ("", taken.person)
            and self.direction in ("", taken.direction)
            and self.status in ("", taken.state())
            and self.text in taken.body
        )


class Journal:
    """The last `kept` messages of both providers, numbered together."""

    def __init__(self, news: News, clock: Clock, kept: int) -> None:
        self._news = news
        self._clock = clock
        self._kept = kept
        self._taken: dict[int, Taken] = {}
        self.last = 0

    def add(self, **entry: Any) -> Taken:
        self.last += 1
        taken = Taken(n=self.last, at=time.time(), clock_at=self._clock.now().isoformat(), **entry)
        self._taken[taken.n] = taken
        self._taken.pop(self.last - self._kept, None)
        self._news.tell("message", provider=taken.provider, person=taken.person, message=taken.n)
        return taken

    def clear(self) -> None:
        """Forget all, but go on counting, so that "after number n" stays true."""
        self._taken.clear()

    def after(self, n: int, wanted: Wanted) -> list[Taken]:
        numbers = range(max(n, self.last - self._kept) + 1, self.last + 1)
        return [taken for number in numbers if (taken := self._taken.get(number)) and wanted.fits(taken)]
