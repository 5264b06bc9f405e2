"""Finding participants by the beginnings of their names, or by the last digits of their number: by the words kept for that."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, delete, insert, select

from storage.database import Transaction
from storage.tables import person, person_word

_FOUND: Select[Any] = (
    select(person.c.id, person.c.full_name, person.c.phone, person.c.contract_until)
    .where(person.c.ended_at.is_(None))
    .order_by(person.c.name_key, person.c.id)
    .limit(bindparam("most"))
)
_FORGET = delete(person_word).where(person_word.c.person_id == bindparam("whose"))
_KNOWN = select(person.c.kind, person.c.name_key, person.c.phone).where(person.c.id == bindparam("whose"))

# By bytes, as the index has them: by a language's order a beginning would find nothing there.
_COMPARED = {"postgresql": ("~>=~", "~<~"), "sqlite": (">=", "<")}


def keep_words(tx: Transaction, person_id: int) -> None:
    """Let a participant be found by the name and number that they have now; staff are not looked for so."""
    known = tx.connection.execute(_KNOWN, {"whose": person_id}).one()
    tx.connection.execute(_FORGET, {"whose": person_id})
    words = words_of(known.name_key, known.phone) if known.kind == "participant" else set()
    if words:
        rows = [{"person_id": person_id, "word": word} for word in sorted(words)]
        tx.connection.execute(insert(person_word), rows)


def words_of(name_key: str, phone: str) -> set[str]:
    """What a person is found by: of a double name each part that it can be begun with, and the number's digits backwards."""
    parts = [word.split("-") for word in name_key.split()]
    words = {"-".join(part[begin:]) for part in parts for begin in range(len(part))}
    return (words | {backwards(phone)}) - {""}


def backwards(phone: str) -> str:
    """So that the end of a number is a beginning."""
    return "".join(digit for digit in reversed(phone) if digit.isdecimal())


def named(tx: Transaction, beginnings: Sequence[str], limit: int) -> list[Row[Any]]:
    """Whoever has, for each of these, a word in their name that begins so; by name."""
    return _beginning(tx, beginnings, limit)


def numbered(tx: Transaction, digits: str, limit: int) -> list[Row[Any]]:
    """Whoever's number ends so; by name."""
    return _beginning(tx, [backwards(digits)], limit)


def _beginning(tx: Transaction, beginnings: Sequence[str], limit: int) -> list[Row[Any]]:
    values: dict[str, Any] = {"most": limit}
    for number, one in enumerate(beginnings):
        values |= {f"from_{number}": one, f"until_{number}": one[:-1] + chr(ord(one[-1]) + 1)}
    return list(tx.connection.execute(_statement(tx.dialect, len(beginnings)), values))


@lru_cache
def _statement(dialect: str, count: int) -> Select[Any]:
    return _FOUND.where(*(person.c.id.in_(_having(dialect, number)) for number in range(count)))


def _having(dialect: str, number: int) -> Select[Any]:
    """Whoever has a word of that beginning."""
    at_least, below = _COMPARED[dialect]
    word = person_word.c.word
    begins: tuple[ColumnElement[bool], ...] = (
        word.bool_op(at_least)(bindparam(f"from_{number}")),
        word.bool_op(below)(bindparam(f"until_{number}")),
    )
    return select(person_word.c.person_id).where(*begins)
