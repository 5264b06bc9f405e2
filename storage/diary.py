"""What the diary remembers: who serves when, absences and closures, visits."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

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
    union_all,
    update,
)

from storage.claims import keeps_out, lapsed
from storage.database import Transaction
from storage.tables import absence, appointment, claim, closure, hours, person, room, service, station
from storage.tables.base import UtcDateTime


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


_INSERT_VISIT = insert(appointment).returning(appointment.c.id)


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


def absences(
    tx: Transaction,
    person_ids: Collection[int],
    span: tuple[datetime, datetime],
    station_ids: Collection[int] = (),
) -> list[Any]:
    """Every absence of those people and stations that touches the span."""
    values = {
        "people": list(person_ids),
        "stations": list(station_ids),
        "starts_at": span[0],
        "ends_at": span[1],
    }
    return list(tx.connection.execute(_ABSENCES, values))


def add_absence(
    tx: Transaction,
    span: tuple[datetime, datetime],
    *,
    person_id: int | None = None,
    station_id: int | None = None,
) -> None:
    """Record that somebody is not here, or a station not to be used, in that span; what is recorded already stays as it is."""
    known = absences(
        tx,
        () if person_id is None else (person_id,),
        span,
        () if station_id is None else (station_id,),
    )
    if any(row.starts_at <= span[0] and row.ends_at >= span[1] for row in known):
        return
    row = {"person_id": person_id, "station_id": station_id, "starts_at": span[0], "ends_at": span[1]}
    tx.connection.execute(insert(absence), row)


def end_absences(tx: Transaction, person_id: int, at: datetime) -> int:
    """Let the absences of that person which hold at that instant end there; return how many did."""
    values = {"person": person_id, "at": at}
    gone = tx.connection.execute(_DROP_ABSENCES, values).rowcount
    return gone + tx.connection.execute(_END_ABSENCES, values).rowcount


def closures(tx: Transaction, first: date, last: date) -> list[tuple[date, date]]:
    """First and last day of every closure that touches those days."""
    return [(row[0], row[1]) for row in tx.connection.execute(_CLOSURES, {"first": first, "last": last})]


def add_closure(tx: Transaction, first: date, last: date, reason: str) -> None:
    """Record days, both counted, on which staff close the club; those recorded already stay as they are."""
    if any(begin <= first and end >= last for begin, end in closures(tx, first, last)):
        return
    row = {"first_day": first, "last_day": last, "reason": reason, "by_staff": True}
    tx.connection.execute(insert(closure), row)


def lock_people(tx: Transaction, person_ids: Collection[int]) -> dict[int, Any]:
    """Lock those people until the transaction ends, always in order of id; on SQLite the whole database is locked already.

    FOR NO KEY UPDATE: a plain FOR UPDATE would hold up every insert that refers to the person.
    """
    return {row.id: row for row in tx.connection.execute(_LOCK, {"people": list(person_ids)})}


def lock_for_hour(tx: Transaction, person_ids: Collection[int], hour: Hour) -> dict[int, Any]:
    """The same, in one statement with every specialist whose weekly hours hold that hour."""
    values = {
        "people": list(person_ids),
        "service": hour.service,
        "day": hour.day,
        "weekday": hour.weekday,
        "starts": hour.starts,
        "ends": hour.ends,
    }
    return {row.id: row for row in tx.connection.execute(_LOCK_FOR_HOUR, values)}


def insert_visit(tx: Transaction, values: Mapping[str, Any]) -> int:
    """Write a visit; return its id."""
    return int(tx.connection.execute(_INSERT_VISIT, dict(values)).scalar_one())


def update_visit(tx: Transaction, visit_id: int, **values: Any) -> None:
    """Change those columns of a visit."""
    tx.connection.execute(update(appointment).where(appointment.c.id == visit_id).values(**values))


def visit(tx: Transaction, visit_id: int) -> Any:
    """One visit, by id."""
    return tx.connection.execute(_ONE_VISIT, {"visit": visit_id}).one_or_none()


def open_visits(tx: Transaction, person_ids: Collection[int], since: datetime) -> list[Any]:
    """The visits of those people that are booked or confirmed and end after `since`, by start."""
    return list(tx.connection.execute(_OPEN_VISITS, {"people": list(person_ids), "since": since}))


def given_back_since(tx: Transaction, person_ids: Collection[int], since: datetime) -> list[Any]:
    """The visits that those people have given back themselves since then, the newest giving back first."""
    return list(tx.connection.execute(_GIVEN_BACK, {"people": list(person_ids), "since": since}))


def visits_with(tx: Transaction, specialist_id: int, span: tuple[datetime, datetime]) -> list[Any]:
    """The open visits with that specialist that touch the span, by start."""
    values = {"specialist": specialist_id, "starts_at": span[0], "ends_at": span[1]}
    return list(tx.connection.execute(_VISITS_WITH, values))


def visits_within(tx: Transaction, span: tuple[datetime, datetime]) -> list[Any]:
    """The open visits that touch the span, by start."""
    return list(tx.connection.execute(_VISITS_WITHIN, {"starts_at": span[0], "ends_at": span[1]}))


def who_serves(tx: Transaction) -> list[int]:
    """Everybody with weekly hours, by id."""
    return list(tx.connection.execute(_ALL_WHO_SERVE).scalars())


def stations_of(tx: Transaction, room_code: str) -> list[Any]:
    """The stations of a room that are in use, as `id` and `code`, by code."""
    return list(tx.connection.execute(_STATIONS_OF, {"room": room_code}))


# The statements are built once: to build one anew costs as much as to run it.

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
_HOLDS = (
    hours.c.weekday == bindparam("weekday"),
    hours.c.starts <= bindparam("starts", type_=Time()),
    hours.c.ends >= bindparam("ends", type_=Time()),
    _IN_FORCE,
)
_SERVING_AT = _IN_USE.add_columns(
    and_(~_AWAY, ~_TAKEN, ~_OCCUPIED).label("free"), _HELD.label("held"), _CLOSED.label("closed")
).where(*_HOLDS, hours.c.specialist_id.in_(bindparam("specialists", expanding=True)))

_PERSON = select(person.c.id, person.c.kind, person.c.contract_until, person.c.ended_at).order_by(person.c.id)
_THESE = person.c.id.in_(bindparam("people", expanding=True))
_WHO_SERVES = (
    select(hours.c.specialist_id)
    .join_from(hours, service, hours.c.service_id == service.c.id)
    .where(service.c.code == bindparam("service"), *_HOLDS)
)
_LOCK = _PERSON.where(_THESE).with_for_update(key_share=True)
_LOCK_FOR_HOUR = _PERSON.where(
    person.c.id.in_(union_all(select(person.c.id).where(_THESE), _WHO_SERVES))
).with_for_update(key_share=True)

_ABSENCES = select(absence.c.person_id, absence.c.station_id, absence.c.starts_at, absence.c.ends_at).where(
    or_(
        absence.c.person_id.in_(bindparam("people", expanding=True)),
        absence.c.station_id.in_(bindparam("stations", expanding=True)),
    ),
    absence.c.ends_at > _STARTS_AT,
    absence.c.starts_at < _ENDS_AT,
)
_AT = bindparam("at", type_=UtcDateTime())
_OF_PERSON = absence.c.person_id == bindparam("person")
_DROP_ABSENCES = delete(absence).where(_OF_PERSON, absence.c.starts_at == _AT)
_END_ABSENCES = (
    update(absence).where(_OF_PERSON, absence.c.starts_at < _AT, absence.c.ends_at > _AT).values(ends_at=_AT)
)
_CLOSURES = select(closure.c.first_day, closure.c.last_day).where(
    closure.c.last_day >= bindparam("first"), closure.c.first_day <= bindparam("last")
)

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
        appointment.c.given_back_from,
    )
    .join_from(appointment, service, appointment.c.service_id == service.c.id)
    .outerjoin(station, appointment.c.station_id == station.c.id)
)
_BY_START = (appointment.c.starts_at, appointment.c.id)
_OPEN = appointment.c.status.in_(("booked", "confirmed"))
_ONE_VISIT = _VISIT.where(appointment.c.id == bindparam("visit"))
_OPEN_VISITS = _VISIT.where(
    appointment.c.participant_id.in_(bindparam("people", expanding=True)),
    _OPEN,
    appointment.c.ends_at > bindparam("since", type_=UtcDateTime()),
).order_by(*_BY_START)
_GIVEN_BACK = _VISIT.where(
    appointment.c.participant_id.in_(bindparam("people", expanding=True)),
    appointment.c.status == "given_back",
    appointment.c.given_back_from.is_not(None),
    appointment.c.given_back_at > bindparam("since", type_=UtcDateTime()),
).order_by(appointment.c.given_back_at.desc(), appointment.c.id.desc())
_VISITS_WITH = _VISIT.where(
    appointment.c.specialist_id == bindparam("specialist"),
    _OPEN,
    appointment.c.ends_at > _STARTS_AT,
    appointment.c.starts_at < _ENDS_AT,
).order_by(*_BY_START)
_VISITS_WITHIN = _VISIT.where(
    _OPEN, appointment.c.ends_at > _STARTS_AT, appointment.c.starts_at < _ENDS_AT
).order_by(*_BY_START)
_ALL_WHO_SERVE = select(hours.c.specialist_id).distinct().order_by(hours.c.specialist_id)
_STATIONS_OF = (
    select(station.c.id, station.c.code)
    .join(room, station.c.room_id == room.c.id)
    .where(room.c.code == bindparam("room"), station.c.active)
    .order_by(station.c.code)
)
