"""What ties a participant to the club: their waiting words, open questions, addresses and codes; and how each is untied."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select, update

from storage.database import Transaction
from storage.tables import (
    address,
    announcement_recipient,
    claim,
    link_code,
    membership,
    message,
    person,
    person_address,
    question,
)
from storage.tables import session as session_
from storage.tables import waiting as waits
from storage.tables.base import UtcDateTime

WITHDRAWN = "left"


def waiting(tx: Transaction, person_id: int) -> list[int]:
    """The messages to that person that wait."""
    return list(tx.connection.execute(_WAITING, {"person": person_id}).scalars())


def withdraw(tx: Transaction, person_id: int) -> None:
    """Withdraw every message to that person that waits; what is announced to a shared phone stays for the others."""
    tx.connection.execute(_HAND_OVER, {"person": person_id})
    tx.connection.execute(_WITHDRAW, {"person": person_id})


def open_questions(tx: Transaction, person_id: int) -> int:
    """How many questions to that person could still be answered."""
    asked = {"person": person_id, "now": tx.now}
    return int(tx.connection.execute(_OPEN_QUESTIONS, asked).scalar_one())


def close_questions(tx: Transaction, person_id: int) -> None:
    """Let nothing that the person was asked be answered any more."""
    tx.connection.execute(_CLOSE, {"person": person_id, "now": tx.now})


def unlink(tx: Transaction, person_id: int, address_ids: Collection[int]) -> None:
    """Let no words for that person go to those addresses any more."""
    tx.connection.execute(_UNLINK, {"person": person_id, "addresses": list(address_ids)})


def withdraw_replies(tx: Transaction, person_id: int, address_ids: Collection[int]) -> None:
    """Withdraw what waits for that person at those addresses."""
    tx.connection.execute(_WITHDRAW_THERE, {"person": person_id, "addresses": list(address_ids)})


def stop_waiting(tx: Transaction, person_id: int) -> None:
    """Let nobody wait for a time on that person's behalf."""
    tx.connection.execute(_STOP_WAITING, {"person": person_id, "now": tx.now})


def leave_groups(tx: Transaction, person_id: int) -> None:
    """End their memberships; their time in sessions that have not begun is theirs again."""
    tx.connection.execute(_FREE_SESSIONS, {"person": person_id, "now": tx.now})
    tx.connection.execute(_LEAVE_GROUPS, {"person": person_id})


def drop_codes(tx: Transaction, person_id: int) -> None:
    """Let no code link anybody to that person."""
    tx.connection.execute(_DROP_CODES, {"person": person_id})


def once_reached_at(tx: Transaction, person_id: int) -> list[Row[Any]]:
    """Every address that leads, or to which words for that person ever went."""
    return list(tx.connection.execute(_REACHED, {"person": person_id}))


# Built once: to build a statement anew costs as much as to run it.
_OF_PERSON = message.c.person_id == bindparam("person")
_WAITS = message.c.status == "waiting"
_WAITING = select(message.c.id).where(_OF_PERSON, _WAITS).order_by(message.c.id)
_OTHER = (
    select(func.min(announcement_recipient.c.person_id))
    .join(person, person.c.id == announcement_recipient.c.person_id)
    .where(
        announcement_recipient.c.message_id == message.c.id,
        announcement_recipient.c.person_id != bindparam("person"),
        person.c.ended_at.is_(None),
    )
    .correlate(message)
    .scalar_subquery()
)
_HAND_OVER = update(message).where(_OF_PERSON, _WAITS, _OTHER.is_not(None)).values(person_id=_OTHER)
_WITHDRAW = update(message).where(_OF_PERSON, _WAITS).values(status="withdrawn", reason=WITHDRAWN)
_WITHDRAW_THERE = _WITHDRAW.where(message.c.address_id.in_(bindparam("addresses", expanding=True)))
_OPEN = (
    question.c.person_id == bindparam("person"),
    question.c.answered_at.is_(None),
    question.c.expires_at > bindparam("now", type_=UtcDateTime()),
)
_OPEN_QUESTIONS = select(func.count()).select_from(question).where(*_OPEN)
_CLOSE = update(question).where(*_OPEN).values(answered_at=bindparam("now", type_=UtcDateTime()))
_UNLINK = delete(person_address).where(
    person_address.c.person_id == bindparam("person"),
    person_address.c.address_id.in_(bindparam("addresses", expanding=True)),
)
_STOP_WAITING = (
    update(waits)
    .where(waits.c.person_id == bindparam("person"), waits.c.ended_at.is_(None))
    .values(ended_at=bindparam("now", type_=UtcDateTime()))
)
_TO_COME = select(session_.c.id).where(session_.c.starts_at > bindparam("now", type_=UtcDateTime()))
_FREE_SESSIONS = delete(claim).where(
    claim.c.person_id == bindparam("person"), claim.c.session_id.in_(_TO_COME)
)
_LEAVE_GROUPS = delete(membership).where(membership.c.person_id == bindparam("person"))
_DROP_CODES = delete(link_code).where(
    link_code.c.person_id == bindparam("person"), link_code.c.used_at.is_(None)
)
_REACHED = (
    select(address.c.id, address.c.channel, address.c.account, address.c.address, address.c.state)
    .where(
        address.c.id.in_(
            select(person_address.c.address_id)
            .where(person_address.c.person_id == bindparam("person"))
            .union(select(message.c.address_id).where(_OF_PERSON, message.c.address_id.is_not(None)))
        )
    )
    .order_by(address.c.id)
)
