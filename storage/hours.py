"""The weekly hours: who serves what where and when, as the club's file or its staff say, and whether that hour is free."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Time,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)

from storage.claims import keeps_out, lapsed
from storage.database import Transaction
from storage.tables import absence, claim, closure, hours, person, service, station
from storage.tables.base import UtcDateTime


class HoursRow(NamedTuple):
    """A stretch of the week, by ids."""

    specialist_id: int
    service_id: int
    weekday: int
    starts: time
    ends: time
    station_id: int | None
    mode: str


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of a service: as the weekly hours see it (local; weekday 1 is Monday), and as it lies in time (UTC).

    `aired_at` is until when its station would be occupied, the airing and cleaning counted.
    """

    service: str
    day: date
    weekday: int
    starts: time
    ends: time
    starts_at: datetime
    ends_at: datetime
    aired_at: datetime


def serving(tx: Transaction, service_code: str, weekdays: Collection[int]) -> list[Any]:
    """The weekly hours of a service on those weekdays (1 is Monday), of specialists and stations in use, ordered; `in_force` says on which days."""
    return list(tx.connection.execute(_SERVING, {"service": service_code, "weekdays": list(weekdays)}))


def serving_on(tx: Transaction, day: date) -> list[Any]:
    """The weekly hours of every service on that day, as `serving` has them, with the service's code and the specialist's name."""
    return list(tx.connection.execute(_SERVING_ON, {"weekday": day.isoweekday(), "day": day}))


def weekly(tx: Transaction) -> list[Any]:
    """The same of every weekday, whenever they hold."""
    return list(tx.connection.execute(_WEEKLY))


def in_force(row: Any, day: date) -> bool:
    """Whether a row of weekly hours holds on that day, if it is its weekday."""
    return (row.since is None or row.since <= day) and (row.until is None or day <= row.until)


def serving_at(
    tx: Transaction,
    hour: Hour,
    specialist_ids: Collection[int],
    *,
    wanted_for: int,
    moving: int | None = None,
) -> list[Any]:
    """The weekly hours of those specialists that hold that hour, each with whether it is `free` and the club `closed`.

    `held` says that holds stand there which keep `wanted_for` out no more, and have to go first.

    Args:
        moving: a visit whose own claims don't count, because it is about to leave them.
    """
    values = asdict(hour) | {
        "specialists": list(specialist_ids),
        "wanted_for": wanted_for,
        "moving": moving or 0,
        "now": tx.now,
    }
    return list(tx.connection.execute(_SERVING_AT, values))


def who_serves(tx: Transaction) -> list[int]:
    """Everybody with weekly hours, by id."""
    return list(tx.connection.execute(_ALL_WHO_SERVE).scalars())


def add_hours(tx: Transaction, row: HoursRow, since: date) -> int:
    """Write hours that staff entered, from that day on; return their id."""
    values = row._asdict() | {"by_staff": True, "since": since}
    return int(tx.connection.execute(insert(hours).returning(hours.c.id), values).scalar_one())


def end_hours(tx: Transaction, hours_id: int, last_day: date | None) -> None:
    """Let hours hold until that day, and on it; None lets them go on."""
    tx.connection.execute(update(hours).where(hours.c.id == hours_id).values(until=last_day))


def remove_hours(tx: Transaction, hours_id: int) -> bool:
    """Remove hours that staff entered; whether there were any."""
    gone = delete(hours).where(hours.c.id == hours_id, hours.c.by_staff)
    return tx.connection.execute(gone).rowcount > 0


# Built once: to build a statement anew costs as much as to run it.
_HOURS = (
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
        hours.c.by_staff,
        hours.c.since,
        hours.c.until,
    )
    .join_from(hours, service, hours.c.service_id == service.c.id)
    .join(person, hours.c.specialist_id == person.c.id)
    .outerjoin(station, hours.c.station_id == station.c.id)
    .where(person.c.ended_at.is_(None), station.c.active.is_not(False))
    .order_by(hours.c.weekday, hours.c.starts, hours.c.specialist_id, hours.c.id)
)
_DAY = bindparam("day", type_=Date())
_IN_FORCE = and_(
    or_(hours.c.since.is_(None), hours.c.since <= _DAY), or_(hours.c.until.is_(None), hours.c.until >= _DAY)
)
_WEEKLY = _HOURS.add_columns(service.c.code.label("service"), person.c.full_name.label("specialist"))
_SERVING_ON = _WEEKLY.where(hours.c.weekday == bindparam("weekday"), _IN_FORCE)
_IN_USE = _HOURS.where(service.c.code == bindparam("service"))
_SERVING = _IN_USE.where(hours.c.weekday.in_(bindparam("weekdays", expanding=True)))

_STARTS_AT = bindparam("starts_at", type_=UtcDateTime())
_ENDS_AT = bindparam("ends_at", type_=UtcDateTime())


def _claimed(holder: ColumnElement[bool], ends_at: BindParameter[datetime]) -> ColumnElement[bool]:
    return exists().where(
        holder,
        claim.c.ends_at > _STARTS_AT,
        claim.c.starts_at < ends_at,
        claim.c.appointment_id.is_distinct_from(bindparam("moving")),
        keeps_out(),
    )


_AWAY = exists().where(
    or_(absence.c.person_id == hours.c.specialist_id, absence.c.station_id == hours.c.station_id),
    absence.c.ends_at > _STARTS_AT,
    absence.c.starts_at < _ENDS_AT,
)
_TAKEN = _claimed(claim.c.person_id == hours.c.specialist_id, _ENDS_AT)
_AIRED_AT = bindparam("aired_at", type_=UtcDateTime())
_OCCUPIED = _claimed(claim.c.station_id == hours.c.station_id, _AIRED_AT)
_HELD = exists().where(
    lapsed(),
    or_(claim.c.person_id == hours.c.specialist_id, claim.c.station_id == hours.c.station_id),
    claim.c.ends_at > _STARTS_AT,
    claim.c.starts_at < _AIRED_AT,
)
_CLOSED = exists().where(closure.c.first_day <= _DAY, closure.c.last_day >= _DAY)
HOLDS = (
    hours.c.weekday == bindparam("weekday"),
    hours.c.starts <= bindparam("starts", type_=Time()),
    hours.c.ends >= bindparam("ends", type_=Time()),
    _IN_FORCE,
)
_SERVING_AT = _IN_USE.add_columns(
    and_(~_AWAY, ~_TAKEN, ~_OCCUPIED).label("free"), _HELD.label("held"), _CLOSED.label("closed")
).where(*HOLDS, hours.c.specialist_id.in_(bindparam("specialists", expanding=True)))
_ALL_WHO_SERVE = select(hours.c.specialist_id).distinct().order_by(hours.c.specialist_id)
