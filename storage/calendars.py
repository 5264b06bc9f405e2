"""The secret addresses of staff's calendars, and what stands in one."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, insert, select

from storage.database import Transaction
from storage.tables import appointment, calendar_address, person, room, staff, station
from storage.tables import session as session_
from storage.tables.base import UtcDateTime


def replace_address(tx: Transaction, person_id: int, token_hash: str) -> None:
    """Let that person's calendar be read there, and nowhere else."""
    drop_address(tx, person_id)
    row = {"person_id": person_id, "token_hash": token_hash, "since": tx.now}
    tx.connection.execute(insert(calendar_address), row)


def drop_address(tx: Transaction, person_id: int) -> bool:
    """Let it be read nowhere; False if it was not."""
    own = calendar_address.c.person_id == person_id
    return tx.connection.execute(delete(calendar_address).where(own)).rowcount == 1


def since(tx: Transaction, person_id: int) -> datetime | None:
    """Since when it is read somewhere."""
    own = calendar_address.c.person_id == person_id
    return tx.connection.execute(select(calendar_address.c.since).where(own)).scalar_one_or_none()


def whose(tx: Transaction, token_hash: str) -> Row[Any] | None:
    """The `id` and `language` of whose calendar that is, if they are on the staff now."""
    return tx.connection.execute(_WHOSE, {"of_hash": token_hash}).one_or_none()


def visits(tx: Transaction, specialist_id: int, span: tuple[datetime, datetime]) -> list[Row[Any]]:
    """Their visits that begin in the span and were not given back, by start."""
    return list(tx.connection.execute(_VISITS, {"who": specialist_id, "from": span[0], "until": span[1]}))


def sessions(tx: Transaction, leader_id: int, span: tuple[datetime, datetime]) -> list[Row[Any]]:
    """The groups' sessions that they lead, begin in the span and take place, by start."""
    return list(tx.connection.execute(_SESSIONS, {"who": leader_id, "from": span[0], "until": span[1]}))


_FROM, _UNTIL = bindparam("from", type_=UtcDateTime()), bindparam("until", type_=UtcDateTime())
_WHOSE: Select[Any] = (
    select(person.c.id, person.c.language)
    .join(calendar_address, calendar_address.c.person_id == person.c.id)
    .join(staff, staff.c.person_id == person.c.id)
    .where(calendar_address.c.token_hash == bindparam("of_hash"), person.c.ended_at.is_(None))
)
_VISITS: Select[Any] = (
    select(
        appointment.c.id,
        appointment.c.version,
        appointment.c.starts_at,
        appointment.c.ends_at,
        appointment.c.mode,
        person.c.full_name,
        room.c.code.label("room"),
    )
    .join_from(appointment, person, person.c.id == appointment.c.participant_id)
    .outerjoin(station, station.c.id == appointment.c.station_id)
    .outerjoin(room, room.c.id == station.c.room_id)
    .where(
        appointment.c.specialist_id == bindparam("who"),
        appointment.c.status != "given_back",
        appointment.c.starts_at >= _FROM,
        appointment.c.starts_at < _UNTIL,
    )
    .order_by(appointment.c.starts_at, appointment.c.id)
)
_SESSIONS: Select[Any] = (
    select(
        session_.c.id,
        session_.c.version,
        session_.c.starts_at,
        session_.c.ends_at,
        room.c.code.label("room"),
    )
    .join(room, room.c.id == session_.c.room_id)
    .where(
        session_.c.leader_id == bindparam("who"),
        session_.c.status == "planned",
        session_.c.starts_at >= _FROM,
        session_.c.starts_at < _UNTIL,
    )
    .order_by(session_.c.starts_at, session_.c.id)
)
