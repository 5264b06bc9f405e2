"""Announcements: what was written, who confirmed it, how it goes, and whom it did not reach."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, String, bindparam, cast, delete, func, insert, select, update

from storage.database import Transaction
from storage.ledger import WITHDRAWN
from storage.tables import announcement, announcement_recipient, message, person
from storage.tables.base import UtcDateTime

_TO = announcement_recipient
_OPEN = ("waiting", "sending", "unknown")


def add(tx: Transaction, **values: Any) -> int:
    """Write one; return its number."""
    written = tx.connection.execute(_ADD, values)
    return int(written.scalar_one())


def announcement_of(tx: Transaction, announcement_id: int, *, lock: bool) -> Row[Any] | None:
    """One, on demand locked until the transaction ends; None if there is none of that number."""
    return tx.connection.execute(_LOCKED if lock else _ONE, {"of_id": announcement_id}).one_or_none()


def change(tx: Transaction, announcement_id: int, **values: Any) -> None:
    """Change what is remembered of it."""
    tx.connection.execute(update(announcement).where(announcement.c.id == announcement_id).values(**values))


def newest(tx: Transaction, limit: int) -> list[Row[Any]]:
    """The newest first, without those that were begun alone."""
    return list(tx.connection.execute(_NEWEST, {"most": limit}))


def of_status(tx: Transaction, status: str) -> list[int]:
    """The numbers of those that stand so."""
    return list(tx.connection.execute(_OF_STATUS, {"of_status": status}).scalars())


def progress(tx: Transaction, announcement_id: int) -> list[Row[Any]]:
    """How many messages stand how: channel, status, messages; the channel is None where there is no address."""
    return list(tx.connection.execute(_PROGRESS, {"of_id": announcement_id}))


def is_under_way(tx: Transaction, announcement_id: int) -> bool:
    """Whether something of it may still be sent."""
    return tx.connection.execute(_UNDER_WAY, {"of_id": announcement_id}).first() is not None


def counts(tx: Transaction, announcement_id: int) -> tuple[int, int, int]:
    """How many people it was for, told by a change of their own visit, and saying that they have read it."""
    found = tx.connection.execute(_COUNTS, {"of_id": announcement_id}).one()
    return found[0], found[1], found[2]


def not_reached(tx: Transaction, announcement_id: int) -> Sequence[Row[Any]]:
    """Whom it did not reach, by name: person_id, full_name, phone, channel, status and reason."""
    return tx.connection.execute(_NOT_REACHED, {"of_id": announcement_id}).all()


def park(tx: Transaction, announcement_id: int, until: datetime) -> None:
    """Let what waits of it wait until then."""
    tx.connection.execute(_PARK, {"of_id": announcement_id, "until": until})


def park_one(tx: Transaction, message_id: int, until: datetime) -> None:
    """The same for one message."""
    tx.connection.execute(update(message).where(message.c.id == message_id, _WAITS).values(send_after=until))


def release(tx: Transaction, announcement_id: int, send_after: datetime, useless_after: datetime) -> None:
    """Let what waits of it go from then on, for as long as it helps."""
    tx.connection.execute(_RELEASE, {"of_id": announcement_id, "at": send_after, "useless": useless_after})


def withdraw(tx: Transaction, announcement_id: int) -> int:
    """Withdraw what waits of it; what is on its way is marked, so that it is not tried again. Return how many waited."""
    waited = tx.connection.execute(_WITHDRAW_WAITING, {"of_id": announcement_id}).rowcount
    tx.connection.execute(_MARK, {"of_id": announcement_id})
    return waited


def expired(tx: Transaction, announcement_id: int) -> int:
    """To how many it came too late."""
    return int(tx.connection.execute(_EXPIRED, {"of_id": announcement_id}).scalar_one())


def drop_left_out(tx: Transaction, before: datetime) -> int:
    """Who of old announcements had no message of its own."""
    return tx.connection.execute(_DROP, {"before": before}).rowcount


def drop_texts(tx: Transaction, before: datetime) -> int:
    """Let go of what was said before then; what was never sent is not to be sent without words either."""
    return tx.connection.execute(_UNSENT, {"before": before}).rowcount + (
        tx.connection.execute(_SAID, {"before": before}).rowcount
    )


_WAITS = message.c.status == "waiting"
_ADD = insert(announcement).returning(announcement.c.id)
_ONE = select(announcement).where(announcement.c.id == bindparam("of_id"))
_LOCKED = _ONE.with_for_update()
_NEWEST = (
    select(announcement)
    .where(announcement.c.status != "begun")
    .order_by(announcement.c.id.desc())
    .limit(bindparam("most"))
)
_OF_STATUS = (
    select(announcement.c.id)
    .where(announcement.c.status == bindparam("of_status"))
    .order_by(announcement.c.id)
)
_OF = message.c.announcement_id == bindparam("of_id")
_PROGRESS: Select[Any] = (
    select(message.c.channel, message.c.status, func.count().label("messages"))
    .where(_OF)
    .group_by(message.c.channel, message.c.status)
    .order_by(message.c.channel, message.c.status)
)
_UNDER_WAY = select(message.c.id).where(_OF, message.c.status.in_(_OPEN)).limit(1)
_COUNTS = select(
    func.count().label("people"),
    func.count().filter(_TO.c.by_change).label("by_change"),
    func.count(_TO.c.read_at).label("read"),
).where(_TO.c.announcement_id == bindparam("of_id"))
_NOT_REACHED: Select[Any] = (
    select(
        person.c.id.label("person_id"),
        person.c.full_name,
        person.c.phone,
        message.c.channel,
        message.c.status,
        message.c.reason,
    )
    .join_from(_TO, message, message.c.id == _TO.c.message_id)
    .join(person, person.c.id == _TO.c.person_id)
    .where(_TO.c.announcement_id == bindparam("of_id"), message.c.status.in_(("failed", "expired")))
    .order_by(person.c.full_name, person.c.id)
)
_PARK = update(message).where(_OF, _WAITS).values(send_after=bindparam("until", type_=UtcDateTime))
_RELEASE = (
    update(message)
    .where(_OF, _WAITS)
    .values(
        send_after=bindparam("at", type_=UtcDateTime), useless_after=bindparam("useless", type_=UtcDateTime)
    )
)
_WITHDRAW_WAITING = update(message).where(_OF, _WAITS).values(status="withdrawn", reason=WITHDRAWN)
_MARK = (
    update(message).where(_OF, message.c.status.in_(("sending", "unknown", "sent"))).values(reason=WITHDRAWN)
)
_EXPIRED = select(func.count()).where(_OF, message.c.status == "expired")
_OLD = select(announcement.c.id).where(announcement.c.written_at < bindparam("before", type_=UtcDateTime))
_DROP = delete(_TO).where(_TO.c.message_id.is_(None), _TO.c.announcement_id.in_(_OLD))
_BEFORE = bindparam("before", type_=UtcDateTime)
_HAS_TEXTS = cast(announcement.c.texts, String) != "{}"
_UNSENT = (
    update(announcement)
    .where(announcement.c.status.in_(("begun", "draft")), announcement.c.written_at < _BEFORE)
    .values(texts={}, status="undone")
)
_SAID = (
    update(announcement)
    .where(
        announcement.c.status.in_(("stopped", "undone", "done")),
        func.coalesce(announcement.c.done_at, announcement.c.written_at) < _BEFORE,
        _HAS_TEXTS,
    )
    .values(texts={})
)
