"""Trouble on demand: what the next calls of a provider shall suffer."""

import time
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from sandbox.bell import Bell


class Kind(StrEnum):
    """The kinds of trouble there are."""

    ERROR = "error"  # answer with `status` and `code`, the message is not taken
    DROP_BEFORE = "drop_before"  # close the connection, the message is not taken
    DROP_AFTER = "drop_after"  # take the message, then close the connection
    HANG = "hang"  # wait `seconds`, then go on as usual
    BLOCKED = "blocked"  # the chat refuses, as if the person had blocked the bot
    RETRY_AFTER = "retry_after"  # 429 for the next `seconds`
    STATUS = "status"  # an SMS ends as `outcome` with `code`, e.g. undelivered 30003
    UNLISTED = "unlisted"  # an SMS shows in Twilio's list only after `seconds`
    REPEAT = "repeat"  # a webhook is delivered twice
    LOSE = "lose"  # a webhook is not delivered at all
    LATE = "late"  # the receipts of an SMS come `seconds` later
    REVERSE = "reverse"  # the receipts of an SMS come in the wrong order


AT_A_CALL = frozenset(
    {Kind.ERROR, Kind.DROP_BEFORE, Kind.DROP_AFTER, Kind.HANG, Kind.BLOCKED, Kind.RETRY_AFTER}
)
PROVIDERS = ("telegram", "twilio")


@dataclass
class Trouble:
    """One order for trouble: what, to whom, how often."""

    provider: str
    kind: Kind
    calls: int | None = 1  # None: until lifted
    method: str = ""  # "": whatever takes a message; "*": every call
    to: str = ""  # one phone or chat only
    seconds: float = 0.0
    status: int = 500
    code: int = 0
    text: str = ""
    outcome: str = "undelivered"
    id: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Call:
    """What is about to happen, as trouble sees it."""

    provider: str
    method: str
    to: str = ""
    takes_message: bool = True

    def meets(self, trouble: Trouble) -> bool:
        names_it = trouble.method in ("*", self.method) or (not trouble.method and self.takes_message)
        return self.provider == trouble.provider and names_it and trouble.to in ("", self.to)


@dataclass
class Troubles:
    """The orders that are still open, oldest first."""

    waiting: list[Trouble] = field(default_factory=list)
    bell: Bell = field(default_factory=Bell)
    _last: int = 0

    def add(self, trouble: Trouble) -> Trouble:
        self._last += 1
        trouble.id = self._last
        self.waiting.append(trouble)
        return trouble

    def strike(self, call: Call, kinds: Collection[Kind]) -> Trouble | None:
        """The first trouble of these kinds that is meant for this call, counted down."""
        for trouble in self.waiting:
            if trouble.kind in kinds and call.meets(trouble):
                self._count_down(trouble)
                return trouble
        return None

    def lift(self, number: int | None = None) -> None:
        self.waiting[:] = [trouble for trouble in self.waiting if number not in (None, trouble.id)]

    def _count_down(self, trouble: Trouble) -> None:
        if trouble.calls is not None:
            trouble.calls -= 1
            if trouble.calls <= 0:
                self.waiting.remove(trouble)

    async def pause(self, seconds: float) -> None:
        """Wait in real time, unless the world ends before."""
        until = time.monotonic() + seconds
        while not self.bell.closed and (left := until - time.monotonic()) > 0:
            await self.bell.wait(left)
