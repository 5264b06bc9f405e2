"""Whom an announcement is for, and its messages: each in one statement, however many people it reaches."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Integer,
    Row,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert
from sqlalchemy.sql.selectable import Subquery

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import (
    address,
    announcement_recipient,
    claim,
    membership,
    message,
    person,
    person_address,
    question,
)
from storage.tables.base import UtcDateTime

_TO = announcement_recipient
_ID = bindparam("of_announcement", type_=Integer)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which of the participants: all that is given holds of each.

    Attributes:
        rungs: the channels, the one that words go to first.
        span: they have a visit or a meeting within it.
        channel: words go to them there.
        opted_out: those too who asked for silence, or for no announcements.
    """

    rungs: tuple[str, ...]
    group_id: int | None = None
    span: tuple[datetime, datetime] | None = None
    channel: str | None = None
    opted_out: bool = False

    @property
    def kind(self) -> tuple[Any, ...]:
        """What the statement depends on."""
        return self.rungs, self.group_id is not None, self.span is not None, self.channel is not None

    @property
    def values(self) -> dict[str, Any]:
        begins, ends = self.span or (None, None)
        values = {"of_group": self.group_id, "begins": begins, "ends": ends, "by_channel": self.channel}
        return {name: value for name, value in values.items() if value is not None}


def count(tx: Transaction, chosen: Chosen) -> list[Row[Any]]:
    """How many, by where and how words reach them: channel, state, announcements, language, polish_letters, people, addresses.

    `by_sms_else`: they could be told by SMS if the channel, another one, fails.
    The channel is None for those whom nothing reaches; a shared address counts once, with its first person's language.
    """
    return list(tx.connection.execute(_count(*chosen.kind), chosen.values))


def choose(tx: Transaction, announcement_id: int, chosen: Chosen) -> int:
    """Write down whom it is for, those who are not yet among them; return how many."""
    values = chosen.values | {"of_announcement": announcement_id}
    return tx.connection.execute(_choose(*chosen.kind, chosen.opted_out), values).rowcount


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
    written = tx.connection.execute(_queue(tx.dialect), given).rowcount
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


def _picked(rungs: tuple[str, ...], in_group: bool, in_span: bool, by_channel: bool) -> Subquery:
    """Of each participant the address that words go to; none if there is none left."""
    rung = case(*((address.c.channel == name, number) for number, name in enumerate(rungs)), else_=0)
    order = case((address.c.state == "active", 0), (address.c.state == "stopped", 1), else_=2)
    place = func.row_number().over(partition_by=person.c.id, order_by=(order, rung, address.c.id))
    usable = and_(address.c.id == person_address.c.address_id, address.c.state.in_(("active", "stopped")))
    ranked = (
        select(
            person.c.id.label("person_id"),
            address.c.id.label("address_id"),
            address.c.channel,
            address.c.state,
            address.c.announcements,
            place.label("place"),
        )
        .outerjoin_from(person, person_address, person_address.c.person_id == person.c.id)
        .outerjoin(address, usable)
        .where(person.c.kind == "participant", person.c.ended_at.is_(None), person.c.erased_at.is_(None))
    )
    if in_group:
        ranked = ranked.join(membership, membership.c.person_id == person.c.id).where(
            membership.c.group_id == bindparam("of_group")
        )
    if in_span:
        within = and_(
            claim.c.person_id == person.c.id,
            claim.c.starts_at < bindparam("ends", type_=UtcDateTime),
            claim.c.ends_at > bindparam("begins", type_=UtcDateTime),
        )
        ranked = ranked.where(exists().where(within))
    first = ranked.subquery("ranked")
    picked = select(first).where(first.c.place == 1)
    if by_channel:
        picked = picked.where(first.c.channel == bindparam("by_channel"))
    return picked.subquery("picked")


@lru_cache
def _count(*kind: Any) -> Any:
    picked = _picked(*kind)
    else_sms = and_(picked.c.channel != "sms", _has_sms(picked.c.person_id)).label("by_sms_else")
    where = (picked.c.channel, picked.c.state, picked.c.announcements)
    each = (
        select(*where, else_sms, func.min(picked.c.person_id).label("first"), func.count().label("people"))
        .group_by(picked.c.address_id, *where, else_sms)
        .subquery("each")
    )
    of_person = (person.c.language, person.c.polish_letters)
    alike = (each.c.channel, each.c.state, each.c.announcements, each.c.by_sms_else, *of_person)
    return (
        select(
            *alike, cast(func.sum(each.c.people), Integer).label("people"), func.count().label("addresses")
        )
        .join_from(each, person, person.c.id == each.c.first)
        .group_by(*alike)
    )


def _has_sms(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether that person has a number that takes words."""
    theirs, number = person_address.alias(), address.alias()
    return exists().where(
        theirs.c.person_id == person_id,
        number.c.id == theirs.c.address_id,
        number.c.channel == "sms",
        number.c.state == "active",
    )


@lru_cache
def _choose(*kind: Any) -> Insert:
    *of_audience, opted_out = kind
    picked = _picked(*of_audience)
    there = exists().where(_TO.c.announcement_id == _ID, _TO.c.person_id == picked.c.person_id)
    whom = select(_ID, picked.c.person_id, picked.c.address_id, literal(False, Boolean)).where(~there)
    if not opted_out:
        hears = and_(picked.c.state == "active", picked.c.announcements)
        whom = whom.where(or_(picked.c.address_id.is_(None), hears))
    return insert(_TO).from_select(["announcement_id", "person_id", "address_id", "by_change"], whom)


def _key(person_id: Any, address_id: Any) -> ColumnElement[str]:
    """`announcement:{id}:{address}`, or with a `p` and the person where there is no address."""
    where = func.coalesce(cast(address_id, String), literal("p", String).concat(cast(person_id, String)))
    return literal("announcement:", String).concat(cast(_ID, String)).concat(":").concat(where)


def _by_language(name: str, kind: Any) -> ColumnElement[Any]:
    said = {language: bindparam(f"of_{name}_{language}", type_=kind) for language in ("uk", "en", "pl")}
    return case(
        (person.c.language == "uk", said["uk"]), (person.c.language == "en", said["en"]), else_=said["pl"]
    )


@lru_cache
def _queue(dialect: str) -> Insert:
    alone = case((_TO.c.address_id.is_(None), _TO.c.person_id), else_=0)
    new = (
        select(_TO.c.address_id, func.min(_TO.c.person_id).label("first"))
        .where(_TO.c.announcement_id == _ID, _TO.c.message_id.is_(None), ~_TO.c.by_change)
        .group_by(_TO.c.address_id, alone)
        .subquery("new")
    )
    there = exists().where(message.c.announcement_id == _ID, message.c.address_id == new.c.address_id)
    columns: dict[str, Any] = {
        "key": _key(new.c.first, new.c.address_id),
        "announcement_id": _ID,
        "person_id": new.c.first,
        "address_id": new.c.address_id,
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
    rows = (
        select(*columns.values())
        .join_from(new, person, person.c.id == new.c.first)
        .outerjoin(address, address.c.id == new.c.address_id)
        .where(~there)
        .order_by(new.c.first)
    )
    kind = postgresql if dialect == "postgresql" else sqlite
    written: Insert = kind.insert(message).from_select(list(columns), rows).on_conflict_do_nothing()
    return written


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
