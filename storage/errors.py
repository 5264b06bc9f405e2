"""What can go wrong with the database itself."""


class StorageError(Exception):
    """The root of this family."""


class DatabaseAway(StorageError):
    """The database could not be reached, or stayed locked, for as long as the work was worth waiting for."""


class DatabaseBehind(StorageError):
    """The database's tables are not those of this version: `termin db upgrade` brings them there."""
