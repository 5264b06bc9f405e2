"""Which words a provider keeps beside us, until it was asked to drop them."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import literal_column, or_, select, update

from storage.database import Transaction
from storage.tables import attempt, inbox

# Literal, so that the partial indexes are used: only SMS are kept by anybody.
_SMS_OUT = attempt.c.channel == literal_column("'sms'")
_SMS_IN = inbox.c.channel == literal_column("'sms'")


class Kept(NamedTuple):
    """A message of which the provider has the words: the id of the attempt, or of the inbox's row."""

    provider_id: str
    attempt_id: int | None = None
    inbox_id: int | None = None


def kept(
    tx: Transaction, lane: tuple[str, str], *, since: datetime, settled: datetime, limit: int
) -> list[Kept]:
    """Some of those that are done with, begun after `since`, the oldest first: what came in, then what went out.

    Args:
        settled: what was sent before then, and not heard of again, is done with too.
    """
    came = (
        select(inbox.c.provider_id, inbox.c.id)
        .where(_SMS_IN, inbox.c.account == lane[1], inbox.c.redacted_at.is_(None))
        .order_by(inbox.c.id)
        .limit(limit)
    )
    went = (
        select(attempt.c.provider_id, attempt.c.id)
        .where(_SMS_OUT, attempt.c.account == lane[1], attempt.c.redacted_at.is_(None))
        .where(attempt.c.provider_id.is_not(None), attempt.c.started_at > since)
        .where(
            or_(
                attempt.c.status.in_(("delivered", "failed")),
                (attempt.c.status == "sent") & (attempt.c.started_at < settled),
            )
        )
        .order_by(attempt.c.started_at)
        .limit(limit)
    )
    found = [Kept(sid, inbox_id=number) for sid, number in tx.connection.execute(came).all()]
    found += [Kept(sid, attempt_id=number) for sid, number in tx.connection.execute(went).all()]
    return found[:limit]


def dropped(tx: Transaction, those: Collection[Kept], at: datetime) -> None:
    """The provider has dropped the words of those."""
    for table, ids in (
        (attempt, [one.attempt_id for one in those if one.attempt_id is not None]),
        (inbox, [one.inbox_id for one in those if one.inbox_id is not None]),
    ):
        tx.connection.execute(update(table).where(table.c.id.in_(ids)).values(redacted_at=at))
