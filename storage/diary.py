"""What the diary remembers: who serves when, absences and closures, visits."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, insert, select, update

from storage.database import Transaction
from storage.tables import absence, appointment, claim, closure, hours, person, service, station

OPEN = ("booked", "confirmed")

_VISIT = (
    select(
        appointment.c.id,
        service.c.code.label("service"),
        appointment.c.participant_id,
        appointment.c.specialist_id,
        station.c.code.label("station"),
        appointment.c.mode,
        appointment.c.starts_at,
        appointment.c.ends_at,
        appointment.c.status,
        appointment.c.version,
    )
    .join_from(appointment, service, appointment.c.service_id == service.c.id)
    .outerjoin(station, appointment.c.station_id == station.c.id)
)


def serving(tx: Transaction, service_code: str, weekdays: Collection[int]) -> list[Row[Any]]:
    """The weekly hours of a service on those weekdays (1 is Monday), of specialists and stations in use, ordered."""
    return list(tx.connection.execute(_serving(service_code).where(hours.c.weekday.in_(weekdays))))


def serving_at(
    tx: Transaction,
    service_code: str,
    weekday: int,
    span: tuple[time, time],
    specialist_ids: Collection[int] | None = None,
) -> list[Row[Any]]:
    """Those weekly hours that hold the local span on that weekday."""
    rows = _serving(service_code).where(
        hours.c.weekday == weekday, hours.c.starts <= span[0], hours.c.ends >= span[1]
    )
    if specialist_ids is not None:
        rows = rows.where(hours.c.specialist_id.in_(specialist_ids))
    return list(tx.connection.execute(rows))


def free_at(
    tx: Transaction,
    hours_ids: Collection[int],
    span: tuple[datetime, datetime],
    station_until: datetime,
    moving: int | None,
) -> set[int]:
    """Of those weekly hours the ids whose specialist is here and not taken, nor the station, in that span.

    Args:
        station_until: the end of what the station is claimed for, the airing and cleaning counted.
        moving: a visit whose own claims don't count, because it is about to leave them.
    """
    starts_at, ends_at = span
    away = exists().where(
        absence.c.person_id == hours.c.specialist_id,
        absence.c.ends_at > starts_at,
        absence.c.starts_at < ends_at,
    )
    taken = exists().where(*_overlap(claim.c.person_id == hours.c.specialist_id, starts_at, ends_at, moving))
    occupied = exists().where(
        *_overlap(claim.c.station_id == hours.c.station_id, starts_at, station_until, moving)
    )
    asked = select(hours.c.id).where(hours.c.id.in_(hours_ids), ~away, ~taken, ~occupied)
    return set(tx.connection.execute(asked).scalars())


def absences(tx: Transaction, person_ids: Collection[int], span: tuple[datetime, datetime]) -> list[Row[Any]]:
    """Every absence of those people that touches the span."""
    asked = select(absence.c.person_id, absence.c.starts_at, absence.c.ends_at).where(
        absence.c.person_id.in_(person_ids), absence.c.ends_at > span[0], absence.c.starts_at < span[1]
    )
    return list(tx.connection.execute(asked))


def add_absence(tx: Transaction, person_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """Record that somebody is not here in that span."""
    tx.connection.execute(insert(absence).values(person_id=person_id, starts_at=starts_at, ends_at=ends_at))


def closures(tx: Transaction, first: date, last: date) -> list[tuple[date, date]]:
    """First and last day of every closure that touches those days."""
    asked = select(closure.c.first_day, closure.c.last_day).where(
        closure.c.last_day >= first, closure.c.first_day <= last
    )
    return [(row.first_day, row.last_day) for row in tx.connection.execute(asked)]


def lock_people(tx: Transaction, person_ids: Collection[int]) -> dict[int, Row[Any]]:
    """Lock those people until the transaction ends, always in order of id; on SQLite the whole database is locked already.

    FOR NO KEY UPDATE: a plain FOR UPDATE would hold up every insert that refers to the person.
    """
    asked = (
        select(person.c.id, person.c.kind, person.c.contract_until, person.c.ended_at)
        .where(person.c.id.in_(sorted(person_ids)))
        .order_by(person.c.id)
        .with_for_update(key_share=True)
    )
    return {row.id: row for row in tx.connection.execute(asked)}


def insert_visit(tx: Transaction, values: Mapping[str, Any]) -> int:
    """Write a visit; return its id."""
    return int(
        tx.connection.execute(insert(appointment).values(**values).returning(appointment.c.id)).scalar_one()
    )


def update_visit(tx: Transaction, visit_id: int, **values: Any) -> None:
    """Change those columns of a visit."""
    tx.connection.execute(update(appointment).where(appointment.c.id == visit_id).values(**values))


def visit(tx: Transaction, visit_id: int) -> Row[Any] | None:
    """One visit, by id."""
    return tx.connection.execute(_VISIT.where(appointment.c.id == visit_id)).one_or_none()


def open_visits(tx: Transaction, person_ids: Collection[int], since: datetime) -> list[Row[Any]]:
    """The visits of those people that are booked or confirmed and end after `since`, by start."""
    return _visits(
        tx,
        appointment.c.participant_id.in_(person_ids),
        appointment.c.status.in_(OPEN),
        appointment.c.ends_at > since,
    )


def visits_with(tx: Transaction, specialist_id: int, span: tuple[datetime, datetime]) -> list[Row[Any]]:
    """The open visits with that specialist that touch the span, by start."""
    return _visits(
        tx,
        appointment.c.specialist_id == specialist_id,
        appointment.c.status.in_(OPEN),
        appointment.c.ends_at > span[0],
        appointment.c.starts_at < span[1],
    )


def service_id(tx: Transaction, service_code: str) -> int | None:
    """The id of a service, by its code."""
    return tx.connection.execute(
        select(service.c.id).where(service.c.code == service_code)
    ).scalar_one_or_none()


def _visits(tx: Transaction, *where: ColumnElement[bool]) -> list[Row[Any]]:
    return list(
        tx.connection.execute(_VISIT.where(and_(*where)).order_by(appointment.c.starts_at, appointment.c.id))
    )


def _serving(service_code: str) -> Select[Any]:
    return (
        select(
            hours.c.id,
            hours.c.specialist_id,
            hours.c.service_id,
            hours.c.station_id,
            station.c.code.label("station"),
            hours.c.mode,
            hours.c.weekday,
            hours.c.starts,
            hours.c.ends,
        )
        .join_from(hours, service, hours.c.service_id == service.c.id)
        .join(person, hours.c.specialist_id == person.c.id)
        .outerjoin(station, hours.c.station_id == station.c.id)
        .where(service.c.code == service_code, person.c.ended_at.is_(None), station.c.active.is_not(False))
        .order_by(hours.c.weekday, hours.c.starts, hours.c.specialist_id, hours.c.id)
    )


def _overlap(
    holder: ColumnElement[bool], starts_at: datetime, ends_at: datetime, moving: int | None
) -> tuple[ColumnElement[bool], ...]:
    found = (holder, claim.c.ends_at > starts_at, claim.c.starts_at < ends_at)
    return found if moving is None else (*found, claim.c.appointment_id != moving)
