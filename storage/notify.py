"""Tells the other processes on PostgreSQL that rows are due now, after the commit that wrote them.

A NOTIFY inside the transaction would make all commits wait for each other; so it has a connection of its own, and is sent at
most so often. Whoever misses one finds the rows by the tick.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import psycopg
from sqlalchemy import make_url

log = logging.getLogger(__name__)

CHANNEL = "termin_due"
DEBOUNCE_SECONDS = 0.05
RECONNECT_SECONDS = 5

Connection = psycopg.AsyncConnection[Any]


class DueSignal:
    """Two connections: one speaks, one listens."""

    def __init__(self, url: str, on_due: Callable[[], None]) -> None:
        """`on_due` is called in the event loop when another process has written rows that are due."""
        self._url = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._on_due = on_due
        self._due = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def send(self) -> None:
        """Tell the others. From any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._due.set)

    async def run(self) -> None:
        """Speak and listen until cancelled, again and again if the server goes away."""
        self._loop = asyncio.get_running_loop()
        while True:
            try:
                await self._connected()
            except* (psycopg.Error, OSError) as errors:
                log.warning("no notifications from the database for now: %s", errors.exceptions[0])
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _connected(self) -> None:
        async with await self._connect() as speaking, await self._connect() as listening:
            await listening.execute(f"LISTEN {CHANNEL}")
            self._on_due()  # whatever was said while nobody listened
            async with asyncio.TaskGroup() as both:
                both.create_task(self._speak(speaking))
                both.create_task(self._listen(listening, speaking.info.backend_pid))

    async def _connect(self) -> Connection:
        return await psycopg.AsyncConnection.connect(self._url, autocommit=True, connect_timeout=5)

    async def _speak(self, connection: Connection) -> None:
        while True:
            await self._due.wait()
            self._due.clear()
            await connection.execute(f"NOTIFY {CHANNEL}")
            await asyncio.sleep(DEBOUNCE_SECONDS)

    async def _listen(self, connection: Connection, own: int) -> None:
        async for told in connection.notifies():
            if told.pid != own:
                self._on_due()
