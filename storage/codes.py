"""What is remembered of the one-time codes: their hashes, their use, and wrong guesses, at them and at somebody's word."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, update

from storage.database import Transaction
from storage.tables import link_code, wrong_code


def replace_code(tx: Transaction, person_id: int, code_hash: str, expires_at: datetime) -> None:
    """Keep that code for the person; an earlier one that nobody used is no longer any good."""
    unused = link_code.c.person_id == person_id, link_code.c.used_at.is_(None)
    tx.connection.execute(delete(link_code).where(*unused))
    row = {"person_id": person_id, "code_hash": code_hash, "expires_at": expires_at}
    tx.connection.execute(insert(link_code).values(row))


def code(tx: Transaction, code_hash: str) -> Row[Any] | None:
    """That code, by its hash."""
    asked: Select[Any] = select(
        link_code.c.id, link_code.c.person_id, link_code.c.expires_at, link_code.c.used_at
    )
    return tx.connection.execute(asked.where(link_code.c.code_hash == code_hash)).one_or_none()


def use_code(tx: Transaction, code_id: int) -> bool:
    """Use it up; False if somebody was faster."""
    used = update(link_code).where(link_code.c.id == code_id, link_code.c.used_at.is_(None))
    return tx.connection.execute(used.values(used_at=tx.now)).rowcount == 1


def note_wrong_code(tx: Transaction, address_id: int) -> None:
    """Count a guess."""
    tx.connection.execute(insert(wrong_code).values(address_id=address_id, at=tx.now))


def wrong_codes(tx: Transaction, address_id: int, since: datetime) -> int:
    """How many guesses an address has made since then."""
    at_codes = wrong_code.c.address_id == address_id, wrong_code.c.person_id.is_(None)
    asked = select(func.count()).where(*at_codes, wrong_code.c.at > since)
    return int(tx.connection.execute(asked).scalar_one())


def note_wrong_word(tx: Transaction, address_id: int, person_id: int) -> None:
    """Count a guess at that person's word."""
    row = {"address_id": address_id, "person_id": person_id, "at": tx.now}
    tx.connection.execute(insert(wrong_code).values(row))


def wrong_words(tx: Transaction, person_id: int, since: datetime) -> int:
    """How many guesses at that person's word were made since then, from anywhere."""
    asked = select(func.count()).where(wrong_code.c.person_id == person_id, wrong_code.c.at > since)
    return int(tx.connection.execute(asked).scalar_one())


def forget_wrong_words(tx: Transaction, person_id: int) -> None:
    """Begin to count anew."""
    tx.connection.execute(delete(wrong_code).where(wrong_code.c.person_id == person_id))
