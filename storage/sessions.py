"""The sessions of groups: which are planned, what stands in their way, and who belongs to them."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, func, or_, select, update

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import (
    appointment,
    attendance,
    claim,
    group,
    membership,
    person,
    room,
    service,
    station,
)
from storage.tables import session as session_
from storage.tables.base import UtcDateTime


def groups_that_meet(tx: Transaction, today: date) -> list[Row[Any]]:
    """Every group that has a series, a room and a leader and has not ended, by id; `room` is the room's code."""
    return list(tx.connection.execute(_GROUPS, {"today": today}))


def members(tx: Transaction, group_id: int) -> list[Row[Any]]:
    """Everybody in a group who has not left, with their shift and wishes, by id."""
    return list(tx.connection.execute(_MEMBERS, {"group": group_id}))


def session(tx: Transaction, session_id: int) -> Row[Any] | None:
    """One session, with its room's code and its group's name."""
    return tx.connection.execute(_ONE, {"session": session_id}).one_or_none()


def sessions_of(tx: Transaction, group_id: int, first: date) -> list[Row[Any]]:
    """A group's sessions whose day in the series is not before that, or which begin later; whatever became of them."""
    return list(tx.connection.execute(_OF_GROUP, {"group": group_id, "first": first, "now": tx.now}))


def sessions_within(
    tx: Transaction, span: tuple[datetime, datetime], *, planned: bool = False
) -> list[Row[Any]]:
    """The sessions that touch the span, by start.

    Args:
        planned: those that take place alone.
    """
    statement = _PLANNED if planned else _WITHIN
    return list(tx.connection.execute(statement, {"from": span[0], "until": span[1]}))


def turnout(tx: Transaction, session_ids: Collection[int]) -> list[Row[Any]]:
    """Of each session its leader's name, how many are expected, and how many were there as far as that was entered."""
    return list(tx.connection.execute(_TURNOUT, {"sessions": list(session_ids)}))


def sessions_with(tx: Transaction, person_ids: Collection[int], since: datetime) -> list[Row[Any]]:
    """The planned sessions that end after `since` and have time of those people claimed, with whose, by start."""
    values = {"people": list(person_ids), "from": since}
    return list(tx.connection.execute(_WITH, values))


def claimed_by(tx: Transaction, session_id: int) -> set[int]:
    """Whose time a session has claimed, its leader's too."""
    return set(tx.connection.execute(_CLAIMED, {"session": session_id}).scalars())


def declined(tx: Transaction, session_id: int) -> set[int]:
    """Who has said that they are not coming."""
    return set(tx.connection.execute(_DECLINED, {"session": session_id}).scalars())


def insert_session(tx: Transaction, values: dict[str, Any]) -> int:
    """Write a session; return its id."""
    made = insert_new(tx, session_).returning(session_.c.id)
    return int(tx.connection.execute(made, values).scalar_one())


def update_session(tx: Transaction, session_id: int, **values: Any) -> None:
    """Change those columns of a session."""
    tx.connection.execute(update(session_).where(session_.c.id == session_id).values(**values))


def lock_rooms(tx: Transaction, room_codes: Collection[str]) -> dict[str, int]:
    """Let nobody else plan sessions in those rooms until the transaction ends; the rooms' ids by code."""
    rows = tx.connection.execute(_ROOMS[tx.dialect], {"rooms": list(room_codes)})
    return {row.code: row.id for row in rows}


def stations_in(tx: Transaction, room_id: int) -> list[int]:
    """The ids of a room's stations that are in use."""
    return list(tx.connection.execute(_STATIONS, {"room": room_id}).scalars())


def planned_in(tx: Transaction, room_ids: Collection[int], span: tuple[datetime, datetime]) -> list[Row[Any]]:
    """The planned sessions in those rooms that touch the span, by start."""
    values = {"rooms": list(room_ids), "from": span[0], "until": span[1]}
    return list(tx.connection.execute(_PLANNED_IN, values))


def in_the_way(
    tx: Transaction,
    station_ids: Collection[int],
    person_ids: Collection[int],
    span: tuple[datetime, datetime],
) -> list[Row[Any]]:
    """What occupies those stations and people then: visits with their participant, sessions with their group. Holds that ran out do not."""
    values = {"stations": list(station_ids), "people": list(person_ids), "from": span[0], "until": span[1]}
    return list(tx.connection.execute(_IN_THE_WAY, values | {"now": tx.now}))


def in_other_groups(
    tx: Transaction, person_ids: Collection[int], group_id: int, span: tuple[datetime, datetime]
) -> dict[int, str]:
    """Who of those people comes to a session of another group in that span, with the group's name."""
    values = {"people": list(person_ids), "group": group_id, "from": span[0], "until": span[1]}
    return {row.person_id: row.name for row in tx.connection.execute(_IN_OTHERS, values)}


# Built once: to build a statement anew costs as much as to run it.
_FROM, _UNTIL = bindparam("from", type_=UtcDateTime()), bindparam("until", type_=UtcDateTime())
_PEOPLE: BindParameter[Any] = bindparam("people", expanding=True)
_GROUPS = (
    select(group, room.c.code.label("room"))
    .join(room, room.c.id == group.c.room_id)
    .where(
        group.c.rule.is_not(None),
        group.c.leader_id.is_not(None),
        or_(group.c.ended_on.is_(None), group.c.ended_on > bindparam("today")),
    )
    .order_by(group.c.id)
)
_MEMBERS = (
    select(
        membership.c.person_id,
        person.c.full_name,
        person.c.contract_until,
        membership.c.shift,
        membership.c.together,
        membership.c.although_two,
        membership.c.leaves_on,
    )
    .join(person, person.c.id == membership.c.person_id)
    .where(membership.c.group_id == bindparam("group"), person.c.ended_at.is_(None))
    .order_by(membership.c.person_id)
)
_SESSION = (
    select(session_, room.c.code.label("room"), group.c.name.label("group"))
    .join(room, room.c.id == session_.c.room_id)
    .join(group, group.c.id == session_.c.group_id)
    .order_by(session_.c.starts_at, session_.c.id)
)
_ONE = _SESSION.where(session_.c.id == bindparam("session"))
_OF_GROUP = _SESSION.where(
    session_.c.group_id == bindparam("group"),
    or_(
        session_.c.series_day >= bindparam("first"),
        session_.c.starts_at > bindparam("now", type_=UtcDateTime()),
    ),
)
_WITHIN = _SESSION.where(session_.c.ends_at > _FROM, session_.c.starts_at < _UNTIL)
_PLANNED = _WITHIN.where(session_.c.status == "planned")
_PLANNED_IN = _PLANNED.where(session_.c.room_id.in_(bindparam("rooms", expanding=True)))
_WITH = (
    _SESSION.add_columns(claim.c.person_id)
    .join(claim, claim.c.session_id == session_.c.id)
    .where(claim.c.person_id.in_(_PEOPLE), session_.c.status == "planned", session_.c.ends_at > _FROM)
)
_CLAIMED = select(claim.c.person_id).where(
    claim.c.session_id == bindparam("session"), claim.c.person_id.is_not(None)
)
_EXPECTED = select(func.count()).where(
    claim.c.session_id == session_.c.id, claim.c.person_id != session_.c.leader_id
)
_PRESENT = select(func.count()).where(
    attendance.c.session_id == session_.c.id, attendance.c.presence == "present"
)
_TURNOUT = (
    select(
        session_.c.id,
        person.c.full_name.label("leader"),
        _EXPECTED.scalar_subquery().label("expected"),
        _PRESENT.scalar_subquery().label("present"),
    )
    .join(person, person.c.id == session_.c.leader_id)
    .where(session_.c.id.in_(bindparam("sessions", expanding=True)))
)
_OF_SESSION = attendance.c.session_id == bindparam("session")
_DECLINED = select(attendance.c.person_id).where(_OF_SESSION, attendance.c.answer == "not_coming")
_ROOMS_IN = (
    select(room.c.id, room.c.code)
    .where(room.c.code.in_(bindparam("rooms", expanding=True)))
    .order_by(room.c.id)
)
_ROOMS = {"sqlite": _ROOMS_IN, "postgresql": _ROOMS_IN.with_for_update(key_share=True)}
_STATIONS = (
    select(station.c.id)
    .where(station.c.room_id == bindparam("room"), station.c.active)
    .order_by(station.c.id)
)
_IN_THE_WAY = (
    select(
        claim.c.appointment_id,
        claim.c.session_id,
        claim.c.station_id,
        claim.c.person_id,
        claim.c.held_until,
        appointment.c.version,
        appointment.c.starts_at.label("visit_at"),
        appointment.c.participant_id,
        service.c.code.label("service"),
        group.c.name.label("group"),
        session_.c.starts_at.label("session_at"),
    )
    .outerjoin(appointment, appointment.c.id == claim.c.appointment_id)
    .outerjoin(service, service.c.id == appointment.c.service_id)
    .outerjoin(session_, session_.c.id == claim.c.session_id)
    .outerjoin(group, group.c.id == session_.c.group_id)
    .where(
        or_(
            claim.c.station_id.in_(bindparam("stations", expanding=True)),
            claim.c.person_id.in_(_PEOPLE),
        ),
        claim.c.ends_at > _FROM,
        claim.c.starts_at < _UNTIL,
        or_(claim.c.held_until.is_(None), claim.c.held_until > bindparam("now", type_=UtcDateTime())),
    )
    .order_by(claim.c.starts_at, claim.c.id)
)
_IN_OTHERS = (
    select(claim.c.person_id, group.c.name)
    .join(session_, session_.c.id == claim.c.session_id)
    .join(group, group.c.id == session_.c.group_id)
    .where(
        claim.c.person_id.in_(_PEOPLE),
        session_.c.group_id != bindparam("group"),
        claim.c.ends_at > _FROM,
        claim.c.starts_at < _UNTIL,
    )
    .order_by(claim.c.starts_at)
)
