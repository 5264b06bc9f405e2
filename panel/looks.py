"""Looks at passwords, at the door and inside: each takes 20 ms of a processor and 19 MiB, so that few are taken at once."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from scheduler.clock import Clock
from scheduler.knocking import MustWait

T = TypeVar("T")

AT_ONCE = 2
CROWD, COME_AGAIN = 20, timedelta(seconds=5)


class Looks:
    """Of one process, beside every transaction."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._taken, self._waiting = asyncio.Semaphore(AT_ONCE), 0

    async def take(self, look: Callable[[], T]) -> T:
        """Behind a crowd, from everywhere at once, nobody waits for minutes, but is told to come again.

        Raises:
            MustWait.
        """
        if self._waiting >= CROWD:
            raise MustWait(self._clock.now() + COME_AGAIN)
        self._waiting += 1
        try:
            async with self._taken:
                return await asyncio.to_thread(look)
        finally:
            self._waiting -= 1
