"""The rules that hold until revoked, as they were set: who, when, from and until."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, insert, or_, select, update

from storage.database import Transaction
from storage.tables import message, person, policy
from storage.tables.base import UtcDateTime

_AT = bindparam("at", type_=UtcDateTime())
_HOLDS = and_(policy.c.since <= _AT, or_(policy.c.until.is_(None), policy.c.until > _AT))
_IN_FORCE = select(policy.c.rule, policy.c.value).where(_HOLDS).order_by(policy.c.id)
_OF_RULE = (
    select(policy.c.value, policy.c.since, policy.c.until)
    .where(policy.c.rule == bindparam("rule"))
    .order_by(policy.c.id)
)
_ALL = (
    select(policy, person.c.full_name.label("set_by"))
    .outerjoin(person, person.c.id == policy.c.set_by_id)
    .order_by(policy.c.id)
)
_REMINDED = select(message.c.appointment_id).where(
    message.c.appointment_id.in_(bindparam("visits", expanding=True)),
    message.c.status == "waiting",
    message.c.purpose == "reminder",
)
_INSERT = insert(policy).returning(policy.c.id)


def in_force(tx: Transaction, at: datetime) -> dict[str, Any]:
    """The value of every rule that a record holds for at that instant; of two the one that was set later."""
    return {row.rule: row.value for row in tx.connection.execute(_IN_FORCE, {"at": at})}


def of_rule(tx: Transaction, rule: str) -> list[Row[Any]]:
    """Every record of one rule, the first that was set first."""
    return list(tx.connection.execute(_OF_RULE, {"rule": rule}))


def records(tx: Transaction) -> list[Row[Any]]:
    """Every record, with the name of whoever set it."""
    return list(tx.connection.execute(_ALL))


def add(tx: Transaction, row: dict[str, Any]) -> int:
    """Write a record; return its id."""
    return int(tx.connection.execute(_INSERT, row).scalar_one())


def end(tx: Transaction, policy_id: int) -> bool:
    """Let that record hold no longer than until now; False if it did not anyway."""
    begun = policy.c.since < tx.now
    holds = policy.c.id == policy_id, or_(policy.c.until.is_(None), policy.c.until > tx.now)
    ended = tx.connection.execute(update(policy).where(*holds, begun).values(until=tx.now)).rowcount
    dropped = tx.connection.execute(delete(policy).where(*holds, ~begun)).rowcount
    return ended + dropped == 1


def with_reminder(tx: Transaction, visit_ids: Collection[int]) -> set[int]:
    """Of those visits the ones that a reminder still waits for."""
    return set(tx.connection.execute(_REMINDED, {"visits": list(visit_ids)}).scalars())
