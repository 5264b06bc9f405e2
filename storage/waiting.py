"""Who waits for a time, in order of how long: what each wishes for, and when their waiting ended."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, bindparam, exists, insert, or_, select, update

from storage.database import Transaction
from storage.tables import appointment, person, service, waiting
from storage.tables.base import UtcDateTime


def of_people(tx: Transaction, person_ids: Collection[int], today: date) -> list[Row[Any]]:
    """What those people wait for today, the longest waiting first."""
    values = {"people": list(person_ids), "now": tx.now, "today": today}
    return list(tx.connection.execute(_OF_PEOPLE, values))


def everybody(tx: Transaction, today: date) -> list[Row[Any]]:
    """Everybody who waits today, the longest waiting first."""
    return list(tx.connection.execute(_EVERYBODY, {"now": tx.now, "today": today}))


def open_of(tx: Transaction, person_id: int, service_code: str) -> list[int]:
    """The open row of that person and service, whether or not it still stands."""
    asked = {"person": person_id, "service": service_code}
    return list(tx.connection.execute(_OPEN_OF, asked).scalars())


def insert_waiting(tx: Transaction, person_id: int, service_code: str, values: Mapping[str, Any]) -> int:
    """Write that somebody waits from now on; return the row's id."""
    service_id = select(service.c.id).where(service.c.code == service_code).scalar_subquery()
    row = insert(waiting).values(person_id=person_id, service_id=service_id, since=tx.now, **values)
    return int(tx.connection.execute(row.returning(waiting.c.id)).scalar_one())


def change_waiting(tx: Transaction, waiting_id: int, values: Mapping[str, Any]) -> None:
    """Let an open row wish for something else."""
    tx.connection.execute(update(waiting).where(waiting.c.id == waiting_id).values(**values))


def end(tx: Transaction, waiting_ids: Collection[int]) -> None:
    """These wait no more."""
    tx.connection.execute(_END, {"ids": list(waiting_ids), "now": tx.now})


def reopen(tx: Transaction, waiting_id: int) -> int | None:
    """Let a row that ended stand again; whose it is, or None if it is open, not there, or its person waits anew."""
    return tx.connection.execute(_REOPEN, {"which": waiting_id}).scalar_one_or_none()


def end_what_stands_no_more(tx: Transaction, today: date) -> None:
    """End the waiting of whoever has what they waited for, of whoever left, and whose last day has passed."""
    tx.connection.execute(_SWEEP, {"now": tx.now, "today": today})


def lock_open(tx: Transaction) -> bool:
    """Keep others who offer times out until the transaction ends; False if nobody waits."""
    return bool(tx.connection.execute(_LOCK).all())


# Built once: to build a statement anew costs as much as to run it.
_NOW = bindparam("now", type_=UtcDateTime())
_OPEN = waiting.c.ended_at.is_(None)
_own, _other, _who = appointment.alias(), appointment.alias(), person.alias()
_OWN_VISIT = exists().where(
    _own.c.id == waiting.c.appointment_id,
    _own.c.status.in_(("booked", "confirmed")),
    _own.c.starts_at > _NOW,
)
# Who has booked since has what they waited for.
_BOOKED_SINCE = exists().where(
    _other.c.participant_id == waiting.c.person_id,
    _other.c.service_id == waiting.c.service_id,
    _other.c.status.in_(("booked", "confirmed")),
    _other.c.booked_at > waiting.c.since,
)
_IS_HERE = exists().where(_who.c.id == waiting.c.person_id, _who.c.ended_at.is_(None))
_STANDS = and_(
    waiting.c.last_day >= bindparam("today"),
    _IS_HERE,
    or_(and_(waiting.c.appointment_id.is_(None), ~_BOOKED_SINCE), _OWN_VISIT),
)
_ROWS = (
    select(
        waiting.c.id,
        waiting.c.person_id,
        service.c.code.label("service"),
        waiting.c.appointment_id,
        appointment.c.starts_at.label("visit_starts_at"),
        waiting.c.earlier,
        waiting.c.first_day,
        waiting.c.last_day,
        waiting.c.from_time,
        waiting.c.until_time,
        waiting.c.refused,
        waiting.c.since,
        person.c.full_name.label("person"),
        person.c.contract_until,
    )
    .join_from(waiting, service, service.c.id == waiting.c.service_id)
    .join(person, person.c.id == waiting.c.person_id)
    .outerjoin(appointment, appointment.c.id == waiting.c.appointment_id)
    .where(_OPEN, _STANDS)
    .order_by(waiting.c.since, waiting.c.id)
)
_EVERYBODY = _ROWS
_OF_PEOPLE = _ROWS.where(waiting.c.person_id.in_(bindparam("people", expanding=True)))
_OPEN_OF = (
    select(waiting.c.id)
    .join(service, service.c.id == waiting.c.service_id)
    .where(_OPEN, waiting.c.person_id == bindparam("person"), service.c.code == bindparam("service"))
)
_END = update(waiting).where(_OPEN, waiting.c.id.in_(bindparam("ids", expanding=True))).values(ended_at=_NOW)
_again = waiting.alias()
_WAITS_ANEW = exists().where(
    _again.c.person_id == waiting.c.person_id,
    _again.c.service_id == waiting.c.service_id,
    _again.c.ended_at.is_(None),
)
_REOPEN = (
    update(waiting)
    .where(waiting.c.id == bindparam("which"), waiting.c.ended_at.is_not(None), ~_WAITS_ANEW)
    .values(ended_at=None)
    .returning(waiting.c.person_id)
)
_SWEEP = update(waiting).where(_OPEN, ~_STANDS).values(ended_at=_NOW)
_LOCK = select(waiting.c.id).where(_OPEN).order_by(waiting.c.id).with_for_update()
