"""Who held the same room as somebody: read from the claims of stations alone."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, or_, select

from storage.database import Transaction
from storage.tables import appointment, claim, person, room, station
from storage.tables.base import UtcDateTime


def near_visits(
    tx: Transaction, person_id: int, span: tuple[datetime, datetime], statuses: Collection[str]
) -> list[Row[Any]]:
    """Every visit in a room while a visit of that person's held it, or within its airing before or after; theirs too.

    Of visits that began within the span and have one of those statuses, each with the person's own (`own_*`) beside it.
    """
    values = {"person": person_id, "since": span[0], "until": span[1], "statuses": list(statuses)}
    return list(tx.connection.execute(_NEAR, values))


# A station's claim lasts until its airing is over, as long as that was when the visit was booked: two that touch are near.
_own, _own_claim, _own_station = appointment.alias(), claim.alias(), station.alias()
_participant, _specialist = person.alias(), person.alias()
_STATUSES: BindParameter[Any] = bindparam("statuses", expanding=True)
_SINCE, _UNTIL = bindparam("since", type_=UtcDateTime()), bindparam("until", type_=UtcDateTime())
_NEAR: Select[Any] = (
    select(
        _own.c.id.label("own_id"),
        _own.c.starts_at.label("own_starts_at"),
        _own.c.ends_at.label("own_ends_at"),
        appointment.c.id,
        appointment.c.starts_at,
        appointment.c.ends_at,
        room.c.code.label("room"),
        station.c.code.label("station"),
        appointment.c.participant_id,
        _participant.c.full_name.label("participant"),
        _participant.c.phone.label("participant_phone"),
        appointment.c.specialist_id,
        _specialist.c.full_name.label("specialist"),
        _specialist.c.phone.label("specialist_phone"),
    )
    .select_from(_own)
    .join(_own_claim, _own_claim.c.appointment_id == _own.c.id)
    .join(_own_station, _own_station.c.id == _own_claim.c.station_id)
    .join(room, room.c.id == _own_station.c.room_id)
    .join(station, station.c.room_id == room.c.id)
    .join(claim, claim.c.station_id == station.c.id)
    .join(appointment, appointment.c.id == claim.c.appointment_id)
    .join(_participant, _participant.c.id == appointment.c.participant_id)
    .join(_specialist, _specialist.c.id == appointment.c.specialist_id)
    .where(
        or_(
            _own.c.participant_id == bindparam("person"),
            _own.c.specialist_id == bindparam("person"),
        ),
        _own.c.status.in_(_STATUSES),
        _own.c.starts_at >= _SINCE,
        _own.c.starts_at <= _UNTIL,
        appointment.c.status.in_(_STATUSES),
        appointment.c.starts_at <= _UNTIL,
        claim.c.starts_at <= _own_claim.c.ends_at,
        claim.c.ends_at >= _own_claim.c.starts_at,
    )
    .order_by(appointment.c.starts_at, appointment.c.id, _own.c.starts_at)
)
