"""What is looked at on every tick, so that whatever a crash or an outage left is settled soon after.

Calls whose lease has ended, calls that nobody has answered, rows that help nobody any more, rows that nobody can be sent;
now and then, messages of which no receipt has come.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from scheduler import ladder, unknown
from scheduler.channels import Followed, Receipt, Searched
from scheduler.clock import Clock
from scheduler.purposes import FORGOTTEN
from scheduler.settling import receipt
from scheduler.wording import Lane
from storage import attempts, due, ledger
from storage.database import Database, Transaction

log = logging.getLogger(__name__)

CALL_SECONDS = 15
AT_ONCE = 8  # lookups under way at one time
STRANDED = 500  # rows a tick
# Receipts come within minutes or not at all; a sender's queue holds a message for ten hours at most.
OVERDUE, WRITTEN_OFF = timedelta(hours=1), timedelta(hours=26)
FOLLOWED = 100  # messages a look


class Recovery:
    """Looks after the channel accounts that this process serves; in any number of processes at once."""

    def __init__(self, database: Database, clock: Clock, lanes: Sequence[Lane]) -> None:
        self._database, self._clock, self._lanes = database, clock, lanes
        self._few = asyncio.Semaphore(AT_ONCE)

    async def look(self) -> None:
        """One look at everything. A process settles the results that it keeps before it does this."""
        await self._database.write(self._look, self._clock.now())
        for lane in self._lanes:
            await self._find_out(lane)

    async def follow_up(self) -> None:
        """Ask after messages that were sent an hour ago and of which no receipt has come."""
        for lane in self._lanes:
            if isinstance(lane.channel, Followed):
                for provider_id in await self._undecided(lane):
                    await self._ask_after(lane, lane.channel, provider_id)

    def _look(self, tx: Transaction) -> None:
        unknown.run_out(tx, self._clock)
        expired = due.expire(tx)
        ladder.too_late(tx, expired)
        if private := [number for number, purpose in expired if purpose in FORGOTTEN]:
            ledger.forget(tx, private)
        served = [lane.key for lane in self._lanes]
        for message_id in due.stranded(tx, served, STRANDED):
            ladder.step_down(tx, message_id, "no_channel", served)

    async def _find_out(self, lane: Lane) -> None:
        taken = await self._database.write(lambda tx: unknown.take(tx, lane), self._clock.now())
        if not isinstance(lane.channel, Searched):
            if taken:
                await self._database.write(lambda tx: unknown.decide(tx, lane, taken), self._clock.now())
            return
        searches = [self._search(lane.channel, attempt) for attempt in taken]
        # One after the other: two attempts with the same words must not take the same message.
        for attempt, listed in zip(taken, await asyncio.gather(*searches), strict=True):
            if listed is not None:
                await self._conclude(lane, attempt, listed)

    async def _search(self, channel: Searched, attempt: Any) -> Sequence[Receipt] | None:
        """What the provider lists; None while it does not answer, unless there is nothing left to decide."""
        try:
            async with self._few, asyncio.timeout(CALL_SECONDS):
                return await channel.find(unknown.as_sent(attempt), attempt.started_at - unknown.MARGIN)
        except Exception:
            log.exception("attempt %s can't be looked up now", attempt.id)
        return None if attempt.useless_after > self._clock.now() else ()

    async def _conclude(self, lane: Lane, attempt: Any, listed: Sequence[Receipt]) -> None:
        try:
            await self._database.write(
                lambda tx: unknown.conclude(tx, lane, attempt, listed), self._clock.now()
            )
        except Exception:
            log.exception("attempt %s stays unknown until the next look", attempt.id)

    async def _ask_after(self, lane: Lane, channel: Followed, provider_id: str) -> None:
        try:
            async with asyncio.timeout(CALL_SECONDS):
                told = await channel.status(provider_id)
        except Exception:
            log.exception("message %s can't be asked after now", provider_id)
            return
        if told is not None:
            await self._database.write(lambda tx: receipt(tx, self._clock, lane.key, told), self._clock.now())

    async def _undecided(self, lane: Lane) -> list[str]:
        def asked(tx: Transaction) -> list[str]:
            real = self._clock.real(tx)
            span = (real - WRITTEN_OFF, real - OVERDUE)
            return attempts.take_undecided(tx, lane.channel.account, span, real, FOLLOWED)

        return await self._database.write(asked, self._clock.now())
