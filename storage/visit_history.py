"""What happened to one visit: the log's lines about it, and where the messages about it stand."""

from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, select

from storage.database import Transaction
from storage.tables import audit, message, person

_OF_VISIT: BindParameter[Any] = bindparam("visit")
_LINES = (
    select(audit.c.at, audit.c.actor, audit.c.action, audit.c.details, person.c.full_name.label("who"))
    .outerjoin(person, person.c.id == audit.c.actor_id)
    .where(audit.c.appointment_id == _OF_VISIT)
    .order_by(audit.c.id)
)
_STATES = select(message.c.status).where(message.c.appointment_id == _OF_VISIT).order_by(message.c.id)
_MESSAGES = (
    select(message.c.id, message.c.channel, message.c.text, message.c.posted_at)
    .where(message.c.appointment_id == _OF_VISIT)
    .order_by(message.c.id)
)


def lines(tx: Transaction, visit_id: int) -> list[Row[Any]]:
    """The log's lines about that visit, the first first; `who` did it, if that is known."""
    return list(tx.connection.execute(_LINES, {"visit": visit_id}))


def states(tx: Transaction, visit_id: int) -> list[str]:
    """Where every message about that visit stands."""
    return list(tx.connection.execute(_STATES, {"visit": visit_id}).scalars())


def messages(tx: Transaction, visit_id: int) -> list[Row[Any]]:
    """The messages about that visit as `id`, `channel` and `text`, the first first."""
    return list(tx.connection.execute(_MESSAGES, {"visit": visit_id}))
