"""Has the provider drop the words that it keeps, once they have arrived or never will: they are ours to keep, and to forget.

What nobody knows about yet is left alone: to find it again takes its words. Where the club's file says so, by default.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from scheduler.channels import Redacted, SendFailed
from scheduler.clock import Clock
from scheduler.wording import Lane
from storage import bodies
from storage.bodies import Kept
from storage.database import Database, Transaction

log = logging.getLogger(__name__)

AT_ONCE = 100  # messages a look
# Of one that was sent and not heard of again nothing more is to come after so long; older than this it is given up.
SETTLED, REACH = timedelta(hours=26), timedelta(days=30)


class Redaction:
    """Looks after the channel accounts that this process serves; in any number of processes."""

    def __init__(self, database: Database, clock: Clock, lanes: Sequence[Lane]) -> None:
        self._database, self._clock = database, clock
        self._lanes = [lane for lane in lanes if lane.centre.rules.redact_at_provider]

    async def look(self) -> None:
        """Have some more dropped, the oldest first; what can't be yet is asked for again."""
        for lane in self._lanes:
            if isinstance(lane.channel, Redacted):
                await self._redact(lane, lane.channel)

    async def _redact(self, lane: Lane, channel: Redacted) -> None:
        dropped: list[Kept] = []
        for kept in await self._database.read(self._kept(lane), self._clock.now()):
            try:
                if await channel.redact(kept.provider_id):
                    dropped.append(kept)
            except SendFailed as failure:
                log.warning("the words of %s can't be dropped now: %s", kept.provider_id, failure.code)
                if not failure.permanent:  # the provider is away for all of them
                    break
        if dropped:
            await self._database.write(
                lambda tx: bodies.dropped(tx, dropped, self._clock.real(tx)), self._clock.now()
            )

    def _kept(self, lane: Lane) -> Callable[[Transaction], list[Kept]]:
        def asked(tx: Transaction) -> list[Kept]:
            real = self._clock.real(tx)
            return bodies.kept(tx, lane.key, since=real - REACH, settled=real - SETTLED, limit=AT_ONCE)

        return asked
