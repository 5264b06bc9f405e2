"""When somebody is not here, or a station can't be used: as staff list it, and as it ends."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, select, update

from storage.database import Transaction
from storage.tables import absence, person, room, station
from storage.tables.base import UtcDateTime


def absences_between(tx: Transaction, span: tuple[datetime, datetime]) -> list[Row[Any]]:
    """Every absence that touches the span, with whose it is, by start."""
    return list(tx.connection.execute(_BETWEEN, {"from": span[0], "until": span[1]}))


def absences_since(tx: Transaction, at: datetime) -> list[Row[Any]]:
    """Every absence that is not over then, the same way."""
    return list(tx.connection.execute(_SINCE, {"from": at}))


def end_station_absences(tx: Transaction, room_code: str, at: datetime) -> int:
    """Let what keeps a room's stations out of use at that instant end there; return how many did."""
    stations = select(station.c.id).join(room, station.c.room_id == room.c.id).where(room.c.code == room_code)
    theirs = absence.c.station_id.in_(stations)
    begun = tx.connection.execute(
        update(absence).where(theirs, absence.c.starts_at < at, absence.c.ends_at > at).values(ends_at=at)
    )
    gone = tx.connection.execute(delete(absence).where(theirs, absence.c.starts_at == at))
    return begun.rowcount + gone.rowcount


# Built once: to build a statement anew costs as much as to run it.
_ALL: Select[Any] = (
    select(
        absence.c.id,
        absence.c.starts_at,
        absence.c.ends_at,
        absence.c.person_id,
        person.c.full_name.label("person"),
        station.c.code.label("station"),
        room.c.code.label("room"),
    )
    .join_from(absence, person, absence.c.person_id == person.c.id, isouter=True)
    .outerjoin(station, absence.c.station_id == station.c.id)
    .outerjoin(room, station.c.room_id == room.c.id)
    .order_by(absence.c.starts_at, absence.c.id)
)
_SINCE = _ALL.where(absence.c.ends_at > bindparam("from", type_=UtcDateTime()))
_BETWEEN = _SINCE.where(absence.c.starts_at < bindparam("until", type_=UtcDateTime()))
