"""Whoever is on duty: told on their own phone when something can't wait. What they are told names nobody and no cause."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from config.centre import Centre
from scheduler.ledger import Notice, Purpose, post_all
from scheduler.staff import Role
from storage import todos
from storage.database import Transaction

# However much comes up: one message, then none for so long. The list has it all.
REST = timedelta(minutes=15)
# What nobody has taken so long after it came up is told once more, and then to everybody on duty.
AGAIN = timedelta(minutes=30)


def tell_urgent(tx: Transaction, _centre: Centre) -> int:
    """Tell the first of those on duty that something urgent is on the list, unless they were told a moment ago.

    Returns:
        How many messages were written: asked again, none.
    """
    left = todos.urgent(tx)
    new = [one.id for one in left if one.told_at is None]
    old = [one.id for one in left if one.told_at is not None and _is_forgotten(one, tx.now)]
    last = todos.last_told(tx)
    if not (new or old) or (last is not None and tx.now - last < REST):
        return 0
    told = tell(tx, f"urgent:{max(new + old)}:{last}", "staff_urgent", most=None if old else 1)
    if told:
        todos.mark_told(tx, new + old)
    return told


def tell(
    tx: Transaction, key: str, text: str, params: Mapping[str, Any] | None = None, most: int | None = None
) -> int:
    """Write the same to whoever runs the club's days and can be reached; return to how many.

    Administrators only where there is nobody else.

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
        for one in _on_duty(tx)[:most]
    ]
    return len(post_all(tx, notices))


def _on_duty(tx: Transaction) -> list[Any]:
    reached = todos.on_duty(tx)
    return [one for one in reached if one.role != Role.ADMINISTRATOR] or reached


def _is_forgotten(one: Any, now: datetime) -> bool:
    """Whether they were told when it came up, and nobody has taken it since."""
    told_in_time: bool = one.told_at - one.created_at < AGAIN
    return told_in_time and now - one.told_at >= AGAIN
