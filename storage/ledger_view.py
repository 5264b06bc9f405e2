"""The ledger as it is read by people: its rows, and the attempts of each."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Text, cast, func, or_, select

from storage.database import Transaction
from storage.due import SHARER, Due
from storage.tables import address, announcement, attempt, message, person, question


def rows(tx: Transaction, since: datetime | None, person_id: int | None) -> list[Row[Any]]:
    """Messages by id, each with what its words are made of.

    Args:
        since: written or due since then.
    """
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
        .where(*_which(since, person_id))
        .order_by(message.c.id)
    )
    return list(tx.connection.execute(asked))


def as_due(row: Row[Any]) -> Due:
    """What of a row its words are made of."""
    return Due(**{name: getattr(row, name) for name in Due._fields})


def attempts(tx: Transaction, since: datetime | None, person_id: int | None) -> dict[int, list[Row[Any]]]:
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
        .join(message, attempt.c.message_id == message.c.id)
        .where(*_which(since, person_id))
        .order_by(attempt.c.message_id, attempt.c.id)
    )
    found: dict[int, list[Row[Any]]] = {}
    for row in tx.connection.execute(asked):
        found.setdefault(row.message_id, []).append(row)
    return found


def _which(since: datetime | None, person_id: int | None) -> list[ColumnElement[bool]]:
    which: list[ColumnElement[bool]] = []
    if since is not None:
        which.append(or_(message.c.posted_at >= since, message.c.send_after >= since))
    if person_id is not None:
        which.append(message.c.person_id == person_id)
    return which
