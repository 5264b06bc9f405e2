"""Who did what: a log that is only added to."""

from collections.abc import Collection, Mapping
from typing import Any, Literal

from sqlalchemy import Row, insert, select

from storage.database import Transaction
from storage.tables import audit

Actor = Literal["participant", "staff", "system"]


def note(
    tx: Transaction,
    actor: Actor,
    action: str,
    *,
    actor_id: int | None = None,
    person_id: int | None = None,
    appointment_id: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write one line.

    Args:
        actor_id: who did it, if that is known; of what staff do, whoever the transaction is of.
        person_id: whom it concerns.
        details: ids, dates and codes only: no names, no numbers, no words of a participant.
    """
    if actor_id is None and actor == "staff":
        actor_id = tx.staff_id
    row = {
        "at": tx.now,
        "actor": actor,
        "actor_id": actor_id,
        "action": action,
        "person_id": person_id,
        "appointment_id": appointment_id,
        "details": dict(details or {}),
    }
    tx.connection.execute(insert(audit).values(row))


def last_of_visit(tx: Transaction, action: str, appointment_id: int) -> Row[Any] | None:
    """The newest line of that action about that visit, as `details`."""
    asked = select(audit.c.details).where(audit.c.action == action, audit.c.appointment_id == appointment_id)
    return tx.connection.execute(asked.order_by(audit.c.id.desc()).limit(1)).one_or_none()


def noted(tx: Transaction, action: str, person_ids: Collection[int]) -> list[Row[Any]]:
    """Every line of that action about those people, as `person_id` and `details`, the newest first."""
    asked = select(audit.c.person_id, audit.c.details).where(
        audit.c.action == action, audit.c.person_id.in_(person_ids)
    )
    return list(tx.connection.execute(asked.order_by(audit.c.id.desc())))
