"""What a monitor asks: whether this process is at work, and who turns the clockwork."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from scheduler.clock import Clock
from scheduler.heartbeat import Heartbeat, last_heartbeats
from scheduler.ticker import Ticker
from storage.database import Database
from storage.errors import StorageError
from storage.figures import Figures, figures

STALE_SECONDS = 60.0  # the clockwork shows life every 15


@dataclass
class Health:
    """One process's. `ticker` is None in a process that only serves the web."""

    database: Database
    clock: Clock
    channels: Sequence[str] = ()
    ticker: Ticker | None = None
    at_work: bool = field(default=False, init=False)

    async def report(self) -> dict[str, Any]:
        """Everything a monitor sees; `ready` is what counts."""
        beats = await self._beats()
        scheduler = self._scheduler(beats or ())
        return {
            "ready": self.at_work and beats is not None and (self.ticker is None or scheduler["alive"]),
            "at_work": self.at_work,
            "database": "away" if beats is None else "ok",
            "scheduler": scheduler,
            "channels": list(self.channels),
        }

    async def figures(self) -> Figures:
        return await self.database.read(figures, self.clock.now())

    async def _beats(self) -> list[Heartbeat] | None:
        try:
            return await self.database.read(lambda tx: last_heartbeats(tx, self.clock), self.clock.now())
        except StorageError:
            return None

    def _scheduler(self, beats: Sequence[Heartbeat]) -> dict[str, Any]:
        """This process's own clockwork, or else the last that showed life."""
        if self.ticker is not None:
            jobs = [
                {"job": name, "next_run": at.isoformat() if at else None} for name, at in self.ticker.jobs()
            ]
            is_fresh = not beats or beats[0].seconds_ago < STALE_SECONDS
            return {"alive": bool(jobs) and is_fresh, "here": True, "jobs": jobs}
        last = beats[0] if beats else None
        return {
            "alive": last is not None and last.seconds_ago < STALE_SECONDS,
            "here": False,
            "jobs": [{"job": name, "next_run": at or None} for name, at in last.jobs.items()] if last else [],
        }
