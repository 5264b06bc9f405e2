"""Finding participants by the beginnings of their names, or by the last digits of their number."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, or_, select

from storage.database import Transaction
from storage.tables import person

_FOUND: Select[Any] = (
    select(person.c.id, person.c.full_name, person.c.phone, person.c.contract_until)
    .where(person.c.kind == "participant", person.c.ended_at.is_(None), person.c.name_key != "")
    .order_by(person.c.name_key, person.c.id)
)


def named(tx: Transaction, beginnings: Sequence[str], limit: int) -> list[Row[Any]]:
    """Whoever has, for each of these, a word in their name that begins so; by name."""
    key = person.c.name_key
    each = [
        or_(
            key.startswith(one, autoescape=True),
            *(key.contains(f"{gap}{one}", autoescape=True) for gap in " -"),
        )
        for one in beginnings
    ]
    return list(tx.connection.execute(_FOUND.where(and_(*each)).limit(limit)))


def numbered(tx: Transaction, digits: str, limit: int) -> list[Row[Any]]:
    """Whoever's number ends so; by name."""
    return list(
        tx.connection.execute(_FOUND.where(person.c.phone.endswith(digits, autoescape=True)).limit(limit))
    )
