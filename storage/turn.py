"""A turn that one process of many has at a time, for as long as its connection to the database lives."""

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from storage.database import Database
from storage.engine import make_engine


class Turn:
    """On SQLite there is one process, and it is always its turn."""

    def __init__(self, database: Database, name: str) -> None:
        self._url = database.engine.url.render_as_string(hide_password=False)
        self._free = database.is_sqlite
        self._key = func.hashtextextended(f"turn:{name}", 0)
        self._engine: Engine | None = None
        self._connection: Connection | None = None

    def take(self) -> bool:
        """Whether it is this process's turn, now and until its connection breaks; asked again, it looks whether that has happened."""
        if self._free:
            return True
        try:
            return self._still() or self._begin()
        except SQLAlchemyError:
            self.leave()
            return False

    def leave(self) -> None:
        """Let another process have the turn."""
        connection, engine = self._connection, self._engine
        self._connection = self._engine = None
        if connection is not None:
            connection.invalidate()  # ends the session, and the lock with it, even if it no longer answers
            connection.close()
        if engine is not None:
            engine.dispose()

    def _still(self) -> bool:
        if self._connection is None:
            return False
        self._connection.execute(select(1))
        return True

    def _begin(self) -> bool:
        self._engine = make_engine(self._url)
        self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if self._connection.execute(select(func.pg_try_advisory_lock(self._key))).scalar_one():
            return True
        self.leave()
        return False
