"""What a monitor is told of the database: a few counts over small partial indexes."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from storage.database import Transaction
from storage.tables import message, todo

UNSETTLED = ("waiting", "sending", "unknown")


@dataclass(frozen=True, slots=True)
class Figures:
    """Messages by status, how long the oldest due one has waited, and the open to-dos."""

    messages: Mapping[str, int]
    overdue_seconds: float
    todos: int


def figures(tx: Transaction) -> Figures:
    """As they are now."""
    counted = (
        select(message.c.status, func.count().label("rows"))
        .where(message.c.status.in_(UNSETTLED))
        .group_by(message.c.status)
    )
    oldest = select(func.min(message.c.send_after)).where(message.c.status == "waiting")
    open_todos = select(func.count()).select_from(todo).where(todo.c.done_at.is_(None))
    first = tx.connection.execute(oldest).scalar_one()
    return Figures(
        messages=dict.fromkeys(UNSETTLED, 0)
        | {row.status: row.rows for row in tx.connection.execute(counted)},
        overdue_seconds=max(0.0, (tx.now - first).total_seconds()) if first else 0.0,
        todos=tx.connection.execute(open_todos).scalar_one(),
    )
