"""What is remembered of one participant, as their page needs it: the latest visits, and what was done about them."""

from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from storage.database import Transaction
from storage.tables import appointment, audit, clause_shown, person, room, service, station


def visits(tx: Transaction, person_id: int, limit: int) -> list[Row[Any]]:
    """Their visits, whatever became of each, the latest first."""
    return list(tx.connection.execute(_VISITS, {"person": person_id, "most": limit}))


def log(tx: Transaction, person_id: int, limit: int) -> list[Row[Any]]:
    """What was done that concerns them, with the name of whoever on the staff did it, the newest first."""
    return list(tx.connection.execute(_LOG, {"person": person_id, "most": limit}))


def more(tx: Transaction, person_id: int) -> Row[Any]:
    """What of them is not on a person elsewhere."""
    return tx.connection.execute(_MORE, {"person": person_id}).one()


# Built once: to build a statement anew costs as much as to run it.
_specialist, _actor = person.alias(), person.alias()
_VISITS: Select[Any] = (
    select(
        appointment.c.id,
        appointment.c.starts_at,
        appointment.c.ends_at,
        service.c.code.label("service"),
        _specialist.c.full_name.label("specialist"),
        room.c.code.label("room"),
        station.c.code.label("station"),
        appointment.c.mode,
        appointment.c.status,
    )
    .join_from(appointment, service, appointment.c.service_id == service.c.id)
    .join(_specialist, appointment.c.specialist_id == _specialist.c.id)
    .outerjoin(station, appointment.c.station_id == station.c.id)
    .outerjoin(room, station.c.room_id == room.c.id)
    .where(appointment.c.participant_id == bindparam("person"))
    .order_by(appointment.c.starts_at.desc(), appointment.c.id.desc())
    .limit(bindparam("most"))
)
_LOG = (
    select(
        audit.c.id, audit.c.at, audit.c.actor, audit.c.action, audit.c.details, _actor.c.full_name.label("by")
    )
    .outerjoin(_actor, (_actor.c.id == audit.c.actor_id) & (audit.c.actor == "staff"))
    .where(audit.c.person_id == bindparam("person"))
    .order_by(audit.c.id.desc())
    .limit(bindparam("most"))
)
_SHOWN = (
    select(clause_shown.c.at)
    .where(clause_shown.c.person_id == person.c.id)
    .order_by(clause_shown.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_MORE: Select[Any] = select(
    person.c.self_check,
    person.c.enrolled_at,
    person.c.erased_at,
    person.c.may_be_id,
    _SHOWN.label("clause_at"),
).where(person.c.id == bindparam("person"))
