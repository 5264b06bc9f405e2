"""What is remembered of addresses: whom each leads to, whether words may go there, and what was asked for there."""

from collections.abc import Collection
from typing import Any, Literal

from sqlalchemy import Row, Select, and_, bindparam, func, insert, or_, select, update

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import address, consent, message, person, person_address

_ADDRESS: Select[Any] = select(
    address.c.id,
    address.c.channel,
    address.c.account,
    address.c.address,
    address.c.state,
    address.c.announcements,
)


_AT = _ADDRESS.where(
    address.c.channel == bindparam("of_channel"),
    address.c.account == bindparam("of_account"),
    address.c.address == bindparam("where"),
)
_OF_PEOPLE = (
    _ADDRESS.add_columns(person_address.c.person_id)
    .join(person_address, person_address.c.address_id == address.c.id)
    .where(person_address.c.person_id.in_(bindparam("people", expanding=True)))
    .order_by(person_address.c.person_id, address.c.id)
)


def address_at(tx: Transaction, channel: str, account: str, where: str) -> Row[Any] | None:
    """One address, by what the channel calls it."""
    given = {"of_channel": channel, "of_account": account, "where": where}
    return tx.connection.execute(_AT, given).one_or_none()


def address_of_id(tx: Transaction, address_id: int) -> Row[Any] | None:
    """One address, by id."""
    return tx.connection.execute(_ADDRESS.where(address.c.id == address_id)).one_or_none()


def add_address(tx: Transaction, channel: str, account: str, where: str) -> None:
    """Write an address, unless it is there."""
    row = {"channel": channel, "account": account, "address": where, "since": tx.now}
    tx.connection.execute(insert_new(tx, address).values(row))


def change_address(tx: Transaction, address_id: int, **values: Any) -> None:
    """Change those columns of an address."""
    tx.connection.execute(update(address).where(address.c.id == address_id).values(**values))


def addresses_of(tx: Transaction, person_ids: Collection[int]) -> list[Row[Any]]:
    """The addresses of those people, each with its `person_id`."""
    return list(tx.connection.execute(_OF_PEOPLE, {"people": list(person_ids)}))


def link(tx: Transaction, person_id: int, address_id: int) -> bool:
    """Let words for that person go there; False if they did already."""
    row = {"person_id": person_id, "address_id": address_id, "linked_at": tx.now}
    linked = insert_new(tx, person_address).values(row).returning(person_address.c.person_id)
    return tx.connection.execute(linked).scalar_one_or_none() is not None


def latest_account(tx: Transaction, channel: str) -> str | None:
    """The account under which the newest address of that channel stands."""
    asked = (
        select(address.c.account).where(address.c.channel == channel).order_by(address.c.id.desc()).limit(1)
    )
    return tx.connection.execute(asked).scalar_one_or_none()


def move_addresses(
    tx: Transaction, channel: str, account: str, *, away_from: str | None = None, only: str | None = None
) -> int:
    """Put a channel's addresses under that account, and what waits for them; return how many were moved.

    Args:
        away_from: only those under this account; None means whatever other.
        only: only this address.
    """
    there = select(address.c.address).where(address.c.channel == channel, address.c.account == account)
    moved = update(address).where(
        address.c.channel == channel,
        address.c.account != account if away_from is None else address.c.account == away_from,
        address.c.address.not_in(there),
    )
    if only is not None:
        moved = moved.where(address.c.address == only)
    ids = tx.connection.execute(moved.values(account=account).returning(address.c.id)).scalars().all()
    if ids:
        waiting = update(message).where(message.c.address_id.in_(ids), message.c.status == "waiting")
        tx.connection.execute(waiting.values(account=account))
    return len(ids)


def count_under(tx: Transaction, channel: str, account: str) -> int:
    """How many addresses of that channel stand under that account."""
    asked = select(func.count()).where(address.c.channel == channel, address.c.account == account)
    return int(tx.connection.execute(asked).scalar_one())


def own_addresses(tx: Transaction, address_id: int) -> list[Row[Any]]:
    """That address, and those that lead to the same people and to nobody else who is here."""
    here = (
        select(person_address.c.person_id)
        .join(person, person.c.id == person_address.c.person_id)
        .where(person_address.c.address_id == address_id, person.c.ended_at.is_(None))
    )
    theirs = select(person_address.c.address_id).where(person_address.c.person_id.in_(here))
    shared = (
        select(person_address.c.address_id)
        .join(person, person.c.id == person_address.c.person_id)
        .where(person_address.c.person_id.not_in(here), person.c.ended_at.is_(None))
    )
    asked = _ADDRESS.where(
        or_(address.c.id == address_id, and_(address.c.id.in_(theirs), address.c.id.not_in(shared)))
    )
    return list(tx.connection.execute(asked.order_by(address.c.id)))


def log_consent(
    tx: Transaction, address_id: int, topic: Literal["all", "announcements"], *, allowed: bool
) -> int:
    """Write down what was asked for; return the line's id."""
    row = {"address_id": address_id, "topic": topic, "allowed": allowed, "at": tx.now}
    return int(tx.connection.execute(insert(consent).values(row).returning(consent.c.id)).scalar_one())
