"""The visits of some days, with the names of whom and what they refer to."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select

from storage.database import Transaction
from storage.tables import appointment, person, room, service, station


def visits_between(tx: Transaction, span: tuple[datetime, datetime]) -> list[Row[Any]]:
    """Every visit that starts in the span, whatever became of it, by start."""
    specialist, participant = person.alias(), person.alias()
    asked: Select[Any] = (
        select(
            appointment.c.id,
            appointment.c.starts_at,
            appointment.c.ends_at,
            service.c.code.label("service"),
            specialist.c.full_name.label("specialist"),
            appointment.c.specialist_id,
            room.c.code.label("room"),
            station.c.code.label("station"),
            appointment.c.mode,
            appointment.c.participant_id.label("person_id"),
            participant.c.full_name.label("person"),
            appointment.c.status,
            appointment.c.late_minutes,
            appointment.c.accompanied,
        )
        .join_from(appointment, service, appointment.c.service_id == service.c.id)
        .join(specialist, appointment.c.specialist_id == specialist.c.id)
        .join(participant, appointment.c.participant_id == participant.c.id)
        .outerjoin(station, appointment.c.station_id == station.c.id)
        .outerjoin(room, station.c.room_id == room.c.id)
        .where(appointment.c.starts_at >= span[0], appointment.c.starts_at < span[1])
        .order_by(appointment.c.starts_at, appointment.c.id)
    )
    return list(tx.connection.execute(asked))


def own_visits(tx: Transaction, specialist_id: int, span: tuple[datetime, datetime]) -> set[int]:
    """The ids of that specialist's visits among them."""
    asked = select(appointment.c.id).where(
        appointment.c.specialist_id == specialist_id,
        appointment.c.starts_at >= span[0],
        appointment.c.starts_at < span[1],
    )
    return set(tx.connection.execute(asked).scalars())
