"""The product under torture: started, killed, started again, always on the same database and the same port."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp

from soak.points import Fuse

READY_SECONDS = 60.0
LOOK_SECONDS = 0.02


class Starter:
    """The process that starts the product's; one of them at a time."""

    def __init__(self, running: "subprocess.Popen[str]") -> None:
        self._running = running

    async def begin(self, order: Mapping[str, Any]) -> int:
        """The number of the process that has begun."""
        assert self._running.stdin is not None
        self._running.stdin.write(json.dumps(order) + "\n")
        self._running.stdin.flush()
        return (await self._said())["started"]

    async def ended(self) -> int:
        """How the process ended, once it has: its exit status, or minus the signal's number."""
        return (await self._said())["status"]

    async def _said(self) -> dict[str, int]:
        assert self._running.stdout is not None
        line = await asyncio.to_thread(self._running.stdout.readline)
        if not line:
            raise RuntimeError("the starter has ended")
        facts: dict[str, int] = json.loads(line)
        return facts


@contextmanager
def a_starter() -> Iterator[Starter]:
    """Ready as soon as it has imported the product, which takes seconds; nobody has to wait for that."""
    running = subprocess.Popen(
        [sys.executable, "-m", "soak.starter"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield Starter(running)
    finally:
        running.kill()
        running.communicate()


class Product:
    """One process at a time. `kills` and `starts` count them."""

    def __init__(
        self,
        starter: Starter,
        folder: Path,
        url: str,
        environment: Mapping[str, str],
        arguments: Sequence[str] = ("run",),
    ) -> None:
        self.url, self.log = url, folder / "termin.log"
        self.fuse = Fuse(folder / "fuse")
        self.starts = 0
        self._starter = starter
        self._order = {
            "environment": dict(environment),
            "arguments": list(arguments),
            "fuse": str(folder / "fuse"),
            "log": str(self.log),
        }
        self._number: int | None = None
        self._end: asyncio.Task[int] | None = None

    @property
    def is_running(self) -> bool:
        return self._end is not None and not self._end.done()

    async def start(self) -> None:
        """Begin a process; `ready` waits until it serves."""
        self._number = await self._starter.begin(self._order)
        self._end = asyncio.create_task(self._starter.ended())
        self.starts += 1

    async def ready(self) -> None:
        """Return once it serves, or has ended."""
        until = time.monotonic() + READY_SECONDS
        async with aiohttp.ClientSession() as http:
            while self.is_running and not await self._is_ready(http):
                if time.monotonic() > until:
                    raise RuntimeError(f"it is not ready after {READY_SECONDS:.0f} s; {self.log}")
                await asyncio.sleep(LOOK_SECONDS)

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Send the signal at once, without waiting for what becomes of it."""
        if self.is_running and self._number is not None:
            with suppress(ProcessLookupError):
                os.kill(self._number, how)

    async def ended(self, within: float | None = None) -> int | None:
        """How it ended; None if it still runs after so many seconds."""
        assert self._end is not None
        done, _ = await asyncio.wait({self._end}, timeout=within)
        return self._end.result() if done else None

    async def _is_ready(self, http: aiohttp.ClientSession) -> bool:
        try:
            async with http.get(self.url + "/readyz") as answer:
                return answer.status == 200
        except (aiohttp.ClientError, OSError):
            return False
