"""Which version of the information clause somebody was shown, where and when."""

from sqlalchemy import insert

from storage.database import Transaction
from storage.tables import clause_shown


def note_shown(tx: Transaction, person_id: int, version: str, channel: str) -> None:
    """Write it down."""
    row = {"person_id": person_id, "version": version, "channel": channel, "at": tx.now}
    tx.connection.execute(insert(clause_shown).values(row))
