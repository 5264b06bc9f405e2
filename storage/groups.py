"""What is remembered of groups: their names, and who belongs to them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import group as group_
from storage.tables import membership, session


def names_of(tx: Transaction, person_ids: Collection[int]) -> list[Row[Any]]:
    """(person_id, name) of every group that those people are in."""
    asked = (
        select(membership.c.person_id, group_.c.name)
        .join(group_, membership.c.group_id == group_.c.id)
        .where(membership.c.person_id.in_(person_ids))
        .order_by(membership.c.person_id, group_.c.name)
    )
    return list(tx.connection.execute(asked))


def ids_by_name(tx: Transaction) -> dict[str, int]:
    """Every group's id, by its name."""
    return {row.name: row.id for row in tx.connection.execute(select(group_.c.name, group_.c.id))}


def add(tx: Transaction, name: str) -> None:
    """Write a group, unless one of that name is there."""
    tx.connection.execute(insert_new(tx, group_).values(name=name))


def join(tx: Transaction, person_id: int, group_id: int) -> bool:
    """Make that person a member; False if they were."""
    row = {"person_id": person_id, "group_id": group_id}
    joined = insert_new(tx, membership).values(row).returning(membership.c.person_id)
    return tx.connection.execute(joined).scalar_one_or_none() is not None


def sizes(tx: Transaction) -> dict[str, int]:
    """How many members every group has that goes on, by its name."""
    asked = (
        select(group_.c.name, func.count())
        .join(membership, membership.c.group_id == group_.c.id)
        .where(group_.c.ended_on.is_(None))
        .group_by(group_.c.name)
        .order_by(group_.c.name)
    )
    return {row[0]: row[1] for row in tx.connection.execute(asked)}


def sessions_since(tx: Transaction, since: datetime) -> list[Row[Any]]:
    """The planned sessions of all groups that begin from then on, by start."""
    asked = (
        select(session.c.group_id, session.c.starts_at, session.c.ends_at)
        .where(session.c.starts_at >= since, session.c.status == "planned")
        .order_by(session.c.starts_at, session.c.id)
    )
    return list(tx.connection.execute(asked))
