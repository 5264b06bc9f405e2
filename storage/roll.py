"""The roll of participants, a page at a time: by name, from where the page before ended, so that its length costs nothing."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, exists, not_, select, tuple_

from storage.database import Transaction
from storage.tables import address, person, person_address


def page(tx: Transaction, only: str, *, after: int | None, limit: int, until: date) -> list[Row[Any]]:
    """Participants by name.

    Args:
        only: 'here', or those of them of a kind: 'ends' (the contract ends by `until`), 'unreached', 'may_be'; or 'ended'.
        after: those after this person; None begins at the beginning.
    """
    values: dict[str, Any] = {"most": limit}
    if only == "ends":
        values["until"] = until
    statement = _PAGES[only]
    if after is not None:
        statement = statement.where(_KEY > _AFTER)
        values["after"] = after
    return list(tx.connection.execute(statement, values))


# Built once: to build a statement anew costs as much as to run it. (kind, name_key, phone) is the key of an index.
_KEY = tuple_(person.c.name_key, person.c.phone)
_ROW: Select[Any] = (
    select(
        person.c.id,
        person.c.kind,
        person.c.full_name,
        person.c.phone,
        person.c.language,
        person.c.polish_letters,
        person.c.contract_until,
        person.c.may_be_id,
        person.c.ended_at,
        person.c.writes_only,
        person.c.word_hash,
    )
    .where(person.c.kind == "participant", person.c.name_key != "")
    .order_by(person.c.name_key, person.c.phone)
    .limit(bindparam("most"))
)
_before = person.alias()
_AFTER = tuple_(
    select(_before.c.name_key).where(_before.c.id == bindparam("after")).scalar_subquery(),
    select(_before.c.phone).where(_before.c.id == bindparam("after")).scalar_subquery(),
)
_IS_REACHED = (
    exists()
    .where(
        person_address.c.person_id == person.c.id,
        address.c.id == person_address.c.address_id,
        address.c.state == "active",
    )
    .correlate(person)
)
_HERE = person.c.ended_at.is_(None)
_ONLY: dict[str, tuple[ColumnElement[bool], ...]] = {
    "here": (_HERE,),
    "ends": (_HERE, person.c.contract_until <= bindparam("until")),
    "unreached": (_HERE, not_(_IS_REACHED)),
    "may_be": (_HERE, person.c.may_be_id.is_not(None)),
    "ended": (person.c.ended_at.is_not(None), person.c.erased_at.is_(None)),
}
_PAGES = {only: _ROW.where(*which) for only, which in _ONLY.items()}
