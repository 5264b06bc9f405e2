"""The one way into the database: whole transactions, tried again while that can help."""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.engine import LOCK_SECONDS, POOL, make_engine
from storage.errors import DatabaseAway

T = TypeVar("T")

# PostgreSQL: serialization failure, deadlock, lock not available.
TRY_AGAIN = {"40001", "40P01", "55P03"}


@dataclass(slots=True)
class Transaction:
    """An open transaction and the one instant at which all of it happens.

    `now` is wall time, aware and in UTC: what rules and `send_after` go by. `wakes` says that rows are due at once.
    `staff_id` is the member of staff who does all of it, where one does: the audit names them.
    """

    connection: Connection
    now: datetime
    wakes: bool = False
    staff_id: int | None = None

    @property
    def dialect(self) -> str:
        """'sqlite' or 'postgresql'."""
        return self.connection.dialect.name

    def wake(self) -> None:
        """Rows due now were written: whoever sends should look as soon as this has committed."""
        self.wakes = True

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What is written inside is undone if an exception leaves it; the transaction goes on."""
        with self.connection.begin_nested():
            yield


class Database:
    """Hands out transactions: in a thread to the asyncio edges, in place to the command line.

    SQLite has one writer, queued here in order of arrival: a pool of writers is slower, and its slowest wait for seconds.
    """

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._writers = ThreadPoolExecutor(1 if self.is_sqlite else POOL, "write")
        self._readers = ThreadPoolExecutor(2, "read") if self.is_sqlite else self._writers
        self.on_due: Callable[[], None] = lambda: None

    @contextmanager
    def transaction(
        self, now: datetime, *, read_only: bool = False, within_seconds: float = 30
    ) -> Iterator[Transaction]:
        """Commit what the block did, or nothing of it; not tried again, and no lock is waited for longer than that."""
        options = {"read_only": read_only, "busy_ms": max(1, int(within_seconds * 1000))}
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            if not self.is_sqlite and within_seconds < 0.95 * LOCK_SECONDS:
                connection.execute(text(f"SET LOCAL lock_timeout = {options['busy_ms']}"))
            tx = Transaction(connection, now)
            yield tx
        if tx.wakes:
            self.on_due()

    def run(
        self,
        work: Callable[[Transaction], T],
        now: datetime,
        *,
        within_seconds: float = 30,
        read_only: bool = False,
    ) -> T:
        """Do `work` in a transaction, again if a lock, a deadlock or a lost connection undid it.

        Raises:
            DatabaseAway: it could not be done within that time; nothing was changed, unless the connection went at the commit.
        """
        deadline = time.monotonic() + within_seconds
        pause = 0.01
        while True:
            left = deadline - time.monotonic()
            try:
                with self.transaction(now, read_only=read_only, within_seconds=left) as tx:
                    return work(tx)
            except (DBAPIError, PoolTimeout) as error:
                if not _may_pass(error):
                    raise
                if time.monotonic() + pause >= deadline:
                    raise DatabaseAway("the database is away or locked") from error
            time.sleep(pause)
            pause = min(pause * 2, 1.0)

    async def write(
        self, work: Callable[[Transaction], T], now: datetime, *, within_seconds: float = 10
    ) -> T:
        """`run` in the writers' queue; the time spent waiting there counts."""
        deadline = time.monotonic() + within_seconds
        return await asyncio.get_running_loop().run_in_executor(
            self._writers, lambda: self.run(work, now, within_seconds=max(0.05, deadline - time.monotonic()))
        )

    async def read(self, work: Callable[[Transaction], T], now: datetime) -> T:
        """`run` without writing: on SQLite beside the writer, never behind it."""
        return await asyncio.get_running_loop().run_in_executor(
            self._readers, lambda: self.run(work, now, within_seconds=10, read_only=True)
        )

    def close(self) -> None:
        """Wait for what is under way, then close every connection."""
        self._writers.shutdown()
        self._readers.shutdown()
        self.engine.dispose()


def _may_pass(error: DBAPIError | PoolTimeout) -> bool:
    """Whether the same work may succeed a moment later."""
    if isinstance(error, PoolTimeout) or error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        words = str(error.orig)
        return "locked" in words or "connection" in words
    return state in TRY_AGAIN or state.startswith(("08", "57P"))
