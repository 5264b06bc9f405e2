"""All that is kept about one person, table by table, as their copy and their export need it."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, exists, or_, select

from storage.database import Transaction
from storage.tables import (
    address,
    appointment,
    attempt,
    attendance,
    audit,
    claim,
    clause_shown,
    consent,
    declaration,
    group,
    inbox,
    link_code,
    membership,
    message,
    offer,
    person,
    person_address,
    service,
    session,
    station,
    todo,
    waiting,
)

Rows = list[dict[str, Any]]


def shared_with_others(tx: Transaction, person_id: int, address_ids: Collection[int]) -> set[int]:
    """Which of those addresses lead to somebody else too."""
    asked = {"person": person_id, "addresses": list(address_ids)}
    return set(tx.connection.execute(_SHARED, asked).scalars())


def of_person(tx: Transaction, person_id: int) -> dict[str, Rows]:
    """What is kept of the person themselves, by what it is."""
    return {kind: _rows(tx, asked, {"person": person_id}) for kind, asked in _OF_PERSON.items()}


def of_addresses(tx: Transaction, address_ids: Collection[int]) -> dict[str, Rows]:
    """What is kept of addresses: to be told to nobody but those whose they are."""
    asked_of = {"addresses": list(address_ids)}
    return {kind: _rows(tx, asked, asked_of) for kind, asked in _OF_ADDRESSES.items()}


def attempts_of(tx: Transaction, message_ids: Collection[int]) -> Rows:
    """Every call that carried one of those messages, by id."""
    return _rows(tx, _ATTEMPTS, {"messages": list(message_ids)})


def _rows(tx: Transaction, asked: Select[Any], values: Mapping[str, Any]) -> Rows:
    return [dict(row) for row in tx.connection.execute(asked, values).mappings()]


# Built once: to build a statement anew costs as much as to run it.
_IS_PERSON: BindParameter[Any] = bindparam("person")
_IS_ADDRESS: BindParameter[Any] = bindparam("addresses", expanding=True)
_specialist = person.alias()
_SHARED = (
    select(person_address.c.address_id)
    .join(person, person.c.id == person_address.c.person_id)
    .where(
        person_address.c.address_id.in_(_IS_ADDRESS),
        person_address.c.person_id != _IS_PERSON,
        person.c.ended_at.is_(None),
    )
)
_OF_PERSON: Mapping[str, Select[Any]] = {
    "person": select(
        person.c.id,
        person.c.kind,
        person.c.full_name,
        person.c.phone,
        person.c.language,
        person.c.polish_letters,
        person.c.writes_only,
        person.c.word_hash.is_not(None).label("has_word"),
        person.c.self_check,
        person.c.contract_until,
        person.c.may_be_id,
        person.c.enrolled_at,
        person.c.ended_at,
    ).where(person.c.id == _IS_PERSON),
    "groups": (
        select(group.c.name)
        .join(membership, membership.c.group_id == group.c.id)
        .where(membership.c.person_id == _IS_PERSON)
        .order_by(group.c.name)
    ),
    "sessions": (
        select(
            session.c.id,
            group.c.name.label("group"),
            session.c.starts_at,
            session.c.ends_at,
            session.c.status,
            attendance.c.answer,
            attendance.c.presence,
        )
        .join_from(session, group, group.c.id == session.c.group_id)
        .outerjoin(
            attendance,
            and_(attendance.c.session_id == session.c.id, attendance.c.person_id == _IS_PERSON),
        )
        .where(
            or_(
                attendance.c.person_id.is_not(None),
                exists().where(claim.c.session_id == session.c.id, claim.c.person_id == _IS_PERSON),
            )
        )
        .order_by(session.c.starts_at, session.c.id)
    ),
    "visits": (
        select(
            appointment.c.id,
            service.c.code.label("service"),
            _specialist.c.full_name.label("specialist"),
            station.c.code.label("station"),
            appointment.c.mode,
            appointment.c.starts_at,
            appointment.c.ends_at,
            appointment.c.status,
            appointment.c.late_minutes,
            appointment.c.accompanied,
            appointment.c.booked_at,
        )
        .join_from(appointment, service, service.c.id == appointment.c.service_id)
        .join(_specialist, _specialist.c.id == appointment.c.specialist_id)
        .outerjoin(station, station.c.id == appointment.c.station_id)
        .where(appointment.c.participant_id == _IS_PERSON)
        .order_by(appointment.c.starts_at, appointment.c.id)
    ),
    "waiting": (
        select(
            service.c.code.label("service"),
            waiting.c.first_day,
            waiting.c.last_day,
            waiting.c.from_time,
            waiting.c.until_time,
            waiting.c.since,
            waiting.c.ended_at,
        )
        .join(service, service.c.id == waiting.c.service_id)
        .where(waiting.c.person_id == _IS_PERSON)
        .order_by(waiting.c.id)
    ),
    "offers": (
        select(offer.c.starts_at, offer.c.offered_at, offer.c.outcome)
        .where(offer.c.person_id == _IS_PERSON)
        .order_by(offer.c.id)
    ),
    "messages": (
        select(
            message.c.id,
            message.c.channel,
            message.c.purpose,
            message.c.text,
            message.c.params,
            message.c.status,
            message.c.posted_at,
            message.c.send_after,
        )
        .where(message.c.person_id == _IS_PERSON)
        .order_by(message.c.id)
    ),
    "declarations": (
        select(declaration.c.day, declaration.c.asked_at, declaration.c.declared_at)
        .where(declaration.c.person_id == _IS_PERSON)
        .order_by(declaration.c.day)
    ),
    "information_shown": (
        select(clause_shown.c.version, clause_shown.c.channel, clause_shown.c.at)
        .where(clause_shown.c.person_id == _IS_PERSON)
        .order_by(clause_shown.c.id)
    ),
    "codes": (
        select(link_code.c.expires_at, link_code.c.used_at)
        .where(link_code.c.person_id == _IS_PERSON)
        .order_by(link_code.c.id)
    ),
    "todos": (
        select(todo.c.id, todo.c.text, todo.c.created_at, todo.c.due_at, todo.c.done_at)
        .where(todo.c.person_id == _IS_PERSON)
        .order_by(todo.c.id)
    ),
    "log": (
        select(audit.c.at, audit.c.actor, audit.c.action, audit.c.appointment_id, audit.c.details)
        .where(or_(audit.c.person_id == _IS_PERSON, audit.c.actor_id == _IS_PERSON))
        .order_by(audit.c.id)
    ),
}
_OF_ADDRESSES: Mapping[str, Select[Any]] = {
    "addresses": (
        select(
            address.c.id,
            address.c.channel,
            address.c.address,
            address.c.state,
            address.c.announcements,
            address.c.since,
        )
        .where(address.c.id.in_(_IS_ADDRESS))
        .order_by(address.c.id)
    ),
    "wishes": (
        select(consent.c.address_id, consent.c.topic, consent.c.allowed, consent.c.at)
        .where(consent.c.address_id.in_(_IS_ADDRESS))
        .order_by(consent.c.id)
    ),
    "received": (
        select(inbox.c.channel, inbox.c.received_at, inbox.c.meaning)
        .where(inbox.c.address_id.in_(_IS_ADDRESS))
        .order_by(inbox.c.id)
    ),
}
_ATTEMPTS = (
    select(
        attempt.c.message_id,
        attempt.c.channel,
        attempt.c.body,
        attempt.c.status,
        attempt.c.started_at,
    )
    .where(attempt.c.message_id.in_(bindparam("messages", expanding=True)))
    .order_by(attempt.c.id)
)
