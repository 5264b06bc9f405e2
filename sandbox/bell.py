"""Wakes everybody who waits for a change, and lets them go for good at the end."""

import asyncio
from contextlib import suppress


class Bell:
    """A change to wait for; once closed, nobody waits any more."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.closed = False

    def ring(self) -> None:
        self._event.set()
        if not self.closed:
            self._event.clear()

    def close(self) -> None:
        self.closed = True
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Return at the next ring, when closed, or when `seconds` of real time are over."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._event.wait()
