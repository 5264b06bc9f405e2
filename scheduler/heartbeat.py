"""The heartbeat: that the clockwork turns, for whoever asks from outside; and a to-do when it did not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.clock import Clock
from scheduler.todos import open_todo
from storage import heartbeats
from storage.database import Transaction

SILENT = timedelta(minutes=5)  # worth telling staff
GONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A process's last sign of life, in real time, and when each of its jobs runs next."""

    process: str
    at: datetime
    seconds_ago: float
    jobs: Mapping[str, str]


def beat(tx: Transaction, clock: Clock, process: str, jobs: Mapping[str, str]) -> None:
    """Write this process's; if all of them had been silent for minutes, tell staff."""
    real = clock.real(tx)
    last = max((row.beat_at for row in heartbeats.last_beats(tx)), default=None)
    if last is not None and real - last > SILENT:
        span = {"from_at": last.isoformat(), "until_at": real.isoformat()}
        open_todo(tx, key=f"silence:{last.isoformat()}", text="todo_silence", params=span)
    heartbeats.drop_beats(tx, real - GONE)
    heartbeats.write_beat(tx, process, real, jobs)


def last_heartbeats(tx: Transaction, clock: Clock) -> list[Heartbeat]:
    """Every process's, the latest first; empty if none has ever run."""
    real = clock.real(tx)
    return [
        Heartbeat(row.process, row.beat_at, (real - row.beat_at).total_seconds(), row.jobs)
        for row in heartbeats.last_beats(tx)
    ]
