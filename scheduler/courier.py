"""The courier: claims what is due, makes the calls, settles what became of them. Nothing else sends anything.

One loop in each process, on an event with a timeout. A claim is a transaction, a call is outside of any, and between the two
stands the attempt, so that after a crash every call that may have been made is known.
"""

import asyncio
import contextlib
import logging
import math
from collections.abc import Collection, Sequence
from functools import partial

from config.centre import Centre
from scheduler.channels import Channel, Outgoing, SendFailed
from scheduler.clock import Clock
from scheduler.dispatch import Claimed, claim_due
from scheduler.pace import UNLIMITED
from scheduler.results import Results
from scheduler.settling import Outcome, outcome
from scheduler.wording import Lane
from storage.database import Database
from storage.errors import DatabaseAway
from words.compose import Composer

log = logging.getLogger(__name__)

CALL_SECONDS = 15
AWAY_SECONDS = 1.0
FIRST_CLAIM = 64  # rows; claims grow fourfold while they are full


class Service:
    """A lane as this process serves it: when to look next (the loop's time), and the calls under way.

    Each call stands with the instant at which it is given up, the first first.
    """

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.free_at = self.look_at = -math.inf
        self.calls: dict[asyncio.Task[None], float] = {}
        self._watch: asyncio.TimerHandle | None = None
        self.is_full = False
        self.grown = FIRST_CLAIM

    @property
    def next_at(self) -> float:
        """When a claim may find something."""
        return max(self.free_at, self.look_at)

    @property
    def room(self) -> int:
        """How many calls may begin; where no pace is kept none before half are done, so that claims stay large."""
        at_once = self.lane.channel.pace.at_once
        room = at_once - len(self.calls)
        paced = self.lane.channel.pace.per_second is not None
        return room if paced or room >= at_once / 2 else 0

    def grow(self, claimed: int) -> None:
        """The first of many goes soon, and the many go in few transactions."""
        self.grown = min(4 * self.grown, UNLIMITED) if claimed >= self.grown else FIRST_CLAIM

    def watch(self, after: float = -math.inf) -> None:
        """See to it that no call takes too long: one timer for all, because one each would cost as much as the call's own task."""
        until = next((at for at in self.calls.values() if at > after), None)
        if self._watch is None and until is not None:
            self._watch = asyncio.get_running_loop().call_at(until, self._give_up, until)

    def _give_up(self, until: float) -> None:
        for call, at in self.calls.items():
            if at <= until:
                call.cancel()
        self._watch = None
        self.watch(after=until)


class Courier:
    """Serves every channel it is given."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        composer: Composer,
        centre: Centre,
        channels: Sequence[Channel],
        *,
        call_seconds: float = CALL_SECONDS,
    ) -> None:
        self._database, self._clock, self._call_seconds = database, clock, call_seconds
        self.services = [Service(Lane(channel, composer, centre, clock)) for channel in channels]
        self.results = Results(database, clock)
        self._event = asyncio.Event()
        self._one_turn = asyncio.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = False

    def wake(self) -> None:
        """Something is due: look at once. From any thread."""
        if self._loop is None:
            self._event.set()
        elif not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._event.set)

    async def run(self) -> None:
        """Serve until `stop`."""
        self._loop = asyncio.get_running_loop()
        settling = asyncio.create_task(self.results.run())
        try:
            while not self._stopping:
                # Without a breath between: the next claim is made while these calls are.
                if (seconds := await self._turn()) > 0:
                    await self._sleep(seconds)
        finally:
            await self.results.settle()  # waits for what is being settled: to cancel that would be to lose it
            settling.cancel()

    async def stop(self, within_seconds: float) -> None:
        """Claim no more, let the calls under way end, settle them; what does not end in time is unknown by its lease."""
        self._stopping = True
        self._event.set()
        deadline = asyncio.get_running_loop().time() + within_seconds
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(deadline):
                async with self._one_turn:  # a claim under way has calls to begin, which are waited for too
                    calls = self._calls()
                if calls:
                    await asyncio.wait(calls)
        for call in self._calls():
            call.cancel()
        self.results.within_seconds = max(1.0, deadline - asyncio.get_running_loop().time())
        await self.results.settle()

    async def turn(self) -> float:
        """Claim for every channel account whose time it is and begin the calls; return seconds until the next turn."""
        async with self._one_turn:
            if self._event.is_set():
                self._event.clear()
                for service in self.services:
                    service.look_at = -math.inf
            clock = asyncio.get_running_loop().time
            for service in self.services:
                if service.next_at <= clock() and not self._stopping:
                    await self._serve(service)
            return min((service.next_at for service in self.services), default=math.inf) - clock()

    async def deliver(self) -> int:
        """Claim, call and settle until nothing more may go now; return how many calls were made."""
        made = 0
        while True:
            self._event.set()
            await self.turn()
            calls = self._calls()
            if not calls:
                return made
            made += len(calls)
            await asyncio.wait(calls)
            await self.results.settle()

    async def deliver_only(self, message_ids: Collection[int]) -> None:
        """Send those alone, from a process that otherwise sends nothing."""
        async with self._one_turn:
            for service in self.services:
                claim = partial(claim_due, lane=service.lane, room=len(message_ids), only=message_ids)
                claimed: Claimed = await self._database.write(claim, self._clock.now())
                self._begin(service, claimed)
        if calls := self._calls():
            await asyncio.wait(calls)
        await self.results.settle()

    def _calls(self) -> list[asyncio.Task[None]]:
        """The calls under way."""
        return [call for service in self.services for call in service.calls]

    async def _turn(self) -> float:
        """A turn that survives whatever goes wrong in it."""
        try:
            return await self.turn()
        except DatabaseAway:
            log.warning("the database is away: nothing can be claimed")
        except Exception:
            log.exception("a turn of the courier failed")
        self._event.set()
        await asyncio.sleep(AWAY_SECONDS)
        return 0

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds if math.isfinite(seconds) else None):
                await self._event.wait()
        except TimeoutError:
            pass

    async def _serve(self, service: Service) -> None:
        room = service.room
        service.is_full = room <= 0
        if service.is_full:
            service.look_at = math.inf
            return
        most = min(room, service.grown)
        claimed: Claimed = await self._database.write(
            lambda tx: claim_due(tx, service.lane, most), self._clock.now()
        )
        service.grow(len(claimed.outgoing))
        now = asyncio.get_running_loop().time()
        service.free_at = max(service.free_at, now + claimed.free_in)
        service.look_at = math.inf if claimed.look_in is None else now + claimed.look_in
        self._begin(service, claimed)

    def _begin(self, service: Service, claimed: Claimed) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + self._call_seconds
        for outgoing in claimed.outgoing:
            service.calls[loop.create_task(self._call(service, outgoing))] = until
        service.watch()

    async def _call(self, service: Service, outgoing: Outgoing) -> None:
        """Make one call and keep what came of it."""
        try:
            result = await self._result(service.lane.channel, outgoing)
        finally:
            self._end(service)
        rest = result.failure.retry_after if result.failure else None
        if rest:  # the ledger's pace learns of it when this is settled: this process obeys at once
            service.free_at = asyncio.get_running_loop().time() + rest
        self.results.keep(service.lane.key, result, last=bool(rest) or not service.calls)

    async def _result(self, channel: Channel, outgoing: Outgoing) -> Outcome:
        """Whatever goes wrong in a call, it may have been made."""
        try:
            return outcome(outgoing.attempt_id, await channel.send(outgoing))
        except SendFailed as failure:
            return outcome(outgoing.attempt_id, failure)
        except asyncio.CancelledError:
            if self._stopping:  # left to its lease
                raise
            return outcome(outgoing.attempt_id, SendFailed("timeout", unknown=True))
        except Exception as error:
            log.exception("a call by %s ended in an error", channel.name)
            return outcome(outgoing.attempt_id, SendFailed(type(error).__name__, unknown=True))

    def _end(self, service: Service) -> None:
        """This call has ended: not a callback of its task, which would be a second turn of the loop for each."""
        call = asyncio.current_task()
        assert call is not None
        service.calls.pop(call, None)
        if service.is_full and service.room > 0:
            self._event.set()
