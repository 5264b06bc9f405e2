"""Letting go of what is older than it may be kept: each function takes one batch, and says how many rows that was.

What is still open stays: messages not settled, to-dos not done, visits that a to-do is about.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Delete, String, Table, and_, bindparam, cast, delete, exists, select, update
from sqlalchemy.sql.dml import ReturningUpdate
from sqlalchemy.sql.elements import ColumnElement

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import (
    announcement_recipient,
    appointment,
    attempt,
    attendance,
    audit,
    claim,
    conversation,
    inbox,
    knock,
    link_code,
    message,
    offer,
    person,
    question,
    session,
    staff_session,
    todo,
    waiting,
    wrong_code,
)
from storage.tables.base import UtcDateTime

BATCH = 500
NOBODY = "anonymous"


def drop_talk(tx: Transaction, before: datetime) -> int:
    """Who was speaking, what could be answered, codes and guesses at them, and at passwords."""
    return sum(_rows(tx, statement, before) for statement in _TALK)


def drop_words(tx: Transaction, before: datetime) -> int:
    """The words of settled messages, and the values that they were made with."""
    return sum(len(tx.connection.execute(statement, {"before": before}).all()) for statement in _WORDS)


def drop_sessions(tx: Transaction, before: datetime) -> int:
    """Where staff were logged in."""
    return _rows(tx, _SESSIONS, before)


def drop_messages(tx: Transaction, before: datetime) -> int:
    """Settled messages, with their calls and questions, and whom of an announcement they were for."""
    ids = tx.connection.execute(_OLD_MESSAGES, {"before": before}).scalars().all()
    for table in (attempt, question, announcement_recipient):
        tx.connection.execute(delete(table).where(table.c.message_id.in_(ids)))
    tx.connection.execute(delete(message).where(message.c.id.in_(ids)))
    return len(ids)


def drop_wishes(tx: Transaction, before: datetime) -> int:
    """What was offered, and who waited for a time and does no more."""
    return _rows(tx, _OFFERS, before) + _rows(tx, _WAITED, before)


def drop_received(tx: Transaction, before: datetime) -> int:
    """That something came in, and what it was understood to mean."""
    return _rows(tx, _INBOX, before)


def drop_todos(tx: Transaction, before: datetime) -> int:
    """What staff have done."""
    return _rows(tx, _TODOS, before)


def drop_log(tx: Transaction, before: datetime) -> int:
    """Who did what."""
    return _rows(tx, _AUDIT, before)


def anonymise_visits(tx: Transaction, before: datetime) -> int:
    """Let visits be nobody's: that they were stays, for the year's figures; what leads back to whose they were goes."""
    ids = tx.connection.execute(_OLD_VISITS, {"before": before}).scalars().all()
    if ids:
        tx.connection.execute(delete(claim).where(claim.c.appointment_id.in_(ids)))
        for table in (audit, message, question, todo):
            unlinked = update(table).where(table.c.appointment_id.in_(ids))
            tx.connection.execute(unlinked.values(appointment_id=None))
        theirs = update(appointment).where(appointment.c.id.in_(ids))
        tx.connection.execute(theirs.values(participant_id=_nobody(tx)))
    return len(ids)


def drop_attendance(tx: Transaction, before: datetime) -> int:
    """Who came to groups' sessions: that they took place stays."""
    return sum(_rows(tx, statement, before) for statement in _ATTENDED)


def left_before(tx: Transaction, before: datetime) -> Sequence[int]:
    """Whoever left so long ago, about whom there is nothing more to do; a few at a time."""
    return tx.connection.execute(_LEFT, {"before": before}).scalars().all()


def _rows(tx: Transaction, statement: Delete, before: datetime) -> int:
    return tx.connection.execute(statement, {"before": before}).rowcount


def _nobody(tx: Transaction) -> int:
    """Whose the visits are that are nobody's."""
    values = {"kind": "participant", "full_name": NOBODY, "name_key": "", "phone": "", "enrolled_at": tx.now}
    gone = {"ended_at": tx.now, "erased_at": tx.now}
    tx.connection.execute(insert_new(tx, person).values(values | gone))
    return int(tx.connection.execute(_NOBODY).scalar_one())


# Built once: to build a statement anew costs as much as to run it.
_BEFORE = bindparam("before", type_=UtcDateTime())
_UNSETTLED = ("waiting", "sending", "unknown")


def _old(table: Table, is_old: ColumnElement[bool]) -> Delete:
    (key,) = table.primary_key.columns
    return delete(table).where(key.in_(select(key).where(is_old).limit(BATCH)))


_TALK = (
    _old(question, question.c.expires_at < _BEFORE),
    _old(conversation, conversation.c.expires_at < _BEFORE),
    _old(link_code, link_code.c.expires_at < _BEFORE),
    _old(wrong_code, wrong_code.c.at < _BEFORE),
    _old(knock, knock.c.last_at < _BEFORE),
)
_SESSIONS = _old(staff_session, staff_session.c.seen_at < _BEFORE)
_OFFERS = _old(offer, offer.c.expires_at < _BEFORE)
_HAS_OFFERS = exists().where(offer.c.waiting_id == waiting.c.id)
_WAITED = _old(waiting, and_(waiting.c.ended_at < _BEFORE, ~_HAS_OFFERS))
_INBOX = _old(inbox, inbox.c.received_at < _BEFORE)
_TODOS = _old(todo, todo.c.done_at < _BEFORE)
_AUDIT = _old(audit, audit.c.at < _BEFORE)

_IS_SETTLED = message.c.status.not_in(_UNSETTLED)
_ENDED = message.c.useless_after < _BEFORE
_OPEN_CALL = exists().where(
    attempt.c.message_id == message.c.id, attempt.c.status.in_(("sending", "unknown"))
)
_OLD_MESSAGES = (
    select(message.c.id).where(_IS_SETTLED, _ENDED, ~_OPEN_CALL).order_by(message.c.id).limit(BATCH)
)
_SAID = attempt.c.body.is_not(None), attempt.c.started_at < _BEFORE, attempt.c.status.not_in(_UNSETTLED)
_FILLED = _IS_SETTLED, _ENDED, cast(message.c.params, String) != "{}"
_WORDS: tuple[ReturningUpdate[tuple[int]], ...] = (
    update(attempt)
    .where(attempt.c.id.in_(select(attempt.c.id).where(*_SAID).limit(BATCH)))
    .values(body=None)
    .returning(attempt.c.id),
    update(message)
    .where(message.c.id.in_(select(message.c.id).where(*_FILLED).limit(BATCH)))
    .values(params={})
    .returning(message.c.id),
)
_MET = select(session.c.id).where(session.c.ends_at < _BEFORE)
_ATTENDED = (
    delete(attendance).where(attendance.c.session_id.in_(_MET)),
    delete(claim).where(claim.c.session_id.in_(_MET)),
)
_NOBODY = select(person.c.id).where(
    person.c.kind == "participant", person.c.name_key == "", person.c.phone == ""
)
_TO_BE_DONE = exists().where(todo.c.appointment_id == appointment.c.id, todo.c.done_at.is_(None))
_OLD_VISITS = (
    select(appointment.c.id)
    .where(
        appointment.c.ends_at < _BEFORE,
        appointment.c.participant_id.not_in(select(person.c.id).where(person.c.name_key == "")),
        ~_TO_BE_DONE,
    )
    .order_by(appointment.c.id)
    .limit(BATCH)
)
_ABOUT_THEM = exists().where(todo.c.person_id == person.c.id, todo.c.done_at.is_(None))
_LEFT = (
    select(person.c.id)
    .where(
        person.c.kind == "participant",
        person.c.ended_at < _BEFORE,
        person.c.erased_at.is_(None),
        ~_ABOUT_THEM,
    )
    .order_by(person.c.id)
    .limit(20)
)
