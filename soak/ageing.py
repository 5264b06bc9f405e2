"""Lets time pass for what is open: its instants are moved back, which is all that waiting would do to it."""

from datetime import timedelta

from sqlalchemy import Column, Table, select, update

from storage.database import Transaction
from storage.tables import attempt, message, pace

OPEN = ("waiting", "sending", "unknown")
_TIMES = (
    (message, ("send_after", "useless_after", "posted_at"), message.c.status.in_(OPEN)),
    (attempt, ("started_at", "lease_until"), attempt.c.status.in_(OPEN)),
    (pace, ("next_free_at",), None),
)


def age(tx: Transaction, by: timedelta) -> None:
    """Let everything open be that much older."""
    for table, names, which in _TIMES:
        columns = [table.c[name] for name in names]
        rows = select(*_key(table), *columns)
        for row in tx.connection.execute(rows if which is None else rows.where(which)).mappings():
            values = {column.name: row[column] - by for column in columns}
            own = [column == row[column] for column in _key(table)]
            tx.connection.execute(update(table).where(*own).values(values))


def _key(table: Table) -> list["Column[object]"]:
    return list(table.primary_key.columns)
