"""Who of the staff gets the day's list, and where."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, or_, select

from storage.database import Transaction
from storage.tables import address, person, person_address, staff, todo


def readers(tx: Transaction, roles: Collection[str], channels: Collection[str]) -> list[Row[Any]]:
    """Whoever works here in one of these roles: person_id, role and language, with id, channel, state and linked_at of each address."""
    return list(tx.connection.execute(_READERS, {"roles": list(roles), "channels": list(channels)}))


def urgent(tx: Transaction, person_id: int | None) -> int:
    """How many urgent to-dos are open; of somebody's, or None: of everybody's."""
    return int(tx.connection.execute(_URGENT, {"whose": person_id}).scalar_one())


# Built once: to build a statement anew costs as much as to run it.
_READERS: Select[Any] = (
    select(
        staff.c.person_id,
        staff.c.role,
        person.c.language,
        person_address.c.linked_at,
        address.c.id,
        address.c.channel,
        address.c.state,
    )
    .join_from(staff, person, person.c.id == staff.c.person_id)
    .join(person_address, person_address.c.person_id == person.c.id)
    .join(address, address.c.id == person_address.c.address_id)
    .where(
        staff.c.role.in_(bindparam("roles", expanding=True)),
        address.c.channel.in_(bindparam("channels", expanding=True)),
        address.c.state == "active",
        person.c.ended_at.is_(None),
    )
    .order_by(staff.c.person_id, address.c.id)
)
_WHOSE = bindparam("whose", type_=todo.c.assignee_id.type)
_URGENT = select(func.count()).where(
    todo.c.urgent, todo.c.done_at.is_(None), or_(_WHOSE.is_(None), todo.c.assignee_id == _WHOSE)
)
