"""What is remembered of groups: their names, and who belongs to them."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, delete, func, or_, select, update

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import group as group_
from storage.tables import membership, person, room, session
from storage.tables.base import UtcDateTime


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


def all_groups(tx: Transaction) -> list[Row[Any]]:
    """Every group with its room's code and how many are in it, by name."""
    return list(tx.connection.execute(_ALL))


def add(tx: Transaction, name: str, kind: str = "other") -> None:
    """Write a group, unless one of that name is there."""
    tx.connection.execute(insert_new(tx, group_).values(name=name, kind=kind))


def change(tx: Transaction, group_id: int, **values: Any) -> None:
    """Change those columns of a group."""
    tx.connection.execute(update(group_).where(group_.c.id == group_id).values(**values))


def room_id(tx: Transaction, code: str) -> int:
    """The id of a room that is planted."""
    return int(tx.connection.execute(select(room.c.id).where(room.c.code == code)).scalar_one())


def join(tx: Transaction, person_id: int, group_id: int) -> bool:
    """Make that person a member; False if they were."""
    row = {"person_id": person_id, "group_id": group_id}
    joined = insert_new(tx, membership).values(row).returning(membership.c.person_id)
    return tx.connection.execute(joined).scalar_one_or_none() is not None


def leave(tx: Transaction, person_id: int, group_id: int) -> bool:
    """Make that person no member; False if they were none."""
    gone = delete(membership).where(_is_member(person_id, group_id))
    return tx.connection.execute(gone).rowcount > 0


def leave_due(tx: Transaction, today: date) -> None:
    """Whoever leaves today or has left before is no member any more."""
    tx.connection.execute(_LEAVE_DUE, {"today": today})


def change_member(tx: Transaction, person_id: int, group_id: int, **values: Any) -> bool:
    """Change those columns of a membership; False if there is none."""
    changed = update(membership).where(_is_member(person_id, group_id)).values(**values)
    return tx.connection.execute(changed).rowcount > 0


def same_days(tx: Transaction, person_id: int, group_id: int, since: datetime) -> Any:
    """The first session of another group of that person's which is on a day of this group's; with `name` and `series_day`."""
    values = {"person": person_id, "group": group_id, "since": since}
    return tx.connection.execute(_SAME_DAYS, values).first()


def sizes(tx: Transaction) -> dict[str, int]:
    """How many members every group has that goes on, by its name."""
    asked = (
        select(group_.c.name, func.count())
        .join(membership, membership.c.group_id == group_.c.id)
        .where(or_(group_.c.ended_on.is_(None), group_.c.ended_on > tx.now.date()))
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


def _is_member(person_id: int, group_id: int) -> ColumnElement[bool]:
    return and_(membership.c.person_id == person_id, membership.c.group_id == group_id)


_LEAVE_DUE = delete(membership).where(membership.c.leaves_on <= bindparam("today"))
_MEMBERS = (
    select(membership.c.group_id, func.count().label("members"))
    .join(person, person.c.id == membership.c.person_id)
    .where(person.c.ended_at.is_(None))
    .group_by(membership.c.group_id)
    .subquery()
)
_ALL = (
    select(group_, room.c.code.label("room"), func.coalesce(_MEMBERS.c.members, 0).label("members"))
    .outerjoin(room, room.c.id == group_.c.room_id)
    .outerjoin(_MEMBERS, _MEMBERS.c.group_id == group_.c.id)
    .order_by(group_.c.name)
)
_OWN, _OTHERS = session.alias("own"), session.alias("others")
_SAME_DAYS = (
    select(group_.c.name, _OTHERS.c.series_day)
    .join(membership, membership.c.group_id == group_.c.id)
    .join(_OTHERS, _OTHERS.c.group_id == group_.c.id)
    .join(_OWN, _OWN.c.series_day == _OTHERS.c.series_day)
    .where(
        membership.c.person_id == bindparam("person"),
        group_.c.id != bindparam("group"),
        _OWN.c.group_id == bindparam("group"),
        _OTHERS.c.starts_at > bindparam("since", type_=UtcDateTime()),
        _OTHERS.c.status != "called_off",
        _OWN.c.status != "called_off",
    )
    .order_by(_OTHERS.c.starts_at)
)
