"""One process in which the courier drains what is due to a channel that does nothing; says how long it took and what it cost."""

import asyncio
import sys
import time
from datetime import UTC, datetime

from bench.children import peak_mb, ready
from bench.club import NOW, a_large_centre
from bench.due import BEFORE, NullChannel
from bench.frame import percentile
from bot.interpreter import settle_in
from scheduler.clock import Clock
from scheduler.courier import Courier
from storage.database import Database
from words.catalogue import load_catalogue
from words.compose import Composer

LOOK_SECONDS = 0.002
PATIENCE_SECONDS = 300
SETTLED_SECONDS = 0.3  # what the courier takes to gather and settle a result, and more


async def drain(database: Database, number: int) -> dict[str, float]:
    """From the instant at which all is due until the last result is settled, by a courier that has sent one before."""
    channel, centre = NullChannel(), a_large_centre()
    clock = Clock(BEFORE - datetime.now(UTC))
    courier = Courier(database, clock, Composer(load_catalogue(), centre), centre, [channel])
    running = asyncio.create_task(courier.run())
    await _taken(channel, running, 1)
    await asyncio.sleep(SETTLED_SECONDS)
    settle_in()
    late: list[float] = []
    watching = asyncio.create_task(_watch(late))
    clock.offset = NOW - datetime.now(UTC)
    begun = time.perf_counter()
    courier.wake()
    await _taken(channel, running, 2)
    first = time.perf_counter() - begun
    await _taken(channel, running, 1 + number)
    watching.cancel()
    await courier.stop(10)
    took = time.perf_counter() - begun
    await running
    seen = {"stall_ms": percentile(late, 99.9) * 1000, "peak_mb": peak_mb()}
    return {"seconds": took, "first_ms": first * 1000, **seen}


async def _taken(channel: NullChannel, running: "asyncio.Task[None]", number: int) -> None:
    """So many are sent; a courier that ends before that, or stands still, is an error."""
    taking = asyncio.create_task(channel.taken(number))
    await asyncio.wait({taking, running}, timeout=PATIENCE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    if not taking.done():
        raise RuntimeError(
            f"the courier {'ended' if running.done() else 'stands still'} before {number} were sent"
        )


async def _watch(late: list[float]) -> None:
    """How much later than asked for the loop comes back."""
    while True:
        asked = time.perf_counter() + LOOK_SECONDS
        await asyncio.sleep(LOOK_SECONDS)
        late.append(time.perf_counter() - asked)


if __name__ == "__main__":
    opened = Database(sys.argv[1])
    ready(**asyncio.run(drain(opened, int(sys.argv[2]))))
    opened.close()
