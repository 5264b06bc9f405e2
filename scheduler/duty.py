"""Whoever is on duty: told on their own phone when something can't wait. What they are told names nobody and no cause."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from config.centre import Centre
from scheduler.ledger import Notice, Purpose, post_all
from storage import todos
from storage.database import Transaction

# However much comes up: one message, then none for so long. The list has it all.
REST = timedelta(minutes=15)


def tell_urgent(tx: Transaction, _centre: Centre) -> int:
    """Tell the first of those on duty that something urgent is on the list, unless they were told a moment ago.

    Returns:
        How many messages were written: asked again, none.
    """
    new = todos.untold(tx)
    if not new or not _rested(tx):
        return 0
    told = tell(tx, f"urgent:{new[-1]}", "staff_urgent", most=1)
    if told:
        todos.mark_told(tx, new)
    return told


def tell(
    tx: Transaction, key: str, text: str, params: Mapping[str, Any] | None = None, most: int | None = None
) -> int:
    """Write the same to whoever runs the club's days and can be reached; return to how many.

    Args:
        key: unique for the matter; the same again is written once.
        most: the first so many; None is everybody.
    """
    notices = [
        Notice(
            key=f"{key}:{one.person_id}",
            purpose=Purpose.URGENT,
            text=text,
            params=params or {},
            person_id=one.person_id,
        )
        for one in todos.on_duty(tx)[:most]
    ]
    return len(post_all(tx, notices))


def _rested(tx: Transaction) -> bool:
    last = todos.last_told(tx)
    return last is None or tx.now - last >= REST
