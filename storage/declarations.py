"""Who was asked on which day whether they are well, and who declared it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import declaration

_OF_DAY = select(declaration).where(
    declaration.c.day == bindparam("of_day"),
    declaration.c.person_id.in_(bindparam("people", expanding=True)),
)
_DELETE = delete(declaration).where(declaration.c.day < bindparam("before"))


def ask(tx: Transaction, person_ids: Collection[int], day: date, text_version: str) -> set[int]:
    """Write that those people are asked for that day; return whom nobody had asked before.

    Sorted: two workers at once wait for each other, and never in a circle.
    """
    if not person_ids:
        return set()
    rows = [
        {"person_id": one, "day": day, "text_version": text_version, "asked_at": tx.now}
        for one in sorted(person_ids)
    ]
    new = insert_new(tx, declaration).returning(declaration.c.person_id)
    return set(tx.connection.execute(new, rows).scalars())


def nudge(tx: Transaction, person_ids: Collection[int], day: date) -> set[int]:
    """Write that those people are asked a second time; return who had neither been nor declared."""
    which = declaration.c.person_id.in_(person_ids), declaration.c.day == day
    still = declaration.c.nudged_at.is_(None), declaration.c.declared_at.is_(None)
    nudged = update(declaration).where(*which, *still).values(nudged_at=tx.now)
    return set(tx.connection.execute(nudged.returning(declaration.c.person_id)).scalars())


def declare(tx: Transaction, person_ids: Collection[int], day: date) -> None:
    """Write that those people, who were asked, have declared; the first time counts."""
    which = declaration.c.person_id.in_(person_ids), declaration.c.day == day
    tx.connection.execute(
        update(declaration).where(*which, declaration.c.declared_at.is_(None)).values(declared_at=tx.now)
    )


def of_day(tx: Transaction, day: date, person_ids: Collection[int]) -> Sequence[Row[Any]]:
    """What is known of those people for that day; nothing of those who were not asked."""
    return tx.connection.execute(_OF_DAY, {"of_day": day, "people": list(person_ids)}).all()


def delete_before(tx: Transaction, day: date) -> int:
    """Forget every row of a day before that one; return how many there were."""
    return tx.connection.execute(_DELETE, {"before": day}).rowcount
