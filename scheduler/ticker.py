"""The clockwork, and the one home of APScheduler: few recurring jobs, each of which asks what is due now.

Nothing is remembered here: a tick that is missed costs seconds, a second run nothing.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something done again and again; it must not matter how often. `by_wall`: it asks what is due by wall time."""

    name: str
    seconds: int
    run: Callable[[], Awaitable[None]]
    by_wall: bool = False


class Ticker:
    """Runs jobs, each alone, every so many seconds from the start on."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs
        # The defaults drop a job that starts a second late, and start one beside itself.
        self._clock = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._running: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin; every job has its first run at once."""
        for job in self._jobs:
            self._clock.add_job(
                self._tick,
                "interval",
                seconds=job.seconds,
                args=[job],
                id=job.name,
                next_run_time=datetime.now(UTC),
            )
        self._clock.start()

    def jobs(self) -> list[tuple[str, datetime | None]]:
        """Each job with its next run."""
        return [(job.id, job.next_run_time) for job in self._clock.get_jobs()] if self._clock.running else []

    async def catch_up(self) -> None:
        """Run at once, one after the other, what goes by wall time: for a clock that has jumped."""
        for job in self._jobs:
            if job.by_wall:
                await self._run(job)

    async def stop(self, within_seconds: float) -> None:
        """Begin no more, and let what runs end in time."""
        if not self._clock.running:
            return
        self._clock.pause()
        if self._running:
            await asyncio.wait(self._running, timeout=within_seconds)
        for task in self._running:
            task.cancel()
        self._clock.shutdown(wait=False)
        await asyncio.sleep(0)  # it shuts down in the loop's next round

    async def _tick(self, job: Job) -> None:
        """In a task of its own: APScheduler's shutdown cancels whatever it waits for."""
        task = asyncio.create_task(self._run(job))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.shield(task)

    async def _run(self, job: Job) -> None:
        try:
            await job.run()
        except Exception:
            log.exception("the job '%s' failed; it runs again in %s s", job.name, job.seconds)
