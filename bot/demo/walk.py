"""The movable clock: Termin walks to where it was asked to go, and stops at each instant at which something is due on the way."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from bot.errands import Pauses
from bot.main import Termin
from scheduler.accounts import keep_sessions
from scheduler.clock import next_due
from storage.errors import DatabaseAway

WAIT_SECONDS = 25  # of one long poll
SETTLE_SECONDS = 10.0  # at one stop, if a provider's pace holds messages up
SOON_SECONDS = 2.0

Passed = Callable[[datetime], Awaitable[bool]]


class Walk:
    """Moves one club's clock."""

    def __init__(self, termin: Termin) -> None:
        self._termin = termin

    def set(self, at: datetime) -> None:
        self._termin.clock.offset = at - datetime.now(UTC)

    async def to(self, target: datetime, passed: Passed) -> None:
        """Go there, delivering what is due at each stop.

        Args:
            passed: told of each stop before what is due there goes out; False ends the walk.
        """
        arrived = False
        while not arrived:
            stop = min(await self._next_stop(), target)
            arrived = stop == target
            if not await passed(stop):
                return
            self.set(stop)
            await self._termin.database.write(keep_sessions, self._termin.clock.now())
            await self._termin.ticker.catch_up()
            await self.deliver()

    async def deliver(self) -> None:
        """Send what may go now, and what only waits for a pace."""
        until = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < until:
            await self._termin.courier.deliver()
            seconds = await self._termin.courier.turn()
            if seconds > SOON_SECONDS:
                return
            await asyncio.sleep(max(seconds, 0.01))

    async def _next_stop(self) -> datetime:
        """When something in the ledger falls due, or when the jobs of the day look at the time."""
        now = self._termin.clock.now()
        due = await self._termin.database.read(lambda tx: next_due(tx, now), now)
        return min(due or self._of_the_day(now), self._of_the_day(now))

    def _of_the_day(self, now: datetime) -> datetime:
        """When people are asked in the morning or the evening before, or when the night ends for what it holds back."""
        centre = self._termin.centre
        today = now.astimezone(centre.zone).date()
        instants = (
            datetime.combine(today + timedelta(days=days), clock, centre.zone).astimezone(UTC)
            for days in (0, 1)
            for clock in (centre.policy.ask_at, centre.policy.ask_early_at, centre.rules.quiet_until)
        )
        return min(at for at in instants if at > now)


async def follow(walk: Walk, sandbox_url: str, stop: asyncio.Event) -> None:
    """Do what is asked of the clock in the sandbox, until told to stop."""
    pauses, asks = Pauses(stop), -math.inf
    async with aiohttp.ClientSession() as http:
        while not stop.is_set():
            try:
                asks = await _next_ask(walk, _Clock(http, f"{sandbox_url}/clock"), asks)
                pauses.reset()
            except (aiohttp.ClientError, DatabaseAway):
                await pauses.longer()


class _Clock:
    """The sandbox's, over HTTP."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http, self._url = http, url

    async def wait(self, after: float) -> dict[str, Any]:
        """What is asked of it, once that is something else."""
        if math.isinf(after):
            return await self._call("GET", "")
        return await self._call("GET", f"/wait?after={after:.0f}&wait={WAIT_SECONDS}")

    async def report(self, at: datetime) -> dict[str, Any]:
        return await self._call("PUT", "", {"at": at.isoformat()})

    async def _call(self, method: str, path: str, body: dict[str, str] | None = None) -> dict[str, Any]:
        async with self._http.request(method, self._url + path, json=body) as answer:
            answer.raise_for_status()
            state: dict[str, Any] = await answer.json()
            return state


async def _next_ask(walk: Walk, clock: _Clock, asks: float) -> float:
    state = await clock.wait(asks)
    this: float = state["asks"]
    if state["asked"] is None:
        walk.set(datetime.now(UTC) + timedelta(seconds=state["offset_seconds"]))
        return this

    async def passed(stop: datetime) -> bool:
        told = await clock.report(stop)
        still: bool = told["asks"] == this
        return still

    await walk.to(datetime.fromisoformat(state["asked"]), passed)
    return this
