"""A database that goes away while messages go out and come in, and comes back: the product is not restarted."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from soak.lane import Lane, a_lane
from soak.plug import Plug, a_plug
from soak.product import Starter
from soak.tally import Tally
from soak.trials import WITHIN

AnyPlug = Callable[[str], AbstractAsyncContextManager[Plug]]

SPEAKERS, LISTENERS = 3, 5
PER_SECOND = 40


@dataclass(frozen=True)
class Survived:
    """How it went: what was counted, and how long after its return all was settled."""

    tally: Tally
    seconds: float
    starts: int

    @property
    def is_right(self) -> bool:
        return not self.tally.faults and self.starts == 1


async def survive(
    folder: Path, url: str, starter: Starter, *, messages: int, seconds: float, plug: AnyPlug = a_plug
) -> Survived:
    """Take the database away for so many seconds, when a third of so many messages has gone out."""
    async with (
        plug(url) as held,
        a_lane(folder, url, starter, DATABASE_URL=held.url, SMS_PER_SECOND=str(PER_SECOND)) as lane,
    ):
        callers = await lane.enrol(*["sms"] * SPEAKERS, *["telegram"] * SPEAKERS)
        listeners = await lane.enrol(*["sms"] * LISTENERS)
        for _ in range(messages // LISTENERS):
            await lane.post(*listeners)
        await lane.start()
        await lane.heard(messages // 3, *listeners)
        await _be_away(lane, held, seconds)
        took = await lane.settled(WITHIN)
        for _ in range(2):
            await lane.say(*callers)
            await lane.settled()
        return Survived(await lane.tally(), took, lane.product.starts)


async def _be_away(lane: Lane, plug: Plug, seconds: float) -> None:
    """Everybody writes in the middle of it."""
    await plug.pull()
    until = time.monotonic() + seconds
    await asyncio.sleep(seconds / 3)
    await lane.say(*lane.callers.everybody[: 2 * SPEAKERS])
    await asyncio.sleep(until - time.monotonic())
    await plug.put_back()
