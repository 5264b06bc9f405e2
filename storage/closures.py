"""Days on which the club is closed, as its file or its staff say."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from storage.database import Transaction
from storage.tables import closure


def closures_within(tx: Transaction, first: date, last: date) -> list[tuple[date, date]]:
    """First and last day of every closure that touches those days."""
    return [(row[0], row[1]) for row in tx.connection.execute(_WITHIN, {"first": first, "last": last})]


def closures_since(tx: Transaction, day: date) -> list[Any]:
    """Every closure that is not over on that day, by its first day."""
    asked = select(closure).where(closure.c.last_day >= day).order_by(closure.c.first_day, closure.c.id)
    return list(tx.connection.execute(asked))


def add_closure(tx: Transaction, first: date, last: date, reason: str) -> None:
    """Record days, both counted, on which staff close the club; those recorded already stay as they are."""
    if any(begin <= first and end >= last for begin, end in closures_within(tx, first, last)):
        return
    row = {"first_day": first, "last_day": last, "reason": reason, "by_staff": True}
    tx.connection.execute(insert(closure), row)


def remove_closure(tx: Transaction, closure_id: int) -> bool:
    """Remove a closure that staff entered; whether there was one."""
    gone = delete(closure).where(closure.c.id == closure_id, closure.c.by_staff)
    return tx.connection.execute(gone).rowcount > 0


_WITHIN = select(closure.c.first_day, closure.c.last_day).where(
    closure.c.last_day >= bindparam("first"), closure.c.first_day <= bindparam("last")
)
