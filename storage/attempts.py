"""Attempts: one row for each call to a provider, written before the call and settled after it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Integer,
    Row,
    SmallInteger,
    String,
    Text,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from storage.database import Transaction
from storage.rows import ROWS, as_json, given_rows
from storage.tables import address, attempt, message, person
from storage.tables.base import UtcDateTime

LEASE = timedelta(seconds=60)
LOOK = timedelta(seconds=30)  # the lease of a look at an unknown attempt

# Literal, so that the partial indexes are used.
_SENDING = attempt.c.status == literal_column("'sending'")
_UNKNOWN = attempt.c.status == literal_column("'unknown'")
_SMS = attempt.c.channel == literal_column("'sms'")


def write(
    tx: Transaction, lane: tuple[str, str], rows: Sequence[tuple[int, int, str, int]], started_at: datetime
) -> dict[int, int]:
    """Write an attempt for each row; return their ids by message.

    Args:
        lane: channel and account.
        rows: message, address, body and parts of each.
    """
    values = {
        ROWS: as_json(rows),
        "of_channel": lane[0],
        "of_account": lane[1],
        "begun": started_at,
        "until": started_at + LEASE,
    }
    written = tx.connection.execute(_write(tx.dialect), values).all()
    return {message_id: number for message_id, number in written}  # noqa: C416  a Row is no tuple to mypy


def settle(
    tx: Transaction,
    rows: Sequence[tuple[int, str | None, str | None]],
    to: str,
    *,
    from_: Collection[str],
    at: datetime,
) -> list[int]:
    """Settle those attempts that are in one of the states `from_`; return the ids of their messages.

    Args:
        rows: id, the provider's id and error of each; None leaves what is known.
    """
    values = {ROWS: as_json(rows), "to_status": to, "at": at}
    return list(tx.connection.execute(_settle(tx.dialect, tuple(from_)), values).scalars().all())


def run_out(tx: Transaction, real: datetime) -> list[int]:
    """Attempts whose lease has ended without a result become unknown; return the ids of their messages."""
    ended = update(attempt).where(_SENDING, attempt.c.lease_until < real).values(status="unknown")
    return list(tx.connection.execute(ended.returning(attempt.c.message_id)).scalars().all())


def take_unknown(
    tx: Transaction, lane: tuple[str, str], *, before: datetime, real: datetime, limit: int
) -> list[Row[Any]]:
    """Unknown attempts begun before `before`, oldest first, which nobody else looks at now; this look has a lease too."""
    which = (
        select(attempt.c.id)
        .where(_UNKNOWN, attempt.c.channel == lane[0], attempt.c.account == lane[1])
        .where(attempt.c.started_at <= before, attempt.c.lease_until <= real)
        .order_by(attempt.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = tx.connection.execute(which).scalars().all()
    tx.connection.execute(update(attempt).where(attempt.c.id.in_(ids)).values(lease_until=real + LOOK))
    asked = (
        select(
            attempt.c.id,
            attempt.c.message_id,
            attempt.c.body,
            attempt.c.started_at,
            address.c.address,
            message.c.purpose,
            message.c.useless_after,
            func.coalesce(message.c.language, person.c.language, "pl").label("language"),
        )
        .join(message, message.c.id == attempt.c.message_id)
        .join(address, address.c.id == attempt.c.address_id)
        .outerjoin(person, person.c.id == message.c.person_id)
        .where(attempt.c.id.in_(ids))
        .order_by(attempt.c.id)
    )
    return list(tx.connection.execute(asked))


def known(tx: Transaction, lane: tuple[str, str], provider_ids: Collection[str]) -> dict[str, int]:
    """Which of those provider's ids are attempts', and whose."""
    asked = select(attempt.c.provider_id, attempt.c.id).where(
        attempt.c.channel == lane[0], attempt.c.account == lane[1], attempt.c.provider_id.in_(provider_ids)
    )
    return {row.provider_id: row.id for row in tx.connection.execute(asked)}


def adopt(tx: Transaction, attempt_id: int, provider_id: str) -> None:
    """Note the provider's id of an attempt that was given up before it was told, once nothing more is tried for its message.

    Until then a search for a later attempt may take it.
    """
    done = select(message.c.id).where(
        message.c.id == attempt.c.message_id, message.c.status.not_in(("waiting", "sending", "unknown"))
    )
    nameless = update(attempt).where(
        attempt.c.id == attempt_id, attempt.c.provider_id.is_(None), done.exists()
    )
    tx.connection.execute(nameless.values(provider_id=provider_id))


def tried(tx: Transaction, message_id: int) -> list[int]:
    """The address of every attempt of that message, in order."""
    asked = select(attempt.c.address_id).where(attempt.c.message_id == message_id).order_by(attempt.c.id)
    return list(tx.connection.execute(asked).scalars().all())


def begun_since(tx: Transaction, address_id: int, since: datetime, most: int) -> int:
    """How many of the latest `most` attempts to that address began after `since`."""
    of_address = select(attempt.c.started_at).where(attempt.c.address_id == address_id)
    latest = of_address.order_by(attempt.c.id.desc()).limit(most).subquery()
    asked = select(func.count()).select_from(latest).where(latest.c.started_at > since)
    return int(tx.connection.execute(asked).scalar_one())


@dataclass(frozen=True, slots=True)
class PartsUsed:
    """SMS parts since the beginning of the day and of the month."""

    today: int
    this_month: int


def parts_used(tx: Transaction, account: str, day: datetime, month: datetime) -> PartsUsed:
    """What an account has sent since those instants."""
    today = func.sum(case((attempt.c.started_at >= day, attempt.c.parts), else_=0))
    asked = select(func.coalesce(today, 0), func.coalesce(func.sum(attempt.c.parts), 0)).where(
        _SMS, attempt.c.account == account, attempt.c.started_at >= month
    )
    return PartsUsed(*tx.connection.execute(asked).one())


def take_undecided(
    tx: Transaction, account: str, span: tuple[datetime, datetime], real: datetime, limit: int
) -> list[str]:
    """Provider's ids of SMS that were sent in that span, and of which no receipt has said what became of them.

    Whichever was not asked after for longest comes first, or some of which nothing is ever heard would hide the others.
    """
    which = (
        select(attempt.c.id)
        .where(_SMS, attempt.c.account == account, attempt.c.status == "sent")
        .where(attempt.c.started_at.between(*span), attempt.c.provider_id.is_not(None))
        .order_by(attempt.c.lease_until, attempt.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = tx.connection.execute(which).scalars().all()
    looked = update(attempt).where(attempt.c.id.in_(ids)).values(lease_until=real)
    return list(tx.connection.execute(looked.returning(attempt.c.provider_id)).scalars().all())


@lru_cache
def _write(dialect: str) -> ReturningInsert[Any]:
    given = given_rows(
        dialect, {"message_id": Integer(), "address_id": Integer(), "body": Text(), "parts": SmallInteger()}
    )
    alike = {
        "channel": bindparam("of_channel", type_=String),
        "account": bindparam("of_account", type_=String),
        "started_at": bindparam("begun", type_=UtcDateTime),
        "lease_until": bindparam("until", type_=UtcDateTime),
    }
    source = select(given.message_id, given.address_id, given.body, given.parts, *alike.values())
    statement = insert(attempt).from_select(["message_id", "address_id", "body", "parts", *alike], source)
    return statement.returning(attempt.c.message_id, attempt.c.id)


@lru_cache
def _settle(dialect: str, from_: tuple[str, ...]) -> ReturningUpdate[Any]:
    given = given_rows(dialect, {"id": Integer(), "provider_id": String(), "error": String()})
    return (
        update(attempt)
        .where(attempt.c.id == given.id, attempt.c.status.in_(from_))
        .values(
            status=bindparam("to_status"),
            provider_id=func.coalesce(given.provider_id, attempt.c.provider_id),
            error=func.coalesce(given.error, attempt.c.error),
            settled_at=bindparam("at"),
            lease_until=bindparam("at"),
        )
        .returning(attempt.c.message_id)
    )
