"""Which times were offered to those who wait, and what became of each offer."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, select, update

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import offer, person, service, waiting
from storage.tables.base import UtcDateTime


def offer_of(tx: Transaction, offer_id: int) -> Row[Any] | None:
    """That offer, with what it is of."""
    found: Row[Any] | None = tx.connection.execute(_ONE, {"offer": offer_id}).one_or_none()
    return found


def open_offers(tx: Transaction) -> list[Row[Any]]:
    """Every offer that waits for an answer, the oldest first."""
    return list(tx.connection.execute(_OPEN_ONES))


def latest(tx: Transaction, since: datetime, limit: int) -> list[Row[Any]]:
    """What became of the latest offers made since then, with whom and for what, the newest first."""
    return list(tx.connection.execute(_LATEST, {"since": since, "most": limit}))


def offered_to(tx: Transaction, person_ids: Collection[int]) -> set[tuple[int, datetime]]:
    """(person, time) of whatever was ever offered to those people and is still to come."""
    values = {"people": list(person_ids), "now": tx.now}
    return {(row.person_id, row.starts_at) for row in tx.connection.execute(_OFFERED, values)}


def insert_offer(
    tx: Transaction, waiting_id: int, person_id: int, starts_at: datetime, expires_at: datetime
) -> int | None:
    """Write an offer; None, and nothing written, if the person has an open one, or had this one before."""
    row = {
        "waiting_id": waiting_id,
        "person_id": person_id,
        "starts_at": starts_at,
        "offered_at": tx.now,
        "expires_at": expires_at,
    }
    written = insert_new(tx, offer).values(row).returning(offer.c.id)
    return tx.connection.execute(written).scalar_one_or_none()


def close(tx: Transaction, offer_ids: Collection[int], outcome: str) -> None:
    """Say what became of these; what was taken stays so."""
    tx.connection.execute(_CLOSE, {"offers": list(offer_ids), "became": outcome})


def expire(tx: Transaction) -> None:
    """End every open offer whose minutes have passed, or whose waiting is over."""
    tx.connection.execute(_EXPIRE, {"now": tx.now})


# Built once: to build a statement anew costs as much as to run it.
_NOW = bindparam("now", type_=UtcDateTime())
_IS_OPEN = offer.c.outcome == "open"
_ROWS: Select[Any] = (
    select(
        offer.c.id,
        offer.c.waiting_id,
        offer.c.person_id,
        offer.c.starts_at,
        offer.c.expires_at,
        offer.c.outcome,
        service.c.code.label("service"),
        waiting.c.appointment_id,
        waiting.c.ended_at,
    )
    .join_from(offer, waiting, waiting.c.id == offer.c.waiting_id)
    .join(service, service.c.id == waiting.c.service_id)
)
_ONE = _ROWS.where(offer.c.id == bindparam("offer"))
_OPEN_ONES = _ROWS.where(_IS_OPEN).order_by(offer.c.id)
_LATEST = (
    select(
        offer.c.id,
        offer.c.person_id,
        person.c.full_name.label("person"),
        service.c.code.label("service"),
        offer.c.starts_at,
        offer.c.offered_at,
        offer.c.expires_at,
        offer.c.outcome,
    )
    .join_from(offer, waiting, waiting.c.id == offer.c.waiting_id)
    .join(service, service.c.id == waiting.c.service_id)
    .join(person, person.c.id == offer.c.person_id)
    .where(offer.c.offered_at >= bindparam("since", type_=UtcDateTime()))
    .order_by(offer.c.offered_at.desc(), offer.c.id.desc())
    .limit(bindparam("most"))
)
_OFFERED = select(offer.c.person_id, offer.c.starts_at).where(
    offer.c.person_id.in_(bindparam("people", expanding=True)), offer.c.starts_at > _NOW
)
_CLOSE = (
    update(offer)
    .where(offer.c.id.in_(bindparam("offers", expanding=True)), offer.c.outcome != "taken")
    .values(outcome=bindparam("became", type_=offer.c.outcome.type))
)
_OVER = select(waiting.c.id).where(waiting.c.ended_at.is_not(None))
_EXPIRE = (
    update(offer)
    .where(and_(_IS_OPEN, (offer.c.expires_at <= _NOW) | offer.c.waiting_id.in_(_OVER)))
    .values(outcome="expired")
)
