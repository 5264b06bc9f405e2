"""The pace of each channel account, one row shared by every process, and the server's own clock."""

from datetime import datetime

from sqlalchemy import func, select, text, update

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import pace

# clock_timestamp() moves on inside a transaction; now() would be the instant before a lock was waited for.
_SERVER_TIME = text("SELECT clock_timestamp()")


def server_time(tx: Transaction) -> datetime | None:
    """What the database server's clock shows now; None on SQLite, where the process's own clock is the only one."""
    if tx.dialect != "postgresql":
        return None
    shown: datetime = tx.connection.execute(_SERVER_TIME).scalar_one()
    return shown


def lock(tx: Transaction, channel: str, account: str, start: datetime) -> datetime:
    """Lock the account's row until the transaction ends, and return when its next message may go.

    Args:
        start: what a new account begins with.
    """
    asked = (
        select(pace.c.next_free_at)
        .where(pace.c.channel == channel, pace.c.account == account)
        .with_for_update()
    )
    found: datetime | None = tx.connection.execute(asked).scalar_one_or_none()
    if found is None:
        row = {"channel": channel, "account": account, "next_free_at": start}
        tx.connection.execute(insert_new(tx, pace), row)
        found = tx.connection.execute(asked).scalar_one()
    assert found is not None
    return found


def set_free_at(tx: Transaction, channel: str, account: str, at: datetime) -> None:
    """The account's next message may go at `at`; the row is locked already."""
    tx.connection.execute(
        update(pace).where(pace.c.channel == channel, pace.c.account == account).values(next_free_at=at)
    )


def pause(tx: Transaction, channel: str, account: str, until: datetime) -> None:
    """Nothing of that account goes before `until`; a later instant that stands already stays."""
    later = func.max if tx.dialect == "sqlite" else func.greatest
    tx.connection.execute(
        update(pace)
        .where(pace.c.channel == channel, pace.c.account == account)
        .values(next_free_at=later(pace.c.next_free_at, until, type_=pace.c.next_free_at.type))
    )
