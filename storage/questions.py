"""The questions that messages carry, as the ledger writes them; storage/talk.py reads them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import insert, update

from storage.database import Transaction
from storage.tables import question

_INSERT = insert(question)


def insert_questions(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write questions, each with the message that asks it."""
    tx.connection.execute(_INSERT, rows)


def follow(tx: Transaction, message_ids: Collection[int], address_id: int) -> None:
    """The questions of messages that go to another address now are asked there."""
    tx.connection.execute(
        update(question).where(question.c.message_id.in_(message_ids)).values(address_id=address_id)
    )
