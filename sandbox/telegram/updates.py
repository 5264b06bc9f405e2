"""Updates that wait for the bot, until it confirms them; and the long poll that fetches them."""

import time
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from sandbox.bell import Bell
from sandbox.telegram.counting import rising_numbers
from sandbox.telegram.refusals import conflict
from sandbox.wire import JSON

KEPT_SECONDS = 24 * 3600
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "terminated by setWebhook request"


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    """One update as the bot will get it."""

    id: int
    chat: int  # one chat's updates keep their order
    at: float  # monotonic
    body: JSON


class Updates:
    """The queue: first in, first out, kept a day at most."""

    def __init__(self) -> None:
        self.bell = Bell()
        self.waiting: deque[Update] = deque()
        self.allowed: frozenset[str] | None = None
        self._numbers = rising_numbers()
        self.polled = False  # somebody is listening at this moment
        self._turn = 0
        self._ended = OTHER_POLLER

    def add(self, kind: str, chat: int, what: JSON) -> int | None:
        """Queue an update; None if the bot has not asked for this kind."""
        if not self._wanted(kind):
            return None
        number = next(self._numbers)
        self.waiting.append(Update(number, chat, time.monotonic(), {"update_id": number, kind: what}))
        self.bell.ring()
        return number

    def allow(self, kinds: Collection[str]) -> None:
        """Which kinds come from now on; none named means all but three."""
        self.allowed = frozenset(kinds) or None

    def drop(self) -> None:
        self.waiting.clear()

    def done(self, update: Update) -> None:
        if update in self.waiting:
            self.waiting.remove(update)

    def end_polls(self, why: str) -> None:
        self._turn += 1
        self._ended = why
        self.polled = False
        self.bell.ring()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[JSON]:
        """Confirm what is below `offset`, then wait for the rest. Raises Refused if another poller comes."""
        self.end_polls(OTHER_POLLER)
        turn, until = self._turn, time.monotonic() + seconds
        self._confirm(offset)
        while not self.waiting and not self.bell.closed and (left := until - time.monotonic()) > 0:
            self.polled = True
            await self.bell.wait(left)
            if turn != self._turn:
                raise conflict(self._ended)
        self.polled = False
        return [update.body for update in islice(self.waiting, limit)]

    def _confirm(self, offset: int) -> None:
        if offset < 0:  # the last ones only
            offset = self.waiting[max(len(self.waiting) + offset, 0)].id if self.waiting else 0
        oldest = time.monotonic() - KEPT_SECONDS
        while self.waiting and (self.waiting[0].id < offset or self.waiting[0].at < oldest):
            self.waiting.popleft()

    def _wanted(self, kind: str) -> bool:
        return kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed
