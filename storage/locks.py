"""Who waits for whom: people are locked in order of id, so that two who want the same can't wait for each other."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, select, union_all

from storage.database import Transaction
from storage.hours import HOLDS, Hour
from storage.tables import hours, person, service


def lock_people(tx: Transaction, person_ids: Collection[int]) -> dict[int, Any]:
    """Lock those people until the transaction ends; on SQLite the whole database is locked already.

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


# Built once: to build a statement anew costs as much as to run it.
_PERSON = select(person.c.id, person.c.kind, person.c.contract_until, person.c.ended_at).order_by(person.c.id)
_THESE = person.c.id.in_(bindparam("people", expanding=True))
_WHO_SERVES = (
    select(hours.c.specialist_id)
    .join_from(hours, service, hours.c.service_id == service.c.id)
    .where(service.c.code == bindparam("service"), *HOLDS)
)
_LOCK = _PERSON.where(_THESE).with_for_update(key_share=True)
_LOCK_FOR_HOUR = _PERSON.where(
    person.c.id.in_(union_all(select(person.c.id).where(_THESE), _WHO_SERVES))
).with_for_update(key_share=True)
