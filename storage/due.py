"""What of the ledger is due: the courier's reads, each over one partial index however much has been sent."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Select,
    Text,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    select,
    tuple_,
    union_all,
    update,
)

from storage.database import Transaction
from storage.tables import address, announcement, attempt, message, person, person_address, question

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

# Literal, not a parameter: a partial index is used only where the planner can read its condition.
_WAITING = message.c.status == literal_column("'waiting'")
_NOW: BindParameter[Any] = bindparam("now")
_OF_LANE = (
    _WAITING,
    message.c.channel == bindparam("channel"),
    message.c.account == bindparam("account"),
)

# All that a claim reads of a row: SQLite copies each of them twice on the way.
_USED = message.c[
    "id", "person_id", "address_id", "purpose", "priority", "text", "params", "language", "announcement_id",
    "send_after", "useless_after",
]  # fmt: skip

# The person's name, where somebody else is reached at the same address.
_other, _theirs = person.alias(), person_address.alias()
SHARER = case(
    (
        select(_theirs.c.person_id)
        .join(_other, _other.c.id == _theirs.c.person_id)
        .where(
            _theirs.c.address_id == address.c.id,
            _theirs.c.person_id != person.c.id,
            _other.c.ended_at.is_(None),
        )
        .correlate(address, person)
        .exists(),
        person.c.full_name,
    )
).label("sharer")


class Due(NamedTuple):
    """A row that may be sent now, with whom it goes to and what it asks.

    `params` and `options` are JSON as it is stored: most rows of a claim are worded alike, and one of those is read.
    """

    id: int
    address_id: int
    purpose: str
    text: str
    params: str
    language: str
    address: str
    state: str
    announcements: bool
    polish_letters: bool | None
    sharer: str | None
    useless_after: datetime
    question_id: int | None
    options: str | None
    announcement: str | None  # how that stands which it is part of


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows a claim asks for.

    Attributes:
        rested_since: only addresses that no attempt has begun for since then (real time); None asks no rest.
        passed: addresses that may have no more in this claim.
        only: none but these messages.
    """

    channel: str
    account: str
    priorities: tuple[int, ...]
    limit: int
    rested_since: datetime | None = None
    passed: Collection[int] = field(default=())
    only: Collection[int] | None = None


def due_now(tx: Transaction, wanted: Wanted) -> list[Due]:
    """Lock and return the rows to send next: the first priority first, within it the longest due.

    Rows that another process is claiming are left to it.
    """
    statement = _due(
        wanted.priorities, wanted.rested_since is not None, bool(wanted.passed), wanted.only is not None
    )
    found = tx.connection.execute(
        statement,
        {
            "now": tx.now,
            "channel": wanted.channel,
            "account": wanted.account,
            "most": wanted.limit,
            "since": wanted.rested_since,
            "passed": list(wanted.passed),
            "only": list(wanted.only or ()),
        },
    )
    return [Due._make(row) for row in found.all()]


def anything_due(tx: Transaction, wanted: Wanted) -> bool:
    """Whether something waits that is due, rested or not."""
    some = select(message.c.id).where(
        *_OF_LANE, message.c.priority.in_(wanted.priorities), message.c.send_after <= _NOW
    )
    values = {"channel": wanted.channel, "account": wanted.account, "now": tx.now}
    return tx.connection.execute(some.limit(1), values).first() is not None


def next_due(tx: Transaction, now: datetime) -> datetime | None:
    """The earliest instant after `now` at which a waiting row is due."""
    earliest = select(func.min(message.c.send_after)).where(_WAITING, message.c.send_after > now)
    found: datetime | None = tx.connection.execute(earliest).scalar_one()
    return found


def expire(tx: Transaction) -> list[tuple[int, str]]:
    """Mark what waits and helps nobody any more; return id and purpose of each."""
    useless = (
        update(message)
        .where(_WAITING, message.c.send_after <= tx.now, message.c.useless_after <= tx.now)
        .values(status="expired")
        .returning(message.c.id, message.c.purpose)
    )
    return [(number, purpose) for number, purpose in tx.connection.execute(useless).all()]


def stranded(tx: Transaction, lanes: Collection[tuple[str, str]], limit: int) -> list[int]:
    """Rows that are due and have no address, or one of a channel account that is not among those served."""
    served = tuple_(message.c.channel, message.c.account).in_(list(lanes))
    asked = (
        select(message.c.id)
        .where(_WAITING, message.c.send_after <= tx.now, message.c.useless_after > tx.now)
        .where(message.c.address_id.is_(None) | ~served)
        .order_by(message.c.send_after, message.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(tx.connection.execute(asked).scalars())


@lru_cache(maxsize=64)
def _due(priorities: tuple[int, ...], rested: bool, some_passed: bool, some_only: bool) -> Select[Any]:
    """One probe of the index for each priority: to sort instead would be to read every row of the future first.

    A union stops at its limit, so the announcements are not looked at while replies are enough.
    """
    probes = [_probe(priority, rested, some_passed, some_only) for priority in priorities]
    first = union_all(*probes).limit(bindparam("most")).subquery("first")
    asks = select(question.c.id, question.c.options).where(question.c.message_id == first.c.id).limit(1)
    return (
        select(
            first.c.id,
            first.c.address_id,
            first.c.purpose,
            first.c.text,
            cast(first.c.params, Text),
            func.coalesce(first.c.language, person.c.language, "pl"),
            address.c.address,
            address.c.state,
            address.c.announcements,
            person.c.polish_letters,
            SHARER,
            first.c.useless_after,
            asks.with_only_columns(question.c.id).scalar_subquery(),
            cast(asks.with_only_columns(question.c.options).scalar_subquery(), Text),
            select(announcement.c.status)
            .where(announcement.c.id == first.c.announcement_id)
            .scalar_subquery(),
        )
        .join(address, address.c.id == first.c.address_id)
        .outerjoin(person, person.c.id == first.c.person_id)
        .order_by(first.c.priority, first.c.send_after, first.c.id)
    )


def _probe(priority: int, rested: bool, some_passed: bool, some_only: bool) -> Select[Any]:
    probe = (
        select(*_USED)
        .where(*_OF_LANE, message.c.priority == literal_column(str(priority)))
        .where(message.c.send_after <= _NOW, message.c.useless_after > _NOW)
        .order_by(message.c.send_after, message.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=message)
    )
    if rested:
        # A scalar, not NOT EXISTS: PostgreSQL would make an anti-join of that and sort the whole backlog.
        of_address = select(attempt.c.started_at).where(attempt.c.address_id == message.c.address_id)
        latest = of_address.order_by(attempt.c.id.desc()).limit(1).scalar_subquery()
        probe = probe.where(func.coalesce(latest, LONG_AGO) <= bindparam("since"))
    if some_passed:
        probe = probe.where(message.c.address_id.not_in(bindparam("passed", expanding=True)))
    if some_only:
        probe = probe.where(message.c.id.in_(bindparam("only", expanding=True)))
    return select(probe.subquery(f"p{priority}"))
