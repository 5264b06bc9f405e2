"""The ledger as it is read by people: its rows, and the attempts of each."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, Text, cast, func, or_, select

from storage.database import Transaction
from storage.due import SHARER, Due
from storage.tables import address, announcement, attempt, message, person, question


class Which(NamedTuple):
    """Which messages: those written or due `since` then, of that kind alone, and of all these the newest so many before an id."""

    since: datetime | None = None
    person_id: int | None = None
    status: str | None = None
    purpose: str | None = None
    channel: str | None = None
    before_id: int | None = None
    newest: int | None = None


def rows(tx: Transaction, which: Which) -> list[Row[Any]]:
    """Those messages by id, each with what its words are made of."""
    asked: Select[Any] = (
        select(
            message.c.id,
            message.c.send_after,
            message.c.person_id,
            message.c.address_id,
            message.c.purpose,
            message.c.text,
            cast(message.c.params, Text).label("params"),
            message.c.appointment_id,
            func.coalesce(message.c.language, person.c.language, "pl").label("language"),
            address.c.address,
            address.c.state,
            address.c.announcements,
            person.c.polish_letters,
            SHARER,
            question.c.id.label("question_id"),
            cast(question.c.options, Text).label("options"),
            announcement.c.status.label("announcement"),
            message.c.channel,
            message.c.status,
            message.c.useless_after,
        )
        .outerjoin_from(message, address, message.c.address_id == address.c.id)
        .outerjoin(person, message.c.person_id == person.c.id)
        .outerjoin(question, question.c.message_id == message.c.id)
        .outerjoin(announcement, announcement.c.id == message.c.announcement_id)
        .where(message.c.id.in_(_ids(which)))
        .order_by(message.c.id)
    )
    return list(tx.connection.execute(asked))


def as_due(row: Row[Any]) -> Due:
    """What of a row its words are made of."""
    return Due(**{name: getattr(row, name) for name in Due._fields})


def attempts(tx: Transaction, which: Which) -> dict[int, list[Row[Any]]]:
    """The attempts of those messages, by message, the first first."""
    asked: Select[Any] = (
        select(
            attempt.c.message_id,
            attempt.c.channel,
            attempt.c.provider_id,
            attempt.c.status,
            attempt.c.error,
            attempt.c.started_at,
            attempt.c.body,
            attempt.c.parts,
        )
        .where(attempt.c.message_id.in_(_ids(which)))
        .order_by(attempt.c.message_id, attempt.c.id)
    )
    found: dict[int, list[Row[Any]]] = {}
    for row in tx.connection.execute(asked):
        found.setdefault(row.message_id, []).append(row)
    return found


def _ids(which: Which) -> Select[int]:
    """The ids alone; they are asked for anew by each statement, so that a list of any length can be read."""
    asked = select(message.c.id).where(*_conditions(which))
    if which.newest is not None:
        asked = select(asked.order_by(message.c.id.desc()).limit(which.newest).subquery().c.id)
    return asked


def _conditions(which: Which) -> list[ColumnElement[bool]]:
    given = {
        message.c.person_id: which.person_id,
        message.c.status: which.status,
        message.c.purpose: which.purpose,
        message.c.channel: which.channel,
    }
    found = [column == value for column, value in given.items() if value is not None]
    if which.since is not None:
        found.append(or_(message.c.posted_at >= which.since, message.c.send_after >= which.since))
    if which.before_id is not None:
        found.append(message.c.id < which.before_id)
    return found
