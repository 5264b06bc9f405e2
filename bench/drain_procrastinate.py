"""One process in which a worker of procrastinate drains as many jobs, one a reminder, out of its own tables."""

import asyncio
import logging
import sys
import time

from procrastinate import App, PsycopgConnector
from sqlalchemy import make_url

from bench.children import peak_mb, ready
from bench.jobs import RAN, nothing

AT_ONCE = 16  # jobs; one at a time, its default, is slower


async def drain(url: str, number: int) -> dict[str, float]:
    """From the start of the worker until it has caught up."""
    app = App(connector=PsycopgConnector(conninfo=url))
    task = app.task(name="nothing")(nothing)
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        await task.batch_defer_async(*({} for _ in range(number)))
        begun = time.perf_counter()
        working = asyncio.create_task(app.run_worker_async(wait=False, concurrency=AT_ONCE))
        while not RAN and not working.done():  # noqa: ASYNC110  what runs sets no event
            await asyncio.sleep(0.002)
        first = time.perf_counter() - begun
        await working
        took = time.perf_counter() - begun
    if len(RAN) != number:
        raise RuntimeError(f"procrastinate ran {len(RAN)} of {number}")
    return {"seconds": took, "first_ms": first * 1000, "peak_mb": peak_mb()}


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)  # it says something of each job
    address = make_url(sys.argv[1]).set(drivername="postgresql")
    ready(**asyncio.run(drain(address.render_as_string(hide_password=False), int(sys.argv[2]))))
