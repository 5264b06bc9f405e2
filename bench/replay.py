"""Recorded statements through the bare drivers, each in the best form that was found for it.

SQLite: one connection, one writer thread, the clients await it. PostgreSQL: a connection a client, either asynchronous ones in
one loop or plain ones in threads; whichever is faster on the day is the baseline.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock, local
from typing import Any, Protocol, Self, cast

import psycopg
from sqlalchemy import make_url

from bench.clients import closed_loop
from bench.frame import Run
from bench.recording import Ids, Turn

SETTINGS = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"


class Player(Protocol):
    """Plays turns on one database, open between `async with` and its end."""

    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, *_: object) -> None: ...

    async def next_of(self, turns: Iterator[Turn]) -> None:
        """Play the next one: on SQLite they are begun in their order, so that the same ids come back."""


class SqliteWriter:
    """One connection, one thread."""

    def __init__(self, url: str, _connections: int) -> None:
        self._path = str(make_url(url).database)
        self._writer = ThreadPoolExecutor(1)

    async def __aenter__(self) -> Self:
        self._raw = await asyncio.get_running_loop().run_in_executor(self._writer, self._opened)
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.get_running_loop().run_in_executor(self._writer, self._raw.close)
        self._writer.shutdown()

    async def next_of(self, turns: Iterator[Turn]) -> None:
        await asyncio.get_running_loop().run_in_executor(self._writer, self._play, turns)

    def _play(self, turns: Iterator[Turn]) -> None:
        execute = self._raw.execute
        for statement in next(turns).statements:
            if statement.many:
                self._raw.executemany(statement.sql, statement.parameters)
            else:
                execute(statement.sql, statement.parameters).fetchall()
        execute("COMMIT")

    def _opened(self) -> sqlite3.Connection:
        raw = sqlite3.connect(self._path, isolation_level=None, cached_statements=256)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
            raw.execute(f"PRAGMA {pragma}")
        return raw


class PostgresTasks:
    """Asynchronous connections in one loop."""

    def __init__(self, url: str, connections: int) -> None:
        self._url, self._number, self._ids = url, connections, Ids()
        self._free: asyncio.Queue[psycopg.AsyncConnection] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        for _ in range(self._number):
            self._free.put_nowait(await psycopg.AsyncConnection.connect(self._url, options=SETTINGS))
        return self

    async def __aexit__(self, *_: object) -> None:
        while not self._free.empty():
            await self._free.get_nowait().close()

    async def next_of(self, turns: Iterator[Turn]) -> None:
        raw = await self._free.get()
        async with raw.cursor() as cursor:
            for statement in next(turns).statements:
                parameters = self._ids.fitted(statement) if statement.needs else statement.parameters
                send = cast("Any", cursor.executemany if statement.many else cursor.execute)
                await send(statement.sql, parameters)
                if not statement.many and cursor.description is not None:
                    self._ids.learn(statement.gave, await cursor.fetchall())
        await raw.commit()
        self._free.put_nowait(raw)


class PostgresThreads:
    """Plain connections, each in a thread of its own."""

    def __init__(self, url: str, connections: int) -> None:
        self._url, self._ids, self._own = url, Ids(), local()
        self._pool = ThreadPoolExecutor(connections)
        self._opened: list[psycopg.Connection] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._pool.shutdown()
        for raw in self._opened:
            raw.close()

    async def next_of(self, turns: Iterator[Turn]) -> None:
        await asyncio.get_running_loop().run_in_executor(self._pool, self._play, turns)

    def _play(self, turns: Iterator[Turn]) -> None:
        if not hasattr(self._own, "raw"):
            self._own.raw = psycopg.connect(self._url, options=SETTINGS)
            self._opened.append(self._own.raw)
        play_plain(self._own.raw, self._ids, next(turns))


def play_plain(raw: psycopg.Connection, ids: Ids, turn: Turn) -> None:
    """One transaction on a plain connection."""
    with raw.cursor() as cursor:
        for statement in turn.statements:
            parameters = ids.fitted(statement) if statement.needs else statement.parameters
            send = cast("Any", cursor.executemany if statement.many else cursor.execute)
            send(statement.sql, parameters)
            if not statement.many and cursor.description is not None:
                ids.learn(statement.gave, cursor.fetchall())
    raw.commit()


Form = Callable[[str, Sequence[Turn], int, int], Run]


def awaiting(kind: Callable[[str, int], Player]) -> Form:
    """The clients are tasks of one loop, which await the player."""

    def form(url: str, turns: Sequence[Turn], clients: int, warm: int) -> Run:
        async def run() -> Run:
            todo = iter(turns)
            async with kind(url, clients) as player:
                return await closed_loop(clients, [lambda: player.next_of(todo)] * len(turns), warm)

        return asyncio.run(run())

    return form


def in_threads(url: str, turns: Sequence[Turn], clients: int, warm: int) -> Run:
    """The clients are threads, each with a plain connection."""
    ids, latencies, lock = Ids(), list[float](), Lock()
    first, then = iter(turns[:warm]), iter(turns[warm:])
    gate = Barrier(clients + 1)

    def client() -> None:
        with psycopg.connect(url, options=SETTINGS) as raw:
            for turn in _shared(first, lock):
                play_plain(raw, ids, turn)
            gate.wait()
            for turn in _shared(then, lock):
                begun = time.perf_counter()
                play_plain(raw, ids, turn)
                latencies.append(time.perf_counter() - begun)

    with ThreadPoolExecutor(clients) as pool:
        running = [pool.submit(client) for _ in range(clients)]
        gate.wait()
        begun = time.perf_counter()
        for one in running:
            one.result()
        return Run((len(turns) - warm) / (time.perf_counter() - begun), latencies)


def _shared(turns: Iterator[Turn], lock: Lock) -> Iterator[Turn]:
    while True:
        with lock:
            turn = next(turns, None)
        if turn is None:
            return
        yield turn


WRITER, TASKS, THREADS = "sqlite3, one writer thread", "psycopg, asynchronous", "psycopg, threads"
FORMS: dict[str, dict[str, Form]] = {
    "SQLite": {WRITER: awaiting(SqliteWriter)},
    "PostgreSQL": {TASKS: awaiting(PostgresTasks), THREADS: in_threads},
}
PLAYERS: dict[str, Callable[[str, int], Player]] = {
    WRITER: SqliteWriter,
    TASKS: PostgresTasks,
    THREADS: PostgresThreads,
}
