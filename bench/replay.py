"""Recorded statements through the bare drivers, each in the best form that was found for it.

SQLite: one connection, one writer thread, the clients await it. PostgreSQL: a connection a client, either asynchronous ones in
one loop or plain ones in threads; whichever is faster on the day is the baseline.
"""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock
from typing import Any, cast

import psycopg
from sqlalchemy import make_url

from bench.clients import closed_loop
from bench.frame import Run
from bench.recording import Ids, Turn

SETTINGS = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"


class SqliteReplay:
    """One writer."""

    def __init__(self, url: str) -> None:
        self._writer = ThreadPoolExecutor(1)
        self._raw: sqlite3.Connection = self._writer.submit(_opened, url).result()

    async def play(self, turn: Turn) -> None:
        await asyncio.get_running_loop().run_in_executor(self._writer, self.play_here, turn)

    def play_here(self, turn: Turn) -> None:
        execute = self._raw.execute
        for statement in turn.statements:
            if statement.many:
                self._raw.executemany(statement.sql, statement.parameters)
            else:
                execute(statement.sql, statement.parameters).fetchall()
        execute("COMMIT")

    def close(self) -> None:
        self._writer.submit(self._raw.close).result()
        self._writer.shutdown()


def _opened(url: str) -> sqlite3.Connection:
    raw = sqlite3.connect(str(make_url(url).database), isolation_level=None, cached_statements=256)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
        raw.execute(f"PRAGMA {pragma}")
    return raw


async def play_async(raw: psycopg.AsyncConnection, ids: Ids, turn: Turn) -> None:
    """One transaction on an asynchronous connection."""
    async with raw.cursor() as cursor:
        for statement in turn.statements:
            parameters = ids.fitted(statement.parameters) if statement.needs else statement.parameters
            send = cursor.executemany if statement.many else cursor.execute
            await cast("Any", send)(statement.sql, parameters)
            if not statement.many and cursor.description is not None:
                ids.learn(statement.gave, await cursor.fetchall())
    await raw.commit()


def play_plain(raw: psycopg.Connection, ids: Ids, turn: Turn) -> None:
    """One transaction on a plain connection."""
    with raw.cursor() as cursor:
        for statement in turn.statements:
            parameters = ids.fitted(statement.parameters) if statement.needs else statement.parameters
            send = cursor.executemany if statement.many else cursor.execute
            cast("Any", send)(statement.sql, parameters)
            if not statement.many and cursor.description is not None:
                ids.learn(statement.gave, cursor.fetchall())
    raw.commit()


def sqlite_clients(url: str, turns: Sequence[Turn], clients: int, warm: int) -> Run:
    """The clients await one writer thread."""

    async def run() -> Run:
        replay = SqliteReplay(url)
        try:
            return await closed_loop(clients, [_job(replay.play, turn) for turn in turns], warm)
        finally:
            replay.close()

    return asyncio.run(run())


def postgres_tasks(url: str, turns: Sequence[Turn], clients: int, warm: int) -> Run:
    """A task and an asynchronous connection a client, in one loop."""

    async def run() -> Run:
        ids = Ids()
        raws = [await psycopg.AsyncConnection.connect(url, options=SETTINGS) for _ in range(clients)]
        free = list(raws)

        def job(turn: Turn) -> Callable[[], Awaitable[None]]:
            async def play() -> None:
                raw = free.pop()
                await play_async(raw, ids, turn)
                free.append(raw)

            return play

        try:
            return await closed_loop(clients, [job(turn) for turn in turns], warm)
        finally:
            for raw in raws:
                await raw.close()

    return asyncio.run(run())


def postgres_threads(url: str, turns: Sequence[Turn], clients: int, warm: int) -> Run:
    """A thread and a plain connection a client."""
    ids, latencies, lock = Ids(), list[float](), Lock()
    todo = iter(turns[warm:])
    first = iter(turns[:warm])
    gate = Barrier(clients + 1)

    def client() -> None:
        with psycopg.connect(url, options=SETTINGS) as raw:
            for turn in _shared(first, lock):
                play_plain(raw, ids, turn)
            gate.wait()
            for turn in _shared(todo, lock):
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


def _shared(turns: Any, lock: Lock) -> Any:
    while True:
        with lock:
            turn = next(turns, None)
        if turn is None:
            return
        yield turn


def _job(play: Callable[[Turn], Awaitable[None]], turn: Turn) -> Callable[[], Awaitable[None]]:
    return lambda: play(turn)


Replay = Callable[[str, Sequence[Turn], int, int], Run]
FORMS: dict[str, dict[str, Replay]] = {
    "SQLite": {"sqlite3, one writer thread": sqlite_clients},
    "PostgreSQL": {"psycopg, asynchronous": postgres_tasks, "psycopg, threads": postgres_threads},
}
