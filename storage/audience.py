"""Whom an announcement is for, found in one statement however many they are."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Row,
    Select,
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
)
from sqlalchemy.sql.dml import Insert
from sqlalchemy.sql.selectable import Subquery

from storage.database import Transaction
from storage.tables import address, announcement_recipient, claim, membership, person, person_address
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


def _picked(rungs: tuple[str, ...], in_group: bool, in_span: bool, by_channel: bool) -> Subquery:
    """Of each of them the address that words go to; none if there is none left."""
    ranked = _ranked(rungs)
    if in_group:
        theirs = membership.c.person_id == person.c.id
        ranked = ranked.join(membership, theirs).where(membership.c.group_id == bindparam("of_group"))
    if in_span:
        ranked = ranked.where(_COMES)
    first = ranked.subquery("ranked")
    picked = select(first).where(first.c.place == 1)
    if by_channel:
        picked = picked.where(first.c.channel == bindparam("by_channel"))
    return picked.subquery("picked")


def _ranked(rungs: tuple[str, ...]) -> Select[Any]:
    """The addresses of each participant, the one that words go to first in `place`."""
    rung = case(*((address.c.channel == name, number) for number, name in enumerate(rungs)), else_=0)
    order = case((address.c.state == "active", 0), (address.c.state == "stopped", 1), else_=2)
    place = func.row_number().over(partition_by=person.c.id, order_by=(order, rung, address.c.id))
    usable = and_(address.c.id == person_address.c.address_id, address.c.state.in_(("active", "stopped")))
    return (
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


_COMES = exists().where(
    claim.c.person_id == person.c.id,
    claim.c.starts_at < bindparam("ends", type_=UtcDateTime),
    claim.c.ends_at > bindparam("begins", type_=UtcDateTime),
)
