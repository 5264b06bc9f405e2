"""What staff have to do: one matter, one row, however often it comes up; and who of them is told at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from scheduler.errors import Refused
from storage import audit, people, todos
from storage.database import Transaction


class NoSuchTodo(Refused):
    """No to-do has that number."""

    def __init__(self, todo_id: int) -> None:
        super().__init__(f"there is no to-do number {todo_id}; 'termin todos' lists them")


class TodoDone(Refused):
    """It was done before."""

    def __init__(self, todo_id: int, done_at: datetime) -> None:
        super().__init__(f"to-do number {todo_id} was done already, on {done_at.date().isoformat()}")


class NotOnStaff(Refused):
    """A to-do can only be somebody's who works here."""

    def __init__(self, person_id: int) -> None:
        super().__init__(f"nobody with the number {person_id} is on the staff")


def open_todo(
    tx: Transaction,
    *,
    key: str,
    text: str,
    params: Mapping[str, Any] | None = None,
    person_id: int | None = None,
    appointment_id: int | None = None,
    due_at: datetime | None = None,
    urgent: bool = False,
) -> None:
    """Put something on the staff's list; a second one of the same key, done or not, changes nothing.

    Args:
        text: a key of the catalogue; never a participant's words.
        params: ids rather than names, so that nobody's outlives them: `people` (ids, said as {person}), `other` (an id),
            `address_id` (said as {person} where nobody is known).
        due_at: until when it helps; None if there is no hurry.
        urgent: first on the list, and whoever is on duty is told on their own phone (scheduler/duty.py).
    """
    row = {
        "key": key,
        "text": text,
        "params": dict(params or {}),
        "person_id": person_id,
        "appointment_id": appointment_id,
        "created_at": tx.now,
        "due_at": due_at,
        "urgent": urgent,
    }
    todos.insert_todo(tx, row)


def take(tx: Transaction, todo_id: int, *, by_id: int | None = None) -> None:
    """Somebody has begun with it; who is told that nobody has need not be any more.

    Args:
        by_id: who; None leaves it with whose it is.

    Raises:
        NoSuchTodo, TodoDone, NotOnStaff.
    """
    row = _open(tx, todo_id)
    whose = row.assignee_id if by_id is None else _on_staff(tx, by_id)
    todos.change_todo(tx, todo_id, taken_at=row.taken_at or tx.now, assignee_id=whose)
    _note(tx, row, "todo_taken", by_id)


def done(tx: Transaction, todo_id: int, *, by_id: int | None = None) -> None:
    """It is settled.

    Raises:
        NoSuchTodo, TodoDone, NotOnStaff.
    """
    row = _open(tx, todo_id)
    who = None if by_id is None else _on_staff(tx, by_id)
    todos.change_todo(tx, todo_id, done_at=tx.now, done_by_id=who)
    _note(tx, row, "todo_done", by_id)


def reopen(tx: Transaction, todo_id: int, *, by_id: int | None = None) -> None:
    """It is not settled after all; one that is open stays as it is.

    Raises:
        NoSuchTodo.
    """
    row = todos.todo_of(tx, todo_id)
    if row is None:
        raise NoSuchTodo(todo_id)
    if row.done_at is not None:
        todos.change_todo(tx, todo_id, done_at=None, done_by_id=None)
        _note(tx, row, "todo_reopened", by_id)


def reassign(tx: Transaction, todo_id: int, *, to_id: int, by_id: int | None = None) -> None:
    """Give it to somebody else of the staff, who has not begun with it yet.

    Args:
        by_id: who gives it; None if that is not known, then the log names whose it is now.

    Raises:
        NoSuchTodo, TodoDone, NotOnStaff.
    """
    row = _open(tx, todo_id)
    todos.change_todo(tx, todo_id, assignee_id=_on_staff(tx, to_id), taken_at=None)
    _note(tx, row, "todo_given", by_id or to_id)


def _open(tx: Transaction, todo_id: int) -> Any:
    row = todos.todo_of(tx, todo_id)
    if row is None:
        raise NoSuchTodo(todo_id)
    if row.done_at is not None:
        raise TodoDone(todo_id, row.done_at)
    return row


def _on_staff(tx: Transaction, person_id: int) -> int:
    found = people.person_of(tx, person_id)
    if found is None or found.kind != "staff" or found.ended_at is not None:
        raise NotOnStaff(person_id)
    return person_id


def _note(tx: Transaction, row: Any, action: str, actor_id: int | None) -> None:
    audit.note(
        tx,
        "staff",
        action,
        actor_id=actor_id,
        person_id=row.person_id,
        appointment_id=row.appointment_id,
        details={"todo": row.id},
    )
