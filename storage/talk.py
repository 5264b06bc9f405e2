"""Where each conversation stands: who of a shared phone is speaking, and which questions wait for an answer."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, select, true, union_all, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction
from storage.tables import address, appointment, attempt, conversation, message, question
from storage.tables import session as session_

# Enough for the list that is answered and the one before it; a person has few visits, each with few reminders.
ASKED = 6
UNASKED = 40

# The first call that carried the question: none means that nobody can have read it.
_FIRST_ATTEMPT = (
    select(func.min(attempt.c.id))
    .where(attempt.c.message_id == question.c.message_id)
    .correlate(question)
    .scalar_subquery()
)
_QUESTION: Select[Any] = (
    select(
        question.c.id,
        question.c.kind,
        question.c.asked,
        question.c.options,
        question.c.person_id,
        question.c.appointment_id,
        question.c.version,
        question.c.posted_at,
        question.c.expires_at,
        question.c.answered_at,
        question.c.message_id,
        question.c.address_id,
        message.c.status.label("message_status"),
        _FIRST_ATTEMPT.label("first_attempt"),
        appointment.c.status.label("visit_status"),
        appointment.c.version.label("visit_version"),
        appointment.c.starts_at.label("visit_starts_at"),
        question.c.session_id,
        session_.c.status.label("session_status"),
        session_.c.version.label("session_version"),
        session_.c.starts_at.label("session_starts_at"),
    )
    .join_from(question, message, question.c.message_id == message.c.id)
    .outerjoin(appointment, question.c.appointment_id == appointment.c.id)
    .outerjoin(session_, question.c.session_id == session_.c.id)
)


def standing(
    tx: Transaction, address_id: int, person_ids: Collection[int], *, since: datetime
) -> list[Row[Any]]:
    """How the conversation with that address stands, in one statement: at least one row.

    Each row has the conversation's `speaker_id`, `misses`, `opened_until` and `talk_expires_at` (None where there is none yet) and one
    question (its `id` is None where there is none): what the address asked for, the newest first, then what those
    people were asked unasked and that has not expired before `since`.
    """
    values = {"address_id": address_id, "person_ids": list(person_ids), "since": since}
    return list(tx.connection.execute(_standing(), values))


@cache
def _standing() -> Select[Any]:
    """Put together once: this takes longer than the database does to answer it."""
    asked = _newest(
        _QUESTION.where(question.c.address_id == bindparam("address_id"), question.c.asked), ASKED
    )
    unasked = _newest(
        _QUESTION.where(
            question.c.person_id.in_(bindparam("person_ids", expanding=True)),
            ~question.c.asked,
            question.c.expires_at > bindparam("since"),
        ),
        UNASKED,
    )
    found = union_all(select(asked.subquery()), select(unasked.subquery())).subquery()
    return (
        select(
            conversation.c.person_id.label("speaker_id"),
            conversation.c.misses,
            conversation.c.opened_until,
            conversation.c.expires_at.label("talk_expires_at"),
            found,
        )
        .select_from(address)
        .outerjoin(conversation, conversation.c.address_id == address.c.id)
        .outerjoin(found, true())
        .where(address.c.id == bindparam("address_id"))
        .order_by(found.c.asked.desc(), found.c.posted_at.desc(), found.c.id.desc())
    )


def question_by_id(tx: Transaction, question_id: int) -> Row[Any] | None:
    """One question, whoever was asked it and however long ago."""
    found: Row[Any] | None = tx.connection.execute(
        _QUESTION.where(question.c.id == question_id)
    ).one_or_none()
    return found


def answered(tx: Transaction, question_ids: Collection[int]) -> None:
    """Close those questions: they have had their answer."""
    open_ones = and_(question.c.id.in_(question_ids), question.c.answered_at.is_(None))
    tx.connection.execute(update(question).where(open_ones).values(answered_at=tx.now))


def remember(
    tx: Transaction,
    address_id: int,
    *,
    speaker_id: int | None,
    misses: int,
    until: datetime,
    opened_until: datetime | None = None,
) -> None:
    """Keep who is speaking and how often in a row the bot did not understand, until then.

    Args:
        opened_until: until when the word holds that the speaker has said.
    """
    values = {
        "person_id": speaker_id,
        "misses": misses,
        "expires_at": until,
        "opened_until": opened_until,
    }
    insert = (postgresql if tx.dialect == "postgresql" else sqlite).insert(conversation)
    row = insert.values(address_id=address_id, **values)
    tx.connection.execute(row.on_conflict_do_update(index_elements=["address_id"], set_=values))


def words_of(tx: Transaction, message_id: int) -> Row[Any]:
    """Which text a message says, with which values."""
    asked: Select[Any] = select(message.c.text, message.c.params).where(message.c.id == message_id)
    return tx.connection.execute(asked).one()


def last_said(tx: Transaction, address_id: int) -> int | None:
    """The message that went to that address last."""
    asked = (
        select(attempt.c.message_id)
        .where(attempt.c.address_id == address_id)
        .order_by(attempt.c.id.desc())
        .limit(1)
    )
    return tx.connection.execute(asked).scalar_one_or_none()


def times_said(tx: Transaction, address_id: int, texts: Collection[str], *, since: datetime) -> int:
    """How often one of those texts was said to that address since then."""
    asked = select(func.count(message.c.id)).where(
        message.c.address_id == address_id, message.c.text.in_(texts), message.c.posted_at > since
    )
    return int(tx.connection.execute(asked).scalar_one())


def _newest(questions: Select[Any], limit: int) -> Select[Any]:
    return questions.order_by(question.c.posted_at.desc(), question.c.id.desc()).limit(limit)
