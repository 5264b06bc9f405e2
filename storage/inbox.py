"""What came in, by the provider's id; never its words."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction
from storage.tables import address as address_table
from storage.tables import inbox

_LOCK = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("key"), 0)))
_TAKE = {
    name: kind.insert(inbox).on_conflict_do_nothing().returning(inbox.c.id)
    for name, kind in (("postgresql", postgresql), ("sqlite", sqlite))
}
_WHOSE = select(address_table.c.id).where(
    address_table.c.channel == inbox.c.channel,
    address_table.c.account == inbox.c.account,
    address_table.c.address == bindparam("whose"),
)
_NOTE = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"))
    .values(address_id=_WHOSE.scalar_subquery(), meaning=bindparam("meant"), status=bindparam("became"))
)
_LATELY = (inbox.c.address_id == bindparam("of_address"), inbox.c.received_at > bindparam("since"))
_COUNT = select(func.count()).where(*_LATELY)
_MEANINGS = (
    select(inbox.c.meaning)
    .where(*_LATELY)
    .order_by(inbox.c.received_at.desc(), inbox.c.id.desc())
    .limit(bindparam("most"))
)


def lock_address(tx: Transaction, channel: str, address: str) -> None:
    """Let one address's messages through one by one; on SQLite the write lock does that already."""
    if tx.dialect == "postgresql":
        tx.connection.execute(_LOCK, {"key": f"address:{channel}:{address}"})


def take_in(tx: Transaction, channel: str, account: str, provider_id: str) -> int | None:
    """The new row's id; None if that message was here before."""
    row = {"channel": channel, "account": account, "provider_id": provider_id, "received_at": tx.now}
    return tx.connection.execute(_TAKE[tx.dialect], row).scalar_one_or_none()


def known(tx: Transaction, channel: str, account: str, provider_ids: Collection[str]) -> set[str]:
    """Which of those are here already."""
    asked = select(inbox.c.provider_id).where(
        inbox.c.channel == channel, inbox.c.account == account, inbox.c.provider_id.in_(provider_ids)
    )
    return set(tx.connection.execute(asked).scalars())


def has_any(tx: Transaction, channel: str, account: str) -> bool:
    """Whether anything ever came in there."""
    asked = select(inbox.c.id).where(inbox.c.channel == channel, inbox.c.account == account).limit(1)
    return tx.connection.execute(asked).first() is not None


def count(tx: Transaction, address_id: int, *, since: datetime) -> int:
    """How many messages of that address were handled after `since`."""
    return int(tx.connection.execute(_COUNT, {"of_address": address_id, "since": since}).scalar_one())


def meanings(tx: Transaction, address_id: int, *, since: datetime, limit: int) -> list[str]:
    """What the last of them were understood to mean, the newest first."""
    values = {"of_address": address_id, "since": since, "most": limit}
    return list(tx.connection.execute(_MEANINGS, values).scalars())


def note(tx: Transaction, inbox_id: int, *, address: str, meaning: str, status: str = "handled") -> None:
    """Keep whose message it was, and what it was understood to mean or that it failed."""
    tx.connection.execute(_NOTE, {"row": inbox_id, "whose": address, "meant": meaning, "became": status})
