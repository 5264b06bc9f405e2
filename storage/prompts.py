"""Whom the morning's health prompt may reach, what stands in the diary of a day, and who has been silent."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Integer,
    Row,
    bindparam,
    func,
    literal,
    literal_column,
    null,
    select,
    type_coerce,
    update,
)

from storage.database import Transaction
from storage.tables import (
    address,
    appointment,
    claim,
    declaration,
    inbox,
    message,
    person,
    person_address,
    room,
    station,
    todo,
)
from storage.tables import session as session_
from storage.tables.base import UtcDateTime

_NOT_ASKED = ~(
    select(declaration.c.person_id)
    .where(declaration.c.person_id == person.c.id, declaration.c.day == bindparam("of_day"))
    .correlate(person)
    .exists()
)
_REACHED = (
    select(
        person.c.id.label("person_id"),
        person.c.kind,
        person.c.full_name,
        person.c.language,
        person.c.self_check,
        person.c.contract_until,
        person.c.enrolled_at,
        address.c.id,
        address.c.channel,
        address.c.state,
    )
    .join_from(person, person_address, person_address.c.person_id == person.c.id)
    .join(address, address.c.id == person_address.c.address_id)
    .where(
        person.c.ended_at.is_(None),
        person.c.erased_at.is_(None),
        person.c.self_check != "never",
        address.c.state == "active",
        address.c.channel.in_(bindparam("channels", expanding=True)),
    )
    .order_by(person.c.id, address.c.id)
)
_NOT_ASKED_YET = _REACHED.where(_NOT_ASKED)
_THESE = _REACHED.where(person.c.id.in_(bindparam("people", expanding=True)))

_BEGINS = (
    appointment.c.starts_at >= bindparam("begins", type_=UtcDateTime()),
    appointment.c.starts_at < bindparam("ends", type_=UtcDateTime()),
)
_VISITS = (
    select(
        appointment.c.id,
        appointment.c.participant_id,
        appointment.c.specialist_id,
        appointment.c.starts_at,
        appointment.c.ends_at,
        appointment.c.version,
        appointment.c.booked_at,
        station.c.code.label("place"),
        type_coerce(null(), Integer).label("session_id"),
    )
    .join_from(appointment, station, station.c.id == appointment.c.station_id)
    .where(appointment.c.status.in_(("booked", "confirmed")), *_BEGINS)
    .order_by(appointment.c.starts_at, appointment.c.id)
)
# One row for each of its people whose time is claimed; when it was made says nothing of whether they know of it.
_SESSIONS = (
    select(
        type_coerce(null(), Integer).label("id"),
        claim.c.person_id.label("participant_id"),
        session_.c.leader_id.label("specialist_id"),
        session_.c.starts_at,
        session_.c.ends_at,
        session_.c.version,
        literal(datetime(2000, 1, 1, tzinfo=UTC), UtcDateTime()).label("booked_at"),
        room.c.code.label("place"),
        session_.c.id.label("session_id"),
    )
    .join_from(session_, claim, claim.c.session_id == session_.c.id)
    .join(room, room.c.id == session_.c.room_id)
    .where(
        session_.c.status == "planned",
        claim.c.person_id != session_.c.leader_id,
        session_.c.starts_at >= bindparam("begins", type_=UtcDateTime()),
        session_.c.starts_at < bindparam("ends", type_=UtcDateTime()),
    )
    .order_by(session_.c.starts_at, session_.c.id, claim.c.person_id)
)
_UNDECLARED = (
    select(declaration.c.person_id, declaration.c.asked_at)
    .where(declaration.c.day == bindparam("of_day"))
    .where(declaration.c.declared_at.is_(None), declaration.c.nudged_at.is_(None))
)
# Those asked so often without declaring it: only of them more has to be known.
_OFTEN_ASKED = (
    select(declaration.c.person_id)
    .where(declaration.c.declared_at.is_(None))
    .group_by(declaration.c.person_id)
    .having(func.count() >= bindparam("often"))
)
_ASKED_AT = select(declaration.c.person_id, declaration.c.asked_at).where(
    declaration.c.person_id.in_(bindparam("people", expanding=True)), declaration.c.declared_at.is_(None)
)
_PAUSED = (
    select(todo.c.person_id, func.max(todo.c.created_at))
    .where(todo.c.text == bindparam("todo_text"), todo.c.person_id.is_not(None))
    .group_by(todo.c.person_id)
)
_WROTE = (
    select(person_address.c.person_id, func.max(inbox.c.received_at))
    .join(inbox, inbox.c.address_id == person_address.c.address_id)
    .where(person_address.c.person_id.in_(bindparam("people", expanding=True)))
    .group_by(person_address.c.person_id)
)
_CAME = (
    select(appointment.c.participant_id, func.max(appointment.c.starts_at))
    .where(
        appointment.c.participant_id.in_(bindparam("people", expanding=True)),
        appointment.c.starts_at <= bindparam("now", type_=UtcDateTime()),
        appointment.c.status != "given_back",
    )
    .group_by(appointment.c.participant_id)
)
_WITHDRAW = (
    update(message)
    .where(message.c.status == literal_column("'waiting'"), message.c.purpose == bindparam("of_purpose"))
    .values(status="withdrawn")
)
_WAITING = select(func.count(message.c.id)).where(
    message.c.status == literal_column("'waiting'"), message.c.purpose == bindparam("of_purpose")
)
ALL_AT_ONCE = 500  # people in one list of parameters


def not_asked(tx: Transaction, day: date, channels: Collection[str]) -> list[Row[Any]]:
    """Everybody who is here, may be asked, and was not yet for that day: a row an address that words can go to."""
    return list(tx.connection.execute(_NOT_ASKED_YET, {"of_day": day, "channels": list(channels)}))


def reached(tx: Transaction, person_ids: Collection[int], channels: Collection[str]) -> list[Row[Any]]:
    """The same of these people, asked or not."""
    return list(tx.connection.execute(_THESE, {"people": list(person_ids), "channels": list(channels)}))


def may_be_asked(tx: Transaction, channels: Collection[str]) -> list[Row[Any]]:
    """Everybody who may be asked by one of these channels, by id: a row an address."""
    return list(tx.connection.execute(_REACHED, {"channels": list(channels)}))


def visits_in(tx: Transaction, span: tuple[datetime, datetime]) -> list[Row[Any]]:
    """The visits that stand, begin within the span and bring somebody to the club, by start."""
    return list(tx.connection.execute(_VISITS, {"begins": span[0], "ends": span[1]}))


def meetings_in(tx: Transaction, span: tuple[datetime, datetime]) -> list[Row[Any]]:
    """The same with groups' sessions, each with its `session_id` and once for each of its people: they have no `id` of a visit."""
    sessions = tx.connection.execute(_SESSIONS, {"begins": span[0], "ends": span[1]})
    return sorted([*visits_in(tx, span), *sessions], key=lambda row: row.starts_at)


def undeclared(tx: Transaction, day: date) -> dict[int, datetime]:
    """Who was asked once for that day and has not declared, and when that was."""
    return {row.person_id: row.asked_at for row in tx.connection.execute(_UNDECLARED, {"of_day": day})}


def often_asked(tx: Transaction, often: int) -> set[int]:
    """Who was asked on so many of the days that are still known and did not declare."""
    return set(tx.connection.execute(_OFTEN_ASKED, {"often": often}).scalars())


def asked_at(tx: Transaction, person_ids: Collection[int]) -> list[Row[Any]]:
    """Every asking of these people that they did not declare after."""
    return _of(tx, _ASKED_AT, person_ids)


def paused(tx: Transaction, todo_text: str) -> dict[int, datetime]:
    """Of whom staff were told, and when last."""
    return {row[0]: row[1] for row in tx.connection.execute(_PAUSED, {"todo_text": todo_text})}


def last_signs(tx: Transaction, person_ids: Collection[int]) -> dict[int, datetime]:
    """When each of these people last wrote, or was due at the club for a visit that was not given back."""
    signs: dict[int, datetime] = {}
    for person_id, at in map(tuple, [*_of(tx, _WROTE, person_ids), *_of(tx, _CAME, person_ids)]):
        signs[person_id] = max(at, signs.get(person_id, at))
    return signs


def withdraw(tx: Transaction, purpose: str) -> int:
    """Withdraw whatever of that purpose waits; return how many."""
    return tx.connection.execute(_WITHDRAW, {"of_purpose": purpose}).rowcount


def waiting(tx: Transaction, purpose: str) -> int:
    """How many messages of that purpose wait."""
    return int(tx.connection.execute(_WAITING, {"of_purpose": purpose}).scalar_one())


def _of(tx: Transaction, statement: Any, person_ids: Collection[int]) -> list[Row[Any]]:
    """The rows of these people, some hundreds of them at a time: a statement has only so many parameters."""
    ordered = sorted(person_ids)
    found: list[Row[Any]] = []
    for first in range(0, len(ordered), ALL_AT_ONCE):
        values = {"people": ordered[first : first + ALL_AT_ONCE], "now": tx.now}
        found += tx.connection.execute(statement, values)
    return found
