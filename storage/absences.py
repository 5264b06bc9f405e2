"""When somebody is not here, or a station can't be used."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Row,
    Select,
    Update,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from storage.database import Transaction
from storage.tables import absence, person, room, station
from storage.tables.base import UtcDateTime


def absences_of(
    tx: Transaction,
    person_ids: Collection[int],
    span: tuple[datetime, datetime],
    station_ids: Collection[int] = (),
) -> list[Any]:
    """Every absence of those people and stations that touches the span."""
    values = {"people": list(person_ids), "stations": list(station_ids), "from": span[0], "until": span[1]}
    return list(tx.connection.execute(_OF, values))


def absences_between(tx: Transaction, span: tuple[datetime, datetime]) -> list[Row[Any]]:
    """Every absence that touches the span, with whose it is, by start."""
    return list(tx.connection.execute(_BETWEEN, {"from": span[0], "until": span[1]}))


def absences_since(tx: Transaction, at: datetime) -> list[Row[Any]]:
    """Every absence that is not over then, the same way."""
    return list(tx.connection.execute(_SINCE, {"from": at}))


def add_absence(
    tx: Transaction,
    span: tuple[datetime, datetime],
    *,
    person_id: int | None = None,
    station_id: int | None = None,
) -> None:
    """Record that somebody is not here, or a station not to be used, in that span; what is recorded already stays as it is."""
    people = () if person_id is None else (person_id,)
    stations = () if station_id is None else (station_id,)
    known = absences_of(tx, people, span, stations)
    if any(row.starts_at <= span[0] and row.ends_at >= span[1] for row in known):
        return
    row = {"person_id": person_id, "station_id": station_id, "starts_at": span[0], "ends_at": span[1]}
    tx.connection.execute(insert(absence), row)


def end_absences(tx: Transaction, person_id: int, at: datetime) -> int:
    """Let the absences of that person which hold at that instant end there; return how many did."""
    values = {"person": person_id, "at": at}
    return sum(tx.connection.execute(one, values).rowcount for one in _END_PERSONS)


def end_station_absences(tx: Transaction, room_code: str, at: datetime) -> int:
    """The same for what keeps a room's stations out of use."""
    values = {"room": room_code, "at": at}
    return sum(tx.connection.execute(one, values).rowcount for one in _END_ROOMS)


def _ending(theirs: ColumnElement[bool]) -> tuple[Delete, Update]:
    """Those that begin just then would be left with no time at all."""
    at = bindparam("at", type_=UtcDateTime())
    begun = update(absence).where(theirs, absence.c.starts_at < at, absence.c.ends_at > at)
    return delete(absence).where(theirs, absence.c.starts_at == at), begun.values(ends_at=at)


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
_FROM, _UNTIL = bindparam("from", type_=UtcDateTime()), bindparam("until", type_=UtcDateTime())
_SINCE = _ALL.where(absence.c.ends_at > _FROM)
_BETWEEN = _SINCE.where(absence.c.starts_at < _UNTIL)
_OF = select(absence.c.person_id, absence.c.station_id, absence.c.starts_at, absence.c.ends_at).where(
    or_(
        absence.c.person_id.in_(bindparam("people", expanding=True)),
        absence.c.station_id.in_(bindparam("stations", expanding=True)),
    ),
    absence.c.ends_at > _FROM,
    absence.c.starts_at < _UNTIL,
)
_OF_ROOM = (
    select(station.c.id).join(room, station.c.room_id == room.c.id).where(room.c.code == bindparam("room"))
)
_END_PERSONS = _ending(absence.c.person_id == bindparam("person"))
_END_ROOMS = _ending(absence.c.station_id.in_(_OF_ROOM))
