"""The club's file as rows: services, rooms, stations, weekly hours and closures, written only where they differ."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Table, bindparam, delete, insert, select, text, update

from storage.database import Transaction
from storage.hours import HoursRow
from storage.rows import insert_new
from storage.tables import closure, hours, room, service, station

# Any number: one process plants at a time, or two that start together would write the hours twice.
LOCK = 7_281_407


class ClosureRow(NamedTuple):
    """Days on which the club is closed, both counted."""

    first_day: date
    last_day: date
    reason: str


def lock(tx: Transaction) -> None:
    """Wait until nobody else is planting; SQLite has one writer anyway."""
    if tx.dialect == "postgresql":
        tx.connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))


def plant_services(tx: Transaction, codes: Iterable[str]) -> dict[str, int]:
    """See that each is there; return every service's id by its code."""
    return _by_code(tx, service, codes)


def plant_rooms(tx: Transaction, codes: Iterable[str]) -> dict[str, int]:
    """See that each is there; return every room's id by its code."""
    return _by_code(tx, room, codes)


def plant_stations(tx: Transaction, room_ids: Mapping[str, int]) -> dict[str, int]:
    """See that just these (station's code, room's id) are in use; return every station's id by its code.

    A station that is no longer named stays, because visits refer to it.
    """
    known = {
        row.code: row
        for row in tx.connection.execute(select(station.c.code, station.c.room_id, station.c.active))
    }
    new = [{"code": code, "room_id": room_id} for code, room_id in room_ids.items() if code not in known]
    if new:
        tx.connection.execute(insert(station), new)
    for code in room_ids.keys() & known.keys():
        if known[code].room_id != room_ids[code] or not known[code].active:
            _change_station(tx, code, room_id=room_ids[code], active=True)
    for code, row in known.items():
        if code not in room_ids and row.active:
            _change_station(tx, code, active=False)
    return _ids(tx, station)


def plant_hours(tx: Transaction, wanted: Collection[HoursRow]) -> None:
    """Leave just these hours, and those that staff entered; one that staff ended stays so while it is wanted."""
    _leave(tx, hours, HoursRow, wanted, among=hours.c.by_staff.is_(False))


def plant_closures(tx: Transaction, wanted: Collection[ClosureRow]) -> None:
    """Leave just these closures, and those that staff entered."""
    _leave(tx, closure, ClosureRow, wanted, among=closure.c.by_staff.is_(False))


def ids_of(tx: Transaction, service_code: str, station_code: str | None) -> tuple[int | None, int | None]:
    """The ids of a service and of a station in use."""
    service_id = select(service.c.id).where(service.c.code == service_code)
    station_id = select(station.c.id).where(station.c.code == station_code, station.c.active)
    return tx.connection.scalar(service_id), tx.connection.scalar(station_id)


def stations_of(tx: Transaction, room_code: str) -> list[Any]:
    """The stations of a room that are in use, as `id` and `code`, by code."""
    return list(tx.connection.execute(_STATIONS_OF, {"room": room_code}))


def _by_code(tx: Transaction, table: Table, codes: Iterable[str]) -> dict[str, int]:
    known = _ids(tx, table)
    new = [{"code": code} for code in codes if code not in known]
    if not new:
        return known
    tx.connection.execute(insert_new(tx, table), new)
    return _ids(tx, table)


def _ids(tx: Transaction, table: Table) -> dict[str, int]:
    return {row.code: row.id for row in tx.connection.execute(select(table.c.code, table.c.id))}


def _change_station(tx: Transaction, code: str, **values: Any) -> None:
    tx.connection.execute(update(station).where(station.c.code == code).values(**values))


def _leave(
    tx: Transaction,
    table: Table,
    kind: type[Any],
    wanted: Collection[Any],
    among: ColumnElement[bool] | None = None,
) -> None:
    """Delete the rows that are not wanted, write those that are missing, touch no other."""
    asked = select(table.c.id, *(table.c[name] for name in kind._fields))
    rows = tx.connection.execute(asked if among is None else asked.where(among))
    stand = {kind(*row[1:]): row.id for row in rows}
    if gone := [row_id for row, row_id in stand.items() if row not in set(wanted)]:
        tx.connection.execute(delete(table).where(table.c.id.in_(gone)))
    if new := [row._asdict() for row in dict.fromkeys(wanted) if row not in stand]:
        tx.connection.execute(insert(table), new)


_STATIONS_OF = (
    select(station.c.id, station.c.code)
    .join(room, station.c.room_id == room.c.id)
    .where(room.c.code == bindparam("room"), station.c.active)
    .order_by(station.c.code)
)
