"""Who has an announcement in which message: written in one statement each, however many it reaches."""

from datetime import datetime
from types import ModuleType
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Integer,
    String,
    bindparam,
    case,
    cast,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import address, announcement_recipient, message, person, question
from storage.tables.base import UtcDateTime

_TO = announcement_recipient
_ID = bindparam("of_announcement", type_=Integer)


def leave_out(tx: Transaction, announcement_id: int, person_ids: list[int]) -> None:
    """Whom what became of their own visit tells."""
    rows = [
        {"announcement_id": announcement_id, "person_id": number, "by_change": True} for number in person_ids
    ]
    if rows:
        tx.connection.execute(insert_new(tx, _TO), rows)


def queue(tx: Transaction, announcement_id: int, values: dict[str, Any]) -> int:
    """Write a message to each address that has none yet, one for each person without; return how many.

    Args:
        values: purpose, priority, send_after, useless_after; text and params by language as `text_pl`, `params_pl` and so on.
    """
    given = {f"of_{name}": value for name, value in values.items()}
    given |= {"of_announcement": announcement_id, "now": tx.now}
    written = tx.connection.execute(_QUEUE[tx.dialect], given).rowcount
    tx.connection.execute(_LINK, {"of_announcement": announcement_id})
    return written


def ask(tx: Transaction, announcement_id: int, kind: str, options: list[Any], expires_at: datetime) -> None:
    """Let each of its messages ask that, unless it does already."""
    values = {"of_kind": kind, "of_options": options, "expires": expires_at, "now": tx.now}
    tx.connection.execute(_ASK, values | {"of_announcement": announcement_id})


def merge(tx: Transaction, announcement_id: int, message_id: int, address_id: int) -> bool:
    """Whoever that message was for has the one at that address instead; False if there is none."""
    asked = {"of_announcement": announcement_id, "at": address_id}
    other = tx.connection.execute(_THERE, asked).scalar_one_or_none()
    if other is None:
        return False
    theirs = update(_TO).where(_TO.c.message_id == message_id)
    tx.connection.execute(theirs.values(message_id=other, address_id=address_id))
    return True


def of_message(tx: Transaction, message_id: int) -> list[int]:
    """Everybody whom that message was for."""
    asked = select(_TO.c.person_id).where(_TO.c.message_id == message_id).order_by(_TO.c.person_id)
    return list(tx.connection.execute(asked).scalars())


def mark_read(tx: Transaction, message_id: int) -> None:
    """Somebody who has it says so."""
    unread = update(_TO).where(_TO.c.message_id == message_id, _TO.c.read_at.is_(None))
    tx.connection.execute(unread.values(read_at=tx.now))


def _key(person_id: Any, address_id: Any) -> ColumnElement[str]:
    """`announcement:{id}:{address}`, or with a `p` and the person where there is no address."""
    where = func.coalesce(cast(address_id, String), literal("p", String).concat(cast(person_id, String)))
    return literal("announcement:", String).concat(cast(_ID, String)).concat(":").concat(where)


def _by_language(name: str, kind: Any) -> ColumnElement[Any]:
    said = {language: bindparam(f"of_{name}_{language}", type_=kind) for language in ("uk", "en", "pl")}
    return case(
        (person.c.language == "uk", said["uk"]), (person.c.language == "en", said["en"]), else_=said["pl"]
    )


def _queue(kind: ModuleType) -> Insert:
    alone = case((_TO.c.address_id.is_(None), _TO.c.person_id), else_=0)
    new = (
        select(_TO.c.address_id, func.min(_TO.c.person_id).label("first"))
        .where(_TO.c.announcement_id == _ID, _TO.c.message_id.is_(None), ~_TO.c.by_change)
        .group_by(_TO.c.address_id, alone)
        .subquery("new")
    )
    there = exists().where(message.c.announcement_id == _ID, message.c.address_id == new.c.address_id)
    columns = _MESSAGE | {
        "key": _key(new.c.first, new.c.address_id),
        "person_id": new.c.first,
        "address_id": new.c.address_id,
    }
    rows = (
        select(*columns.values())
        .join_from(new, person, person.c.id == new.c.first)
        .outerjoin(address, address.c.id == new.c.address_id)
        .where(~there)
        .order_by(new.c.first)
    )
    written: Insert = kind.insert(message).from_select(list(columns), rows).on_conflict_do_nothing()
    return written


_MESSAGE = {
    "announcement_id": _ID,
    "channel": address.c.channel,
    "account": address.c.account,
    "purpose": bindparam("of_purpose", type_=String),
    "priority": bindparam("of_priority", type_=Integer),
    "text": _by_language("text", String),
    "params": _by_language("params", JSON),
    "language": person.c.language,
    "send_after": bindparam("of_send_after", type_=UtcDateTime),
    "useless_after": bindparam("of_useless_after", type_=UtcDateTime),
    "posted_at": bindparam("now", type_=UtcDateTime),
}
_QUEUE = {"postgresql": _queue(postgresql), "sqlite": _queue(sqlite)}
_SAME_KEY = select(func.min(message.c.id)).where(message.c.key == _key(_TO.c.person_id, _TO.c.address_id))
_SAME_PLACE = select(func.min(message.c.id)).where(
    message.c.announcement_id == _ID, message.c.address_id == _TO.c.address_id
)
_LINK = (
    update(_TO)
    .where(_TO.c.announcement_id == _ID, _TO.c.message_id.is_(None), ~_TO.c.by_change)
    .values(message_id=func.coalesce(_SAME_KEY.scalar_subquery(), _SAME_PLACE.scalar_subquery()))
)
_THERE = select(func.min(message.c.id)).where(
    message.c.announcement_id == _ID,
    message.c.address_id == bindparam("at"),
    message.c.status.not_in(("failed", "expired", "withdrawn")),
)
_ASKS = exists().where(question.c.message_id == message.c.id)
_ASK = insert(question).from_select(
    [
        "address_id",
        "person_id",
        "message_id",
        "kind",
        "asked",
        "options",
        "posted_at",
        "expires_at",
    ],
    select(
        message.c.address_id,
        message.c.person_id,
        message.c.id,
        bindparam("of_kind", type_=String),
        literal(False, Boolean),
        bindparam("of_options", type_=JSON),
        bindparam("now", type_=UtcDateTime),
        bindparam("expires", type_=UtcDateTime),
    ).where(message.c.announcement_id == _ID, ~_ASKS),
)
