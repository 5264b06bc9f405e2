"""What most commands begin with: the settings, and a database that has this version's tables."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from config.settings import Settings, load_settings
from storage.database import Database, Transaction
from storage.migrate import check

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Opened:
    """Open for one command."""

    settings: Settings
    database: Database

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Do `work` in one transaction, or nothing of it; wait for others who write."""
        return self.database.run(work, datetime.now(UTC))

    def read(self, work: Callable[[Transaction], T]) -> T:
        """Look without being in anybody's way."""
        return self.database.run(work, datetime.now(UTC), read_only=True)


@contextmanager
def opened() -> Iterator[Opened]:
    """Open the database of the settings; nothing here signs anything, and so no secret key is asked for.

    Raises:
        SettingsError: a setting is wrong.
        StorageError: the database can't be reached, or its tables are not those of this version.
    """
    settings = load_settings(demo=True)
    database = Database(settings.database_url)
    try:
        database.run(lambda tx: check(tx.connection), datetime.now(UTC), within_seconds=5, read_only=True)
        yield Opened(settings, database)
    finally:
        database.close()
