"""Brings a database to the tables of this version, by one chain of migrations for both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect

from storage.engine import make_engine
from storage.errors import DatabaseBehind, StorageError
from storage.guard import SQLITE
from storage.tables import metadata

MIGRATIONS = Path(__file__).parent / "migrations"

VERSION_TABLE = (
    "CREATE TABLE alembic_version "
    "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)

# Any number: one upgrade at a time, whichever process begins it.
LOCK = 7_281_406


def upgrade(url: str) -> None:
    """Run what is missing of the chain, in one transaction.

    Raises:
        StorageError: rows would be left that refer to nothing; nothing was changed.
    """
    from alembic import command  # noqa: PLC0415 - a third of a second that only an upgrade needs
    from alembic.config import Config  # noqa: PLC0415

    engine = make_engine(url, migrating=True)
    try:
        with engine.begin() as connection, _alone(connection):
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _settle(connection)
    finally:
        engine.dispose()


def create(url: str) -> None:
    """Make in an empty SQLite file what the whole chain would leave there, in a sixth of the time."""
    engine = make_engine(url, migrating=True)
    try:
        with engine.begin() as connection:
            metadata.create_all(connection)
            _settle(connection)
            connection.exec_driver_sql(VERSION_TABLE)
            connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (head(),))
    finally:
        engine.dispose()


def head() -> str:
    """The newest version of the chain: each file's name begins with its own."""
    return max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def check(connection: Connection) -> None:
    """Raise `DatabaseBehind` if the tables are not those of this version."""
    here = None
    if inspect(connection).has_table("alembic_version"):
        here = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    if here != head():
        raise DatabaseBehind(
            f"the database is at version {here or 'none'}, the program at {head()}. Run: termin db upgrade"
        )


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    yield


def _settle(connection: Connection) -> None:
    """On SQLite, rebuilding a table drops its triggers without a word and checks no reference."""
    if connection.dialect.name != "sqlite":
        return
    for trigger in SQLITE:
        connection.exec_driver_sql(trigger)
    if orphans := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise StorageError(
            f"the upgrade would leave {len(orphans)} rows that refer to nothing, the first in '{orphans[0][0]}'"
        )
