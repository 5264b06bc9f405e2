"""Who answered that they come to a group's session, and who was there; never why."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, bindparam, exists, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction
from storage.tables import appointment, attendance, person
from storage.tables import session as session_
from storage.tables.base import UtcDateTime


def answer(tx: Transaction, session_id: int, person_id: int, answer: str) -> None:
    """Keep what somebody has answered; the last answer counts."""
    _set(tx, session_id, person_id, answer=answer)


def enter(tx: Transaction, session_id: int, person_id: int, presence: str, by: int | None) -> None:
    """Keep what a person entered of somebody; the last entry counts."""
    _set(tx, session_id, person_id, presence=presence, entered_by_id=by)


def of_session(tx: Transaction, session_id: int) -> list[Row[Any]]:
    """What is known of everybody at that session, with their names, by id."""
    return list(tx.connection.execute(_OF_SESSION, {"session": session_id}))


def answers(tx: Transaction, session_ids: Collection[int], person_ids: Collection[int]) -> dict[Any, str]:
    """What those people answered about those sessions, by (session, person)."""
    values = {"sessions": list(session_ids), "people": list(person_ids)}
    return {(row[0], row[1]): row[2] for row in tx.connection.execute(_ANSWERS, values)}


def declined(tx: Transaction, person_ids: Collection[int]) -> list[Row[Any]]:
    """What those people declined that has not begun, as `session_id`, `person_id` and whether it is the `latest`: since then they gave no visit back."""
    return list(tx.connection.execute(_DECLINED, {"people": list(person_ids), "now": tx.now}))


def _set(tx: Transaction, session_id: int, person_id: int, **values: Any) -> None:
    insert = (postgresql if tx.dialect == "postgresql" else sqlite).insert(attendance)
    row = insert.values(session_id=session_id, person_id=person_id, at=tx.now, **values)
    tx.connection.execute(
        row.on_conflict_do_update(index_elements=["session_id", "person_id"], set_=values | {"at": tx.now})
    )


# Built once: to build a statement anew costs as much as to run it.
_PEOPLE = attendance.c.person_id.in_(bindparam("people", expanding=True))
_OF_SESSION = (
    select(
        attendance.c.person_id,
        person.c.full_name,
        attendance.c.answer,
        attendance.c.presence,
        attendance.c.entered_by_id,
    )
    .join(person, person.c.id == attendance.c.person_id)
    .where(
        attendance.c.session_id == bindparam("session"),
        or_(attendance.c.answer.is_not(None), attendance.c.presence.is_not(None)),
    )
    .order_by(attendance.c.person_id)
)
_ANSWERS = select(attendance.c.session_id, attendance.c.person_id, attendance.c.answer).where(
    attendance.c.session_id.in_(bindparam("sessions", expanding=True)),
    _PEOPLE,
    attendance.c.answer.is_not(None),
)
_GAVE_BACK_SINCE = exists().where(
    appointment.c.participant_id == attendance.c.person_id,
    appointment.c.status == "given_back",
    appointment.c.given_back_from.is_not(None),
    appointment.c.given_back_at > attendance.c.at,
)
_DECLINED = (
    select(attendance.c.session_id, attendance.c.person_id, (~_GAVE_BACK_SINCE).label("latest"))
    .join(session_, session_.c.id == attendance.c.session_id)
    .where(
        _PEOPLE,
        attendance.c.answer == "not_coming",
        session_.c.status == "planned",
        session_.c.starts_at > bindparam("now", type_=UtcDateTime()),
    )
    .order_by(attendance.c.at.desc(), session_.c.starts_at)
)
