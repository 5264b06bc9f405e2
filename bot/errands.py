"""What is done beside a transaction or a loop: small calls that end with the program, and pauses that end with it at once."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

log = logging.getLogger("bot")

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0


class Errands:
    """Tasks that nobody waits for until the end."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, errand: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(errand)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def drain(self, seconds: float) -> None:
        """Let them finish for so long, then end them."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("an errand failed", exc_info=error)


class Pauses:
    """Waits that grow from failure to failure; all of them end when `stop` is set."""

    def __init__(self, stop: asyncio.Event) -> None:
        self.stop = stop
        self._next = FIRST_PAUSE_SECONDS

    def reset(self) -> None:
        self._next = FIRST_PAUSE_SECONDS

    async def longer(self) -> None:
        """Wait twice as long as the last time."""
        seconds, self._next = self._next, min(self._next * 2, LONGEST_PAUSE_SECONDS)
        await self.of(seconds)

    async def of(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.stop.wait(), seconds)


async def until_done(
    what: str, call: Callable[[], Awaitable[object]], failure: type[Exception], stop: asyncio.Event
) -> None:
    """Make a call that has to succeed once, however long its other end is away."""
    pauses = Pauses(stop)
    while not stop.is_set():
        try:
            await call()
        except failure as error:
            log.warning("%s: %s; trying again", what, type(error).__name__)
            await pauses.longer()
        else:
            return
