"""What is remembered of people: participants, and staff with their roles."""

from datetime import date
from typing import Any

from sqlalchemy import Row, Select, bindparam, select, text, update

from storage import finding
from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import person, person_address, staff

# Any number: two lists that name the same people in another order would deadlock.
LOCK = 7_281_408

_PERSON: Select[Any] = select(
    person.c.id,
    person.c.kind,
    person.c.code,
    person.c.full_name,
    person.c.phone,
    person.c.language,
    person.c.polish_letters,
    person.c.contract_until,
    person.c.may_be_id,
    person.c.ended_at,
    person.c.erased_at,
    person.c.writes_only,
    person.c.word_hash,
)


_AT_ADDRESS = (
    _PERSON.join(person_address, person_address.c.person_id == person.c.id)
    .where(
        person_address.c.address_id == bindparam("of_address"),
        person.c.kind == bindparam("of_kind"),
        person.c.ended_at.is_(None),
    )
    .order_by(person.c.id)
)


def lock_enrolment(tx: Transaction) -> None:
    """Wait until nobody else is enrolling a list; SQLite has one writer anyway."""
    if tx.dialect == "postgresql":
        tx.connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))


def person_of(tx: Transaction, person_id: int) -> Row[Any] | None:
    """One person, by id."""
    return tx.connection.execute(_PERSON.where(person.c.id == person_id)).one_or_none()


def staff_of_code(tx: Transaction, code: str) -> Row[Any] | None:
    """The specialist whom the club's file calls by that code."""
    return tx.connection.execute(_PERSON.where(person.c.code == code)).one_or_none()


def specialists(tx: Transaction) -> list[Row[Any]]:
    """Everybody whom a club's file named, now or once."""
    return list(tx.connection.execute(_PERSON.where(person.c.code.is_not(None))))


def namesakes(tx: Transaction, kind: str, name_key: str) -> list[Row[Any]]:
    """Everybody of that kind and name, the first enrolled first."""
    return _people(tx, _PERSON.where(person.c.kind == kind, person.c.name_key == name_key))


def participants(tx: Transaction, *, with_ended: bool = False) -> list[Row[Any]]:
    """Every participant, by id."""
    # Without a name is whoever the visits of long ago belong to (storage/retention.py).
    asked = _PERSON.where(person.c.kind == "participant", person.c.name_key != "")
    return _people(tx, asked if with_ended else asked.where(person.c.ended_at.is_(None)))


def participants_with_phone(tx: Transaction, phone: str) -> list[Row[Any]]:
    """The participants of that number who have not left."""
    asked = _PERSON.where(
        person.c.kind == "participant", person.c.phone == phone, person.c.ended_at.is_(None)
    )
    return _people(tx, asked)


def contracts_ending(tx: Transaction, first: date, last: date) -> list[Row[Any]]:
    """The participants here whose contract ends on one of those days, both counted."""
    asked = _PERSON.where(
        person.c.kind == "participant",
        person.c.contract_until.between(first, last),
        person.c.ended_at.is_(None),
    )
    return _people(tx, asked)


def add_person(tx: Transaction, **values: Any) -> int | None:
    """Write a person; None if one of that kind, name and number is there already."""
    statement = insert_new(tx, person).values(enrolled_at=tx.now, **values).returning(person.c.id)
    new = tx.connection.execute(statement).scalar_one_or_none()
    if new is not None:
        finding.keep_words(tx, new)
    return new


def change_person(tx: Transaction, person_id: int, **values: Any) -> None:
    """Change those columns of a person."""
    tx.connection.execute(update(person).where(person.c.id == person_id).values(**values))
    if values.keys() & {"name_key", "phone"}:
        finding.keep_words(tx, person_id)


def role_of(tx: Transaction, person_id: int) -> str | None:
    """What that member of staff may do; None for anybody else."""
    return tx.connection.execute(
        select(staff.c.role).where(staff.c.person_id == person_id)
    ).scalar_one_or_none()


def add_role(tx: Transaction, person_id: int, role: str) -> None:
    """Make that person a member of staff, unless they are one."""
    tx.connection.execute(insert_new(tx, staff).values(person_id=person_id, role=role, since=tx.now))


def set_role(tx: Transaction, person_id: int, role: str) -> None:
    """Give that person this role, whatever theirs was."""
    add_role(tx, person_id, role)
    tx.connection.execute(update(staff).where(staff.c.person_id == person_id).values(role=role))


def people_at(tx: Transaction, address_id: int, kind: str = "participant") -> list[Row[Any]]:
    """Those of that kind who are linked to an address and have not left, by id."""
    return list(tx.connection.execute(_AT_ADDRESS, {"of_address": address_id, "of_kind": kind}))


def _people(tx: Transaction, asked: Select[Any]) -> list[Row[Any]]:
    return list(tx.connection.execute(asked.order_by(person.c.id)))
