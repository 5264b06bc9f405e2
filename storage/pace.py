"""The pace of each channel account, one row shared by every process, and the server's own clock."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Row, Select, bindparam, func, literal, select, text, update

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import pace
from storage.tables.base import UtcDateTime

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# clock_timestamp() moves on inside a transaction; now() would be the instant before a lock was waited for.
_SERVER_TIME = text("SELECT clock_timestamp()")

_OF_LANE = (pace.c.channel == bindparam("of_channel"), pace.c.account == bindparam("of_account"))
_ASK: Select[Any] = select(pace.c.next_free_at, pace.c.recent).where(*_OF_LANE)
_LOCK = _ASK.with_for_update()
_SET = (
    update(pace).where(*_OF_LANE).values(next_free_at=bindparam("at"), recent=bindparam("grants", type_=JSON))
)

_FAILS = (
    update(pace)
    .where(*_OF_LANE)
    .values(failing_since=func.coalesce(pace.c.failing_since, bindparam("real", type_=UtcDateTime)))
    .returning(pace.c.failing_since)
)
_WORKS = update(pace).where(*_OF_LANE, pace.c.failing_since.is_not(None)).values(failing_since=None)


def server_time(tx: Transaction) -> datetime | None:
    """What the database server's clock shows now; None on SQLite, where the process's own clock is the only one."""
    if tx.dialect != "postgresql":
        return None
    shown: datetime = tx.connection.execute(_SERVER_TIME).scalar_one()
    return shown


def account(tx: Transaction, lane: tuple[str, str], *, lock: bool) -> tuple[datetime, tuple[datetime, ...]]:
    """When the account's next message is due, and the instants of its last grants, the oldest first.

    Args:
        lane: channel and account.
        lock: hold the row until the transaction ends: who claims after this one waits for it.
    """
    found = _found(tx, lane, lock)
    if found is None:
        row = {"channel": lane[0], "account": lane[1], "next_free_at": LONG_AGO}
        tx.connection.execute(insert_new(tx, pace), row)
        found = _found(tx, lane, lock)
    assert found is not None
    return found.next_free_at, tuple(EPOCH + timedelta(microseconds=one) for one in found.recent)


def set_free_at(
    tx: Transaction, lane: tuple[str, str], at: datetime, recent: Sequence[datetime] = ()
) -> None:
    """The account's next message is due at `at`; the row is locked already."""
    grants = [(one - EPOCH) // timedelta(microseconds=1) for one in recent]
    tx.connection.execute(_SET, {"of_channel": lane[0], "of_account": lane[1], "at": at, "grants": grants})


def pause(tx: Transaction, lane: tuple[str, str], until: datetime) -> None:
    """Nothing of that account goes before `until`; a later instant that stands already stays."""
    account(tx, lane, lock=False)
    later = func.max if tx.dialect == "sqlite" else func.greatest
    statement = update(pace).where(*_OF_LANE)
    tx.connection.execute(
        statement.values(next_free_at=later(pace.c.next_free_at, literal(until, UtcDateTime))),
        {"of_channel": lane[0], "of_account": lane[1]},
    )


def fails(tx: Transaction, lane: tuple[str, str], real: datetime) -> datetime:
    """A call of that account failed; return since when all have."""
    account(tx, lane, lock=False)
    values = {"of_channel": lane[0], "of_account": lane[1], "real": real}
    since: datetime = tx.connection.execute(_FAILS, values).scalar_one()
    return since


def works(tx: Transaction, lane: tuple[str, str]) -> None:
    """A call of that account succeeded."""
    tx.connection.execute(_WORKS, {"of_channel": lane[0], "of_account": lane[1]})


def _found(tx: Transaction, lane: tuple[str, str], lock: bool) -> Row[Any] | None:
    values = {"of_channel": lane[0], "of_account": lane[1]}
    return tx.connection.execute(_LOCK if lock else _ASK, values).one_or_none()
