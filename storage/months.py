"""What a month comes to: visits by what became of them, offers, and messages by channel, counted for many months at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, literal, select

from storage.database import Transaction
from storage.tables import appointment, attempt, offer


def visits(tx: Transaction, bounds: Sequence[datetime]) -> list[Row[Any]]:
    """By `month` (0 begins at the first bound) and `status`: how `many` visits that begin in it."""
    month = _month(appointment.c.starts_at, bounds)
    asked: Select[Any] = select(month, appointment.c.status, func.count().label("many"))
    span = appointment.c.starts_at >= bounds[0], appointment.c.starts_at < bounds[-1]
    return list(tx.connection.execute(asked.where(*span).group_by(month, appointment.c.status)))


def given_back(tx: Transaction, bounds: Sequence[datetime]) -> list[Row[Any]]:
    """Every visit of those months that its participant gave back: `month`, `starts_at`, `given_back_at`."""
    month = _month(appointment.c.starts_at, bounds)
    asked: Select[Any] = select(month, appointment.c.starts_at, appointment.c.given_back_at)
    return list(
        tx.connection.execute(
            asked.where(
                appointment.c.status == "given_back",
                appointment.c.given_back_at.is_not(None),
                appointment.c.starts_at >= bounds[0],
                appointment.c.starts_at < bounds[-1],
            )
        )
    )


def taken_offers(tx: Transaction, bounds: Sequence[datetime]) -> list[Row[Any]]:
    """By `month`: how `many` times that somebody of the waiting list took."""
    month: ColumnElement[Any] = _month(offer.c.starts_at, bounds)
    asked: Select[Any] = select(month, func.count().label("many"))
    span = offer.c.starts_at >= bounds[0], offer.c.starts_at < bounds[-1]
    asked = asked.where(offer.c.outcome == "taken", *span)
    return list(tx.connection.execute(asked.group_by(month)))


def messages(tx: Transaction, bounds: Sequence[datetime]) -> list[Row[Any]]:
    """By `month` and `channel`: how `many` calls that a provider took, and their `parts`."""
    month = _month(attempt.c.started_at, bounds)
    counted = func.count().label("many"), func.sum(attempt.c.parts).label("parts")
    asked: Select[Any] = select(month, attempt.c.channel, *counted)
    asked = asked.where(
        attempt.c.status.in_(("sent", "delivered")),
        attempt.c.started_at >= bounds[0],
        attempt.c.started_at < bounds[-1],
    )
    return list(tx.connection.execute(asked.group_by(month, attempt.c.channel)))


def _month(at: ColumnElement[Any], bounds: Sequence[datetime]) -> ColumnElement[int]:
    """Which of the months an instant lies in, by its number."""
    ends = [(at < end, literal(number)) for number, end in enumerate(bounds[1:])]
    return case(*ends).label("month")
