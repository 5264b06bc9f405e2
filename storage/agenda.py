"""The visits of some days, with the names of whom and what they refer to."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from storage.database import Transaction
from storage.tables import appointment, person, room, service, station
from storage.tables.base import UtcDateTime


def visits_between(tx: Transaction, span: tuple[datetime, datetime]) -> list[Row[Any]]:
    """Every visit that starts in the span, whatever became of it, by start."""
    return list(tx.connection.execute(_VISITS, {"from": span[0], "until": span[1]}))


def own_visits(tx: Transaction, specialist_id: int, span: tuple[datetime, datetime]) -> set[int]:
    """The ids of that specialist's visits among them."""
    values = {"specialist": specialist_id, "from": span[0], "until": span[1]}
    return set(tx.connection.execute(_OWN, values).scalars())


# Built once: to build a statement anew costs as much as to run it.
_specialist, _participant = person.alias(), person.alias()
_BETWEEN = (
    appointment.c.starts_at >= bindparam("from", type_=UtcDateTime()),
    appointment.c.starts_at < bindparam("until", type_=UtcDateTime()),
)
_VISITS: Select[Any] = (
    select(
        appointment.c.id,
        appointment.c.starts_at,
        appointment.c.ends_at,
        service.c.code.label("service"),
        _specialist.c.full_name.label("specialist"),
        appointment.c.specialist_id,
        room.c.code.label("room"),
        station.c.code.label("station"),
        appointment.c.mode,
        appointment.c.participant_id.label("person_id"),
        _participant.c.full_name.label("person"),
        appointment.c.status,
        appointment.c.late_minutes,
        appointment.c.accompanied,
    )
    .join_from(appointment, service, appointment.c.service_id == service.c.id)
    .join(_specialist, appointment.c.specialist_id == _specialist.c.id)
    .join(_participant, appointment.c.participant_id == _participant.c.id)
    .outerjoin(station, appointment.c.station_id == station.c.id)
    .outerjoin(room, station.c.room_id == room.c.id)
    .where(*_BETWEEN)
    .order_by(appointment.c.starts_at, appointment.c.id)
)
_OWN = select(appointment.c.id).where(appointment.c.specialist_id == bindparam("specialist"), *_BETWEEN)
