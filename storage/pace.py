"""The pace of each channel account, one row shared by every process, and the server's own clock."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, func, literal, select, text, update

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import pace
from storage.tables.base import UtcDateTime

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

# clock_timestamp() moves on inside a transaction; now() would be the instant before a lock was waited for.
_SERVER_TIME = text("SELECT clock_timestamp()")


def server_time(tx: Transaction) -> datetime | None:
    """What the database server's clock shows now; None on SQLite, where the process's own clock is the only one."""
    if tx.dialect != "postgresql":
        return None
    shown: datetime = tx.connection.execute(_SERVER_TIME).scalar_one()
    return shown


def free_at(tx: Transaction, lane: tuple[str, str], *, lock: bool) -> datetime:
    """When the account's next message may go.

    Args:
        lane: channel and account.
        lock: hold the row until the transaction ends: who claims after this one waits for it.
    """
    asked = select(pace.c.next_free_at).where(*_of(lane))
    if lock:
        asked = asked.with_for_update()
    found: datetime | None = tx.connection.execute(asked).scalar_one_or_none()
    if found is None:
        row = {"channel": lane[0], "account": lane[1], "next_free_at": LONG_AGO}
        tx.connection.execute(insert_new(tx, pace), row)
        found = tx.connection.execute(asked).scalar_one()
    assert found is not None
    return found


def set_free_at(tx: Transaction, lane: tuple[str, str], at: datetime) -> None:
    """The account's next message may go at `at`; the row is locked already."""
    tx.connection.execute(update(pace).where(*_of(lane)).values(next_free_at=at))


def pause(tx: Transaction, lane: tuple[str, str], until: datetime) -> None:
    """Nothing of that account goes before `until`; a later instant that stands already stays."""
    free_at(tx, lane, lock=False)
    later = func.max if tx.dialect == "sqlite" else func.greatest
    tx.connection.execute(
        update(pace)
        .where(*_of(lane))
        .values(next_free_at=later(pace.c.next_free_at, literal(until, UtcDateTime)))
    )


def _of(lane: tuple[str, str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return pace.c.channel == lane[0], pace.c.account == lane[1]
