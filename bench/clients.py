"""Clients that each ask again as soon as they are answered, in one event loop."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from bench.frame import Run

Job = Callable[[], Awaitable[object]]


async def closed_loop(clients: int, jobs: Sequence[Job], warm: int = 0) -> Run:
    """So many clients share the jobs; the first `warm` of them are done before the clock starts.

    Returns:
        Jobs a second, and how long each took from the asking to the answer.
    """
    await _share(clients, jobs[:warm])
    begun = time.perf_counter()
    latencies = await _share(clients, jobs[warm:])
    return Run((len(jobs) - warm) / (time.perf_counter() - begun), latencies)


async def _share(clients: int, jobs: Sequence[Job]) -> list[float]:
    todo = iter(jobs)
    latencies: list[float] = []

    async def client() -> None:
        for job in todo:
            begun = time.perf_counter()
            await job()
            latencies.append(time.perf_counter() - begun)

    async with asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(client())
    return latencies
