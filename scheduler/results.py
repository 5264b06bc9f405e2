"""Results of calls on their way into the ledger: gathered for a moment, kept and tried again while the database is away."""

import asyncio
import contextlib
import logging

from scheduler.clock import Clock
from scheduler.settling import Outcome, settle
from storage.database import Database
from storage.errors import DatabaseAway

log = logging.getLogger(__name__)

GATHER_SECONDS = 0.1  # at most, so that a crash leaves little unknown
ENOUGH = 500
RETRY_SECONDS = 1.0
WITHIN_SECONDS = 10.0  # for the database to answer


class Results:
    """The results that one process has not settled yet."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._kept: dict[tuple[str, str], list[Outcome]] = {}
        self._some = asyncio.Event()
        self._enough = asyncio.Event()
        self._settling = asyncio.Lock()
        self.waiting = 0
        self.within_seconds = WITHIN_SECONDS

    def keep(self, lane: tuple[str, str], one: Outcome, *, last: bool) -> None:
        """Remember a result.

        Args:
            last: no other call is under way: there is nothing to gather for.
        """
        kept = self._kept.setdefault(lane, [])
        kept.append(one)
        self.waiting += 1
        self._some.set()
        if last or len(kept) >= ENOUGH:
            self._enough.set()

    async def run(self) -> None:
        """Settle results as they come, until cancelled."""
        while True:
            await self._some.wait()
            await self._gather()
            if not await self.settle():
                await asyncio.sleep(RETRY_SECONDS)

    async def _gather(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GATHER_SECONDS):
                await self._enough.wait()

    async def settle(self) -> bool:
        """Settle all there is now; False if the database was away, and it is all kept."""
        async with self._settling:
            self._some.clear()
            self._enough.clear()
            kept, self._kept = self._kept, {}
            done = [await self._settle(lane, outcomes) for lane, outcomes in kept.items()]
            return all(done)

    async def _settle(self, lane: tuple[str, str], outcomes: list[Outcome]) -> bool:
        try:
            await self._write(lane, outcomes)
        except DatabaseAway:
            log.warning("the database is away: %s results of %s are kept", len(outcomes), lane[0])
            self._kept[lane] = outcomes + self._kept.get(lane, [])
            self._some.set()
            return False
        except Exception:
            log.exception("%s results of %s can't be settled", len(outcomes), lane[0])
            return await self._settle_apart(lane, outcomes)
        self.waiting -= len(outcomes)
        return True

    async def _settle_apart(self, lane: tuple[str, str], outcomes: list[Outcome]) -> bool:
        """One that can't be settled must not lose the others.

        An id that another attempt has says nothing about whether the message was taken: it is left out. What can't be
        settled even then is left to its lease.
        """
        if len(outcomes) > 1:
            return all([await self._settle(lane, [one]) for one in outcomes])
        if outcomes[0].provider_id is not None:
            return await self._settle(lane, [outcomes[0]._replace(provider_id=None)])
        self.waiting -= 1
        return True

    async def _write(self, lane: tuple[str, str], outcomes: list[Outcome]) -> None:
        await self._database.write(
            lambda tx: settle(tx, self._clock, lane, outcomes),
            self._clock.now(),
            within_seconds=self.within_seconds,
        )
