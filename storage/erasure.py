"""Erasing one person: names, numbers, words and what was about them go; ids, days and who did what stay."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Select, Table, and_, bindparam, delete, func, or_, select, update

from storage.database import Transaction
from storage.tables import (
    address,
    attempt,
    attendance,
    audit,
    conversation,
    declaration,
    link_code,
    membership,
    message,
    offer,
    person,
    person_address,
    person_word,
    question,
    todo,
    waiting,
    wrong_code,
)

Scrub = Callable[[Any], Any]


def is_on_its_way(tx: Transaction, person_id: int, address_ids: Collection[int]) -> bool:
    """Whether a message to the person, or to those addresses, has been handed over and nobody knows yet what became of it."""
    asked = {"person": person_id, "addresses": list(address_ids)}
    return tx.connection.execute(_ON_ITS_WAY, asked).first() is not None


def last_erased(tx: Transaction) -> datetime | None:
    """When somebody was erased last; None if nobody was."""
    at: datetime | None = tx.connection.execute(_LAST).scalar_one()
    return at


def blank_person(tx: Transaction, person_id: int, name: str) -> None:
    """Leave of the person the id and when they came and went."""
    values = {
        "full_name": name,
        "name_key": f"{name} {person_id}",
        "phone": "",
        "language": "pl",
        "polish_letters": False,
        "writes_only": False,
        "self_check": "daily",
        "contract_until": None,
        "may_be_id": None,
        "word_hash": None,
        "erased_at": tx.now,
    }
    tx.connection.execute(update(person).where(person.c.id == person_id).values(values))


def blank_addresses(tx: Transaction, address_ids: Collection[int], name: str) -> None:
    """Leave of those addresses the id and the channel; whoever writes from there is a stranger."""
    for address_id in address_ids:
        gone = {"address": f"{name} {address_id}", "state": "dead", "announcements": False}
        tx.connection.execute(update(address).where(address.c.id == address_id).values(gone))
    for table in (conversation, wrong_code):
        tx.connection.execute(delete(table).where(table.c.address_id.in_(address_ids)))


def drop_rows(tx: Transaction, person_id: int) -> None:
    """What is about the person alone goes; on a shared phone they are no longer who speaks."""
    for table in (
        link_code,
        wrong_code,
        membership,
        attendance,
        declaration,
        offer,
        waiting,
        person_address,
        person_word,
    ):
        tx.connection.execute(delete(table).where(table.c.person_id == person_id))
    spoke = update(conversation).where(conversation.c.person_id == person_id)
    tx.connection.execute(spoke.values(person_id=None, opened_until=None))


def blank_messages(tx: Transaction, person_id: int, address_ids: Collection[int]) -> None:
    """What was said to the person, or to those addresses: no values, no words, no choices."""
    values = {"person": person_id, "addresses": list(address_ids)}
    for statement in _BLANK:
        tx.connection.execute(statement, values)


def scrub_messages(tx: Transaction, address_ids: Collection[int], names_them: Callable[[Any], bool]) -> None:
    """Of what was said to these addresses, which others share, whatever names the person."""
    there = {"addresses": list(address_ids)}
    for table, column, empty in ((message, "params", {}), (question, "options", []), (attempt, "body", None)):
        asked: Select[Any] = select(table.c.id, table.c[column]).where(table.c.address_id.in_(_ADDRESSES))
        found = [row.id for row in tx.connection.execute(asked, there) if names_them(row[1])]
        tx.connection.execute(update(table).where(table.c.id.in_(found)).values({column: empty}))


def scrub_office(tx: Transaction, person_id: int, scrub: Scrub) -> None:
    """Take the person's name out of what staff have to do, and out of the log."""
    _scrub(tx, todo, "params", scrub, tx.connection.execute(select(todo.c.id, todo.c.params)).all())
    theirs = or_(audit.c.person_id == person_id, audit.c.actor_id == person_id)
    logged = tx.connection.execute(select(audit.c.id, audit.c.details).where(theirs)).all()
    _scrub(tx, audit, "details", scrub, logged)


def _scrub(tx: Transaction, table: Table, column: str, scrub: Scrub, rows: Collection[Any]) -> None:
    for row in rows:
        clean = scrub(row[1])
        if clean != row[1]:
            tx.connection.execute(update(table).where(table.c.id == row.id).values({column: clean}))


# Built once: to build a statement anew costs as much as to run it.
_ADDRESSES: BindParameter[Any] = bindparam("addresses", expanding=True)
_THEIRS = or_(
    message.c.person_id == bindparam("person"),
    and_(message.c.person_id.is_(None), message.c.address_id.in_(_ADDRESSES)),
)
_MESSAGES = select(message.c.id).where(_THEIRS)
_ON_ITS_WAY = _MESSAGES.where(message.c.status.in_(("sending", "unknown"))).limit(1)
_LAST = select(func.max(person.c.erased_at)).where(
    person.c.name_key != ""
)  # without whose the old visits are
_NOTHING: Mapping[str, Any] = {}
_BLANK = (
    update(message).where(_THEIRS).values(params=_NOTHING),
    update(attempt).where(attempt.c.message_id.in_(_MESSAGES)).values(body=None),
    update(question)
    .where(
        or_(
            question.c.message_id.in_(_MESSAGES),
            question.c.person_id == bindparam("person"),
            question.c.address_id.in_(_ADDRESSES),
        )
    )
    .values(options=[]),
)
