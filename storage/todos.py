"""What staff have to do."""

from typing import Any

from sqlalchemy import case, select

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import person, staff, todo

# Who finds a to-do that nobody was named for: whoever runs the club's days, and has done so longest.
_ORDER = {"coordinator": 0, "reception": 1, "administrator": 2}


def insert_todo(tx: Transaction, row: dict[str, Any]) -> None:
    """Write one, unless its matter has one already; without an assignee it is the coordinator's."""
    somebody = (
        select(staff.c.person_id)
        .join(person, person.c.id == staff.c.person_id)
        .where(staff.c.role.in_(_ORDER), person.c.ended_at.is_(None))
        .order_by(case(_ORDER, value=staff.c.role), staff.c.since, staff.c.person_id)
        .limit(1)
    )
    tx.connection.execute(insert_new(tx, todo).values(assignee_id=somebody.scalar_subquery()), row)
