"""What came in, by the provider's id; never its words."""

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction
from storage.tables import address as address_table
from storage.tables import inbox


def lock_address(tx: Transaction, channel: str, address: str) -> None:
    """Let one address's messages through one by one; on SQLite the write lock does that already."""
    if tx.dialect == "postgresql":
        key = func.hashtextextended(f"address:{channel}:{address}", 0)
        tx.connection.execute(select(func.pg_advisory_xact_lock(key)))


def take_in(tx: Transaction, channel: str, account: str, provider_id: str) -> int | None:
    """The new row's id; None if that message was here before."""
    insert = (postgresql if tx.dialect == "postgresql" else sqlite).insert(inbox)
    row = insert.values(channel=channel, account=account, provider_id=provider_id, received_at=tx.now)
    return tx.connection.execute(row.on_conflict_do_nothing().returning(inbox.c.id)).scalar_one_or_none()


def note(tx: Transaction, inbox_id: int, *, address: str, meaning: str, status: str = "handled") -> None:
    """Keep whose message it was, and what it was understood to mean or that it failed."""
    whose = select(address_table.c.id).where(
        address_table.c.channel == inbox.c.channel,
        address_table.c.account == inbox.c.account,
        address_table.c.address == address,
    )
    row = update(inbox).where(inbox.c.id == inbox_id)
    tx.connection.execute(row.values(address_id=whose.scalar_subquery(), meaning=meaning, status=status))
