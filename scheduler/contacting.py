"""Whom staff have to reach, and how: a wish for a call, a call that nobody took, and what can't wait until tomorrow."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from scheduler.errors import Refused
from scheduler.people import Person, person
from scheduler.todos import open_todo
from storage import audit, people
from storage.database import Transaction

HOUR = timedelta(hours=1)


class NotCalled(Refused):
    """Nobody would phone them anyway; the text says why."""


def want_calls(tx: Transaction, person_id: int, wanted: bool) -> Person:
    """Whether that participant may be phoned; if not, staff are asked to write.

    Raises:
        NoSuchPerson: nobody has that id.
        NotCalled: no participant.
    """
    someone = person(tx, person_id)
    if someone.kind != "participant" or someone.ended_at is not None:
        raise NotCalled(f"number {person_id} is no participant now; nothing was changed")
    people.change_person(tx, person_id, writes_only=not wanted)
    audit.note(tx, "staff", "calls_wanted" if wanted else "calls_unwanted", person_id=person_id)
    return person(tx, person_id)


def ask_contact(
    tx: Transaction, address_id: int, people: Sequence[Person], today: date, *, at: datetime | None = None
) -> str:
    """Staff are to phone, or to write to whoever wants no calls; one to-do a day, address and hour.

    Args:
        people: whoever may have asked; nobody where the address is a stranger's.
        at: when they would like it.

    Returns:
        The to-do's text.
    """
    text = "todo_callback_at" if at else "todo_callback"
    if any(person.writes_only for person in people):
        text, at = "todo_write_back", None
    hour = f":{at.isoformat(timespec='minutes')}" if at else ""
    said = {"call_at": at.isoformat()} if at else {}
    todo_about(tx, f"contact:{address_id}:{today}{hour}", text, address_id, people, said=said, due_at=at)
    return text


def missed_call(tx: Transaction, address_id: int, people: Sequence[Person], today: date) -> None:
    """Somebody called and reached nobody: one to-do a day and number."""
    only_writes = bool(people) and all(person.writes_only for person in people)
    text = "todo_write_back" if only_writes else "todo_missed_call"
    todo_about(tx, f"called:{address_id}:{today}", text, address_id, people)


def call_today(tx: Transaction, address_id: int, people: Sequence[Person]) -> None:
    """Somebody has to be phoned, and it can't wait; nothing says why. Written an hour later it is a matter of its own."""
    hour = tx.now.replace(minute=0, second=0, microsecond=0)
    key = f"today:{address_id}:{hour.isoformat(timespec='minutes')}"
    todo_about(tx, key, "todo_call_today", address_id, people, due_at=tx.now + HOUR, urgent=True)


def todo_about(
    tx: Transaction,
    key: str,
    text: str,
    address_id: int,
    people: Sequence[Person],
    *,
    said: Mapping[str, Any] | None = None,
    **more: Any,
) -> None:
    """A to-do about whoever is at that address: ids rather than names; a stranger's number is named by its address, for nobody else knows whom to phone."""
    whom = {"people": [person.id for person in people]} if people else {"address_id": address_id}
    only = people[0].id if len(people) == 1 else None
    open_todo(tx, key=key, text=text, params={**whom, **(said or {})}, person_id=only, **more)
