"""Lets time pass for what is open or has just come in: its instants are moved back, which is all that waiting would do to it."""

from datetime import timedelta

from sqlalchemy import Column, ColumnElement, Table, select, true, update

from storage.database import Transaction
from storage.tables import attempt, inbox, message, pace

OPEN = ("waiting", "sending", "unknown")


def age(tx: Transaction, by: timedelta) -> None:
    """Let everything open be that much older, and what came in since then."""
    times: tuple[tuple[Table, tuple[str, ...], ColumnElement[bool]], ...] = (
        (message, ("send_after", "useless_after", "posted_at"), message.c.status.in_(OPEN)),
        (attempt, ("started_at", "lease_until"), attempt.c.status.in_(OPEN)),
        (pace, ("next_free_at",), true()),
        (inbox, ("received_at",), inbox.c.received_at > tx.now - by),  # or all would be a flood
    )
    for table, names, which in times:
        columns = [table.c[name] for name in names]
        for row in tx.connection.execute(select(*_key(table), *columns).where(which)).mappings():
            values = {column.name: row[column] - by for column in columns}
            own = [column == row[column] for column in _key(table)]
            tx.connection.execute(update(table).where(*own).values(values))


def _key(table: Table) -> list["Column[object]"]:
    return list(table.primary_key.columns)
