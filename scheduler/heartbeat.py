"""The heartbeat: that the clockwork turns, for whoever asks from outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler import silence
from scheduler.clock import Clock
from storage import heartbeats
from storage.database import Transaction

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
    silence.clockwork_turns(tx, real)
    heartbeats.drop_beats(tx, real - GONE)
    heartbeats.write_beat(tx, process, real, jobs)


def last_heartbeats(tx: Transaction, clock: Clock) -> list[Heartbeat]:
    """Every process's, the latest first; empty if none has ever run."""
    real = clock.real(tx)
    return [
        Heartbeat(row.process, row.beat_at, (real - row.beat_at).total_seconds(), row.jobs)
        for row in heartbeats.last_beats(tx)
    ]
