"""A loop that claims and marks by hand, on the drivers as they are: two transactions a batch, no attempt, no words."""

import sqlite3
import time
from collections.abc import Callable

import psycopg
from sqlalchemy import make_url

from bench.due import ACCOUNT, CHANNEL

BATCH = 500  # as many as the courier claims where no pace is kept

_CLAIM = f"""
UPDATE message SET status = 'sending' WHERE id IN (
  SELECT id FROM message WHERE status = 'waiting' AND channel = '{CHANNEL}' AND account = '{ACCOUNT}'
  ORDER BY priority, send_after, id LIMIT {BATCH} {{lock}}) RETURNING id, address_id, text, params
"""
_POSTGRESQL = (
    _CLAIM.format(lock="FOR UPDATE SKIP LOCKED"),
    "UPDATE message SET status = 'sent' WHERE id = ANY(%s)",
)
_SQLITE = (_CLAIM.format(lock=""), "UPDATE message SET status = 'sent' WHERE id = ?")


def drain_postgres(url: str) -> float:
    """Seconds."""
    with psycopg.connect(url) as raw:

        def batch() -> bool:
            ids = [row[0] for row in raw.execute(_POSTGRESQL[0]).fetchall()]
            raw.commit()
            if ids:
                raw.execute(_POSTGRESQL[1], (ids,))
                raw.commit()
            return bool(ids)

        return _until_empty(batch)


def drain_sqlite(url: str) -> float:
    """Seconds."""
    raw = sqlite3.connect(str(make_url(url).database), isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
        raw.execute(f"PRAGMA {pragma}")

    def batch() -> bool:
        raw.execute("BEGIN IMMEDIATE")
        ids = [(row[0],) for row in raw.execute(_SQLITE[0]).fetchall()]
        raw.execute("COMMIT")
        if ids:
            raw.execute("BEGIN IMMEDIATE")
            raw.executemany(_SQLITE[1], ids)
            raw.execute("COMMIT")
        return bool(ids)

    try:
        return _until_empty(batch)
    finally:
        raw.close()


def _until_empty(batch: Callable[[], bool]) -> float:
    begun = time.perf_counter()
    while batch():
        pass
    return time.perf_counter() - begun


DRAINS = {"PostgreSQL": drain_postgres, "SQLite": drain_sqlite}
