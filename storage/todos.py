"""What staff have to do, and who of them runs the club's days."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, bindparam, case, exists, func, select, update

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import address, appointment, person, person_address, service, staff, station, todo

# Who finds a to-do that nobody was named for: whoever runs the club's days, and has done so longest.
_ORDER = {"coordinator": 0, "reception": 1, "administrator": 2}


def insert_todo(tx: Transaction, row: dict[str, Any]) -> None:
    """Write one, unless its matter has one already; without an assignee it is the coordinator's."""
    tx.connection.execute(insert_new(tx, todo).values(assignee_id=_SOMEBODY), row)


def todos(tx: Transaction, *, with_done: bool) -> list[Row[Any]]:
    """What there is to do, with whom and what it is about: the urgent first, then the first deadline, then the oldest.

    One whose assignee has left is somebody's who is here.
    """
    return list(tx.connection.execute(_ALL if with_done else _OPEN))


def todo_of(tx: Transaction, todo_id: int) -> Row[Any] | None:
    """One, by id."""
    return tx.connection.execute(_ONE, {"todo": todo_id}).one_or_none()


def change_todo(tx: Transaction, todo_id: int, **values: Any) -> None:
    """Change those columns of a to-do."""
    tx.connection.execute(update(todo).where(todo.c.id == todo_id).values(**values))


def assign(tx: Transaction, key: str, person_id: int) -> None:
    """Give the to-do of that key, if there is one, to somebody."""
    tx.connection.execute(update(todo).where(todo.c.key == key).values(assignee_id=person_id))


def close(tx: Transaction, key_begins: str) -> int:
    """What every open to-do with such a key asked for has come about; return how many there were."""
    told = todo.c.key.startswith(key_begins, autoescape=True)
    closed = update(todo).where(told, todo.c.done_at.is_(None)).values(done_at=tx.now)
    return tx.connection.execute(closed).rowcount


def close_one(tx: Transaction, key: str) -> None:
    """The same for the to-do of exactly that key, if there is one."""
    open_ = todo.c.key == key, todo.c.done_at.is_(None)
    tx.connection.execute(update(todo).where(*open_).values(done_at=tx.now))


def open_again(tx: Transaction, key: str) -> None:
    """Undo that the to-do of that key was done, for it has come up once more; whoever is told of it is told anew."""
    is_done = todo.c.key == key, todo.c.done_at.is_not(None)
    tx.connection.execute(update(todo).where(*is_done).values(done_at=None, done_by_id=None, told_at=None))


def on_duty(tx: Transaction) -> list[Row[Any]]:
    """Whoever runs the club's days, as `person_id` and `role`, of those whom words reach; the first to be told first."""
    return list(tx.connection.execute(_ON_DUTY.where(_IS_REACHED)))


def urgent(tx: Transaction) -> list[Row[Any]]:
    """The urgent to-dos that nobody has taken, as `id`, `created_at` and `told_at`, the first that was opened first."""
    return list(tx.connection.execute(_URGENT))


def last_told(tx: Transaction) -> datetime | None:
    """When somebody was last told of one."""
    at: datetime | None = tx.connection.execute(_LAST_TOLD).scalar_one()
    return at


def mark_told(tx: Transaction, todo_ids: Collection[int]) -> None:
    """Somebody was told of them now."""
    tx.connection.execute(update(todo).where(todo.c.id.in_(todo_ids)).values(told_at=tx.now))


def names(tx: Transaction, person_ids: Collection[int]) -> dict[int, str]:
    """What those people are called."""
    return {row.id: row.full_name for row in tx.connection.execute(_NAMES, {"people": list(person_ids)})}


# Built once: to build a statement anew costs as much as to run it.

_HERE = (
    select(staff.c.person_id, staff.c.role)
    .join(person, person.c.id == staff.c.person_id)
    .where(staff.c.role.in_(_ORDER), person.c.ended_at.is_(None))
)
_ON_DUTY = _HERE.order_by(case(_ORDER, value=staff.c.role), staff.c.since, staff.c.person_id)
_IS_REACHED = exists().where(
    person_address.c.person_id == staff.c.person_id,
    address.c.id == person_address.c.address_id,
    address.c.state == "active",
)
_SOMEBODY: ScalarSelect[Any] = _ON_DUTY.with_only_columns(staff.c.person_id).limit(1).scalar_subquery()

_about, _named, _did = person.alias(), person.alias(), person.alias()
_assignee = person.alias()
_ASSIGNEE = case((_named.c.ended_at.is_(None), todo.c.assignee_id), else_=None)
_ALL: Select[Any] = (
    select(
        todo.c.id,
        todo.c.text,
        todo.c.params,
        todo.c.urgent,
        todo.c.created_at,
        todo.c.due_at,
        todo.c.taken_at,
        todo.c.done_at,
        todo.c.person_id,
        _about.c.full_name.label("person"),
        todo.c.appointment_id,
        appointment.c.starts_at,
        appointment.c.mode,
        service.c.code.label("service"),
        station.c.code.label("station"),
        _assignee.c.id.label("assignee_id"),
        _assignee.c.full_name.label("assignee"),
        todo.c.done_by_id,
        _did.c.full_name.label("done_by"),
    )
    .select_from(todo)
    .outerjoin(_about, _about.c.id == todo.c.person_id)
    .outerjoin(appointment, appointment.c.id == todo.c.appointment_id)
    .outerjoin(service, service.c.id == appointment.c.service_id)
    .outerjoin(station, station.c.id == appointment.c.station_id)
    .outerjoin(_named, _named.c.id == todo.c.assignee_id)
    .outerjoin(_assignee, _assignee.c.id == func.coalesce(_ASSIGNEE, _SOMEBODY))
    .outerjoin(_did, _did.c.id == todo.c.done_by_id)
    .order_by(
        todo.c.done_at.is_not(None),
        todo.c.urgent.desc(),
        todo.c.due_at.is_(None),
        todo.c.due_at,
        todo.c.created_at,
        todo.c.id,
    )
)
_OPEN = _ALL.where(todo.c.done_at.is_(None))
_ONE = _ALL.where(todo.c.id == bindparam("todo"))
_URGENT = (
    select(todo.c.id, todo.c.created_at, todo.c.told_at)
    .where(todo.c.urgent, todo.c.done_at.is_(None), todo.c.taken_at.is_(None))
    .order_by(todo.c.id)
)
_LAST_TOLD = select(func.max(todo.c.told_at))
_NAMES = select(person.c.id, person.c.full_name).where(person.c.id.in_(bindparam("people", expanding=True)))
