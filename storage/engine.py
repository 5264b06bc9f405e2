"""How a connection to either database is made."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from storage.errors import StorageError

LOCK_SECONDS = 10  # for which PostgreSQL lets a statement wait for a lock
POOL = 8  # PostgreSQL connections of one process


def make_engine(url: str, *, migrating: bool = False) -> Engine:
    """Open nothing yet; return what opens.

    Args:
        url: `sqlite:///path` or `postgresql://...`.
        migrating: foreign keys are off on SQLite, because rebuilding a table with them on deletes the rows that refer to it.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url, foreign_keys=not migrating)
    if make_url(url).get_backend_name() == "postgresql":
        return create_engine(
            make_url(url).set(drivername="postgresql+psycopg"),
            pool_size=POOL,
            max_overflow=0,
            pool_timeout=10,
            hide_parameters=True,  # people's names and numbers stand in no error
            connect_args={
                "options": f"-c lock_timeout={LOCK_SECONDS}s -c idle_in_transaction_session_timeout=60s",
                "connect_timeout": 5,
            },
        )
    raise StorageError(
        f"the database must be sqlite:///... or postgresql://..., not {make_url(url).drivername}://"
    )


def _sqlite(url: str, *, foreign_keys: bool) -> Engine:
    path = make_url(url).database
    if not path or path == ":memory:":
        raise StorageError(
            "the SQLite database must be a file: in memory, all connections would share one transaction"
        )
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def connect(raw: Any, _: object) -> None:
        raw.isolation_level = None  # or the driver would issue a BEGIN of its own, and not before a SELECT
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
            "cache_size=-16000",
            "temp_store=MEMORY",  # what a statement may have to undo, people's words among it, goes into no temporary file
        ):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("read_only"):
            connection.exec_driver_sql("BEGIN")
        else:
            # A deferred BEGIN fails at once, whatever the timeout, when it wants to write after another has.
            connection.exec_driver_sql(f"PRAGMA busy_timeout={options.get('busy_ms', 30_000)}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
