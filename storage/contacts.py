"""Who held the same room as somebody: read from claims alone, of visits and of groups' sessions alike."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, Select, and_, bindparam, func, or_, select

from storage.database import Transaction
from storage.tables import appointment, attendance, claim, person, room, session, station
from storage.tables.base import UtcDateTime


def near(
    tx: Transaction, person_id: int, span: tuple[datetime, datetime], statuses: Collection[str]
) -> list[Row[Any]]:
    """Everybody else who held a room while that person did, or within its airing before or after, by time.

    Of times that began within the span, where the visit has one of those statuses, or somebody belonged to the session and
    is not known to have stayed away; the person's own time stands beside each (`own_*`).
    """
    values = {"person": person_id, "since": span[0], "until": span[1], "statuses": list(statuses)}
    return list(tx.connection.execute(_NEAR, values))


# A person's claim is their time; the claims of stations that its visit or session made say in which room, and last until
# the airing is over, as long as that was when they were made: two that touch are near.
_mine, _theirs = claim.alias("mine"), claim.alias("theirs")
_my_desk, _their_desk = claim.alias("my_desk"), claim.alias("their_desk")
_my_station, _their_station = station.alias(), station.alias()
_STATUSES: BindParameter[Any] = bindparam("statuses", expanding=True)
_SINCE, _UNTIL = bindparam("since", type_=UtcDateTime()), bindparam("until", type_=UtcDateTime())


def _same_maker(one: Any, other: Any) -> ColumnElement[bool]:
    return or_(one.c.appointment_id == other.c.appointment_id, one.c.session_id == other.c.session_id)


def _came(time: Any) -> ColumnElement[bool]:
    """Whether whoever had that time is known or believed to have come."""
    visited = (
        select(appointment.c.id)
        .where(appointment.c.id == time.c.appointment_id, appointment.c.status.in_(_STATUSES))
        .correlate(time)
    )
    took_part = (
        select(session.c.id)
        .select_from(session)
        .outerjoin(
            attendance,
            and_(attendance.c.session_id == session.c.id, attendance.c.person_id == time.c.person_id),
        )
        .where(
            session.c.id == time.c.session_id,
            session.c.status == "planned",
            or_(
                attendance.c.presence == "present",
                and_(
                    attendance.c.presence.is_(None), func.coalesce(attendance.c.answer, "coming") == "coming"
                ),
            ),
        )
        .correlate(time)
    )
    return or_(visited.exists(), took_part.exists())


_NEAR: Select[Any] = (
    select(
        _theirs.c.id,
        _theirs.c.starts_at,
        _theirs.c.ends_at,
        room.c.code.label("room"),
        person.c.id.label("person_id"),
        person.c.full_name.label("person"),
        person.c.phone,
        person.c.kind,
        _mine.c.starts_at.label("own_starts_at"),
        _mine.c.ends_at.label("own_ends_at"),
    )
    .distinct()
    .select_from(_mine)
    .join(_my_desk, and_(_same_maker(_my_desk, _mine), _my_desk.c.station_id.is_not(None)))
    .join(_my_station, _my_station.c.id == _my_desk.c.station_id)
    .join(room, room.c.id == _my_station.c.room_id)
    .join(_their_station, _their_station.c.room_id == room.c.id)
    .join(_their_desk, _their_desk.c.station_id == _their_station.c.id)
    .join(_theirs, and_(_same_maker(_theirs, _their_desk), _theirs.c.person_id.is_not(None)))
    .join(person, person.c.id == _theirs.c.person_id)
    .where(
        _mine.c.person_id == bindparam("person"),
        _mine.c.starts_at >= _SINCE,
        _mine.c.starts_at <= _UNTIL,
        _came(_mine),
        _theirs.c.person_id != bindparam("person"),
        _theirs.c.starts_at <= _UNTIL,
        _came(_theirs),
        _their_desk.c.starts_at <= _my_desk.c.ends_at,
        _their_desk.c.ends_at >= _my_desk.c.starts_at,
    )
    .order_by(_theirs.c.starts_at, person.c.id, _theirs.c.id, _mine.c.starts_at)
)
