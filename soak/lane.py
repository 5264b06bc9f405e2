"""One product with a world of its own, killed and started again; what it owes is waited for, and counted."""

import asyncio
import contextlib
import itertools
import os
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sandbox.trouble import Kind
from scheduler.ledger import Notice, Purpose, post_all
from soak.ageing import age
from soak.callers import Caller, Callers, heard
from soak.centre import write_centre
from soak.outside import SENDER, TOKEN, Outside, outside
from soak.product import Product, Starter
from soak.tally import Tally, owed, tally
from soak.trap import Trap
from storage.database import Database, Transaction

T = TypeVar("T")

# Longer than the lease and than the grace: afterwards nothing is left to wait for.
A_WHILE = timedelta(seconds=150)
DIES_WITHIN = 40.0
SETTLES_WITHIN = 60.0
LOOK_SECONDS = 0.03
UNASKED = (Purpose.URGENT, Purpose.HEALTH)  # the two that no quiet hour holds back


class NotSettled(AssertionError):
    """Something is still owed after the time it has."""


class NotReached(AssertionError):
    """The product did not come to the point at which it was to die."""


@dataclass
class Lane:
    """A product, its world, its callers and its database."""

    database: Database
    outside: Outside
    product: Product
    trap: Trap
    callers: Callers
    worker: Product | None = None  # a second process on the same database
    kills: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    dies_within: float = DIES_WITHIN
    listed_late: set[str] = field(default_factory=set)
    _notices: "itertools.count[int]" = field(default_factory=itertools.count)
    _settled_at: int = 0

    async def enrol(self, *channels: str) -> list[Caller]:
        """New callers, one for each channel named."""
        world = self.outside.world
        return await self._write(lambda tx: [self.callers.enrol(tx, world, channel) for channel in channels])

    async def post(self, *callers: Caller) -> None:
        """Let something unasked be due for each, in words that are nobody else's."""
        notices = [self._notice(caller, next(self._notices)) for caller in callers]
        await self._write(lambda tx: post_all(tx, notices))

    async def heard(self, count: int, *callers: Caller) -> None:
        """Wait until the providers have taken so many messages in all for these.

        Raises:
            NotReached: there were fewer.
        """
        world, until = self.outside.world, time.monotonic() + DIES_WITHIN
        while sum(len(heard(world, one)) for one in callers) < count:
            if time.monotonic() > until:
                raise NotReached(f"fewer than {count} messages were sent; {self.product.log}")
            await asyncio.sleep(LOOK_SECONDS)

    async def start(self) -> None:
        """Start the product, and let it come up (or die on its way)."""
        await self.product.start()
        await self.product.ready()

    async def say(self, *callers: Caller) -> None:
        """Let each say what comes next in their cycle."""
        for caller in callers:
            caller.say(self.outside.world)

    async def dies(self, point: str) -> None:
        """Wait until the product has died at that point.

        Raises:
            NotReached: it did not; it is killed all the same.
        """
        await self.product.ended(within=self.dies_within)
        struck = self.trap.has_struck
        self.trap.clear()
        await self.kill(point if struck else f"{point} (not reached)")
        if not struck:
            raise NotReached(f"nothing came to '{point}'; {self.product.log}")

    async def suffered(self, trouble: Kind | None) -> None:
        """Wait until the providers have had all of that trouble.

        Raises:
            NotReached: there were too few calls.
        """
        until = time.monotonic() + DIES_WITHIN
        while any(one.kind is trouble for one in self.outside.world.troubles.waiting):
            if time.monotonic() > until:
                raise NotReached(f"too few calls met '{trouble}'; {self.product.log}")
            await asyncio.sleep(LOOK_SECONDS)

    async def kill(self, point: str) -> None:
        """Kill it wherever it is."""
        self.product.kill()
        await self.product.ended()
        self.kills[point] += 1

    async def restart_worker(self) -> None:
        """Kill the second process, if there is one, and start it again at once."""
        if self.worker is None:
            return
        if self.worker.is_running:
            self.worker.kill()
            await self.worker.ended()
            self.kills["the worker beside it"] += 1
        await self.worker.start()

    async def age(self) -> None:
        """Let leases and grace times pass."""
        await self._write(lambda tx: age(tx, A_WHILE))

    async def settled(self, within: float = SETTLES_WITHIN) -> float:
        """Wait until nothing is owed; return how many seconds that took.

        Raises:
            NotSettled: with what is owed still.
        """
        began = time.monotonic()
        while left := await self._owed():
            if time.monotonic() - began > within:
                raise NotSettled(f"after {within:.0f} s: {'; '.join(left[:10])}; {self.product.log}")
            await asyncio.sleep(LOOK_SECONDS)
        self._settled_at = self.outside.world.journal.last
        took = time.monotonic() - began
        self.slowest = max(self.slowest, took)
        return took

    async def tally(self) -> Tally:
        """Count everything so far."""
        return await self._read(
            lambda tx: tally(tx, self.outside.world, self.callers.everybody, self.listed_late)
        )

    async def _owed(self) -> list[str]:
        world, since = self.outside.world, self._settled_at
        return await self._read(lambda tx: owed(tx, world, self.callers.everybody, since))

    async def _write(self, work: Callable[[Transaction], T]) -> T:
        return await self.database.write(work, datetime.now(UTC), within_seconds=30)

    async def _read(self, work: Callable[[Transaction], T]) -> T:
        return await self.database.read(work, datetime.now(UTC))

    def _notice(self, caller: Caller, number: int) -> Notice:
        """A visit's minute of its own makes the words unlike any others."""
        at = datetime(2031, 1, 1, 8, tzinfo=UTC) + timedelta(minutes=number)
        return Notice(
            key=f"soak:{number}",
            purpose=UNASKED[number % len(UNASKED)],
            text="reminder",
            params={"starts_at": at.isoformat(), "place": "phone"},
            person_id=caller.person_id,
        )


@contextlib.asynccontextmanager
async def a_lane(
    folder: Path,
    database_url: str,
    starter: Starter,
    *,
    companion: Starter | None = None,
    telegram_mode: str = "polling",
    **settings: str,
) -> AsyncIterator[Lane]:
    """A product that has not been started yet, on an upgraded, empty database.

    Args:
        companion: starts a worker beside it, which shares the work and the database.
        settings: the product's, where they differ: `DATABASE_URL` if it is to take another way than we do.
    """
    trap = Trap()
    async with outside(trap.reach) as world:
        environment = {
            **_own_environment(),
            **world.settings(telegram_mode),
            "TERMIN_DATABASE_URL": database_url,
            "TERMIN_CENTRE": str(write_centre(folder / "centre.toml")),
            **{f"TERMIN_{name}": value for name, value in settings.items()},
        }
        product = Product(starter, folder, world.product, environment)
        trap.product = product
        database = Database(database_url)
        callers = Callers(SENDER, TOKEN.partition(":")[0])
        worker = _worker(companion, folder / "worker", environment) if companion else None
        try:
            yield Lane(database, world, product, trap, callers, worker)
        finally:
            for one in (product, worker):
                if one and one.is_running:
                    one.kill()
                    await one.ended()
            await asyncio.to_thread(database.close)


def _worker(starter: Starter, folder: Path, environment: Mapping[str, str]) -> Product:
    folder.mkdir()
    return Product(starter, folder, "", environment, ("run", "--role", "worker"))


def _own_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("TERMIN_")}
