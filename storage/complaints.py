"""What the database itself complains of, in one line that can be shown."""

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from storage.errors import StorageError


def complaint(error: BaseException) -> str | None:
    """The line; None for an error that is not the database's. Neither a statement nor its values are repeated."""
    if isinstance(error, StorageError):
        return str(error)
    if isinstance(error, DBAPIError):
        first = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
        return f"the database refuses: {first[0]}"
    return f"the database refuses: {type(error).__name__}" if isinstance(error, SQLAlchemyError) else None
