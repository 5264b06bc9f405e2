"""The visits that the diary remembers."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from storage.database import Transaction
from storage.tables import appointment, service, station
from storage.tables.base import UtcDateTime


def add_visit(tx: Transaction, values: Mapping[str, Any]) -> int:
    """Write a visit; return its id."""
    return int(tx.connection.execute(_ADD, dict(values)).scalar_one())


def change_visit(tx: Transaction, visit_id: int, **values: Any) -> None:
    """Change those columns of a visit."""
    tx.connection.execute(update(appointment).where(appointment.c.id == visit_id).values(**values))


def visit_of(tx: Transaction, visit_id: int) -> Any:
    """One visit, by id."""
    return tx.connection.execute(_ONE, {"visit": visit_id}).one_or_none()


def open_visits(tx: Transaction, person_ids: Collection[int], since: datetime) -> list[Any]:
    """The visits of those people that are booked or confirmed and end after `since`, by start."""
    return list(tx.connection.execute(_OPEN_SINCE, {"people": list(person_ids), "since": since}))


def given_back_since(tx: Transaction, person_ids: Collection[int], since: datetime) -> list[Any]:
    """The visits that those people have given back themselves since then, the newest giving back first."""
    return list(tx.connection.execute(_GIVEN_BACK, {"people": list(person_ids), "since": since}))


def visits_with(tx: Transaction, specialist_id: int, span: tuple[datetime, datetime]) -> list[Any]:
    """The open visits with that specialist that touch the span, by start."""
    values = {"specialist": specialist_id, "from": span[0], "until": span[1]}
    return list(tx.connection.execute(_WITH, values))


def visits_within(tx: Transaction, span: tuple[datetime, datetime]) -> list[Any]:
    """The open visits that touch the span, by start."""
    return list(tx.connection.execute(_WITHIN, {"from": span[0], "until": span[1]}))


# Built once: to build a statement anew costs as much as to run it.
_ADD = insert(appointment).returning(appointment.c.id)
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
_ONE = _VISIT.where(appointment.c.id == bindparam("visit"))
_OF_THESE = appointment.c.participant_id.in_(bindparam("people", expanding=True))
_SINCE = bindparam("since", type_=UtcDateTime())
_GIVEN_BACK = _VISIT.where(
    _OF_THESE,
    appointment.c.status == "given_back",
    appointment.c.given_back_from.is_not(None),
    appointment.c.given_back_at > _SINCE,
).order_by(appointment.c.given_back_at.desc(), appointment.c.id.desc())
_OPEN = _VISIT.where(appointment.c.status.in_(("booked", "confirmed"))).order_by(
    appointment.c.starts_at, appointment.c.id
)
_OPEN_SINCE = _OPEN.where(_OF_THESE, appointment.c.ends_at > _SINCE)
_WITHIN = _OPEN.where(
    appointment.c.ends_at > bindparam("from", type_=UtcDateTime()),
    appointment.c.starts_at < bindparam("until", type_=UtcDateTime()),
)
_WITH = _WITHIN.where(appointment.c.specialist_id == bindparam("specialist"))
