"""That a process is at work: one row each, which the others and `termin doctor` read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from storage.database import Transaction
from storage.tables import heartbeat


def write_beat(tx: Transaction, process: str, at: datetime, jobs: Mapping[str, Any]) -> None:
    """Write that the process was at work at `at` (real time), and when its jobs run next."""
    changed = update(heartbeat).where(heartbeat.c.process == process).values(beat_at=at, jobs=dict(jobs))
    if not tx.connection.execute(changed).rowcount:
        tx.connection.execute(insert(heartbeat).values(process=process, beat_at=at, jobs=dict(jobs)))


def last_beats(tx: Transaction) -> list[Row[Any]]:
    """Every process's last beat, the latest first."""
    return list(tx.connection.execute(select(heartbeat).order_by(heartbeat.c.beat_at.desc())))


def drop_beats(tx: Transaction, before: datetime) -> None:
    """Forget processes that have gone."""
    tx.connection.execute(delete(heartbeat).where(heartbeat.c.beat_at < before))
