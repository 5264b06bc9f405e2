"""All that is kept about one person, for their copy (art. 15 GDPR) and to take elsewhere (art. 20)."""

from typing import Any

from scheduler.errors import Refused
from scheduler.people import person
from storage import dossier as kept
from storage import leaving as ties
from storage.database import Transaction

ERASED = "erased"  # the name of whoever asked to be forgotten


class Erased(Refused):
    """Nothing is left to show."""

    def __init__(self, person_id: int) -> None:
        super().__init__(
            f"the data of number {person_id} were erased; nothing is left of them but ids and days"
        )


def dossier(tx: Transaction, person_id: int) -> dict[str, Any]:
    """Everything about that person, as plain values by name.

    What came from a phone that others share, and what was asked for there, is left out: it may be about them.

    Raises:
        NoSuchPerson, Erased.
    """
    person(tx, person_id)
    about: dict[str, Any] = kept.of_person(tx, person_id)
    (about["person"],) = about["person"]
    if about["person"]["full_name"] == ERASED:
        raise Erased(person_id)
    about["groups"] = [row["name"] for row in about["groups"]]
    ids = {row.id for row in ties.once_reached_at(tx, person_id)}
    own = ids - kept.shared_with_others(tx, person_id, ids)
    calls: dict[int, list[dict[str, Any]]] = {}
    for call in kept.attempts_of(tx, [row["id"] for row in about["messages"]]):
        calls.setdefault(call.pop("message_id"), []).append(call)
    for row in about["messages"]:
        row["attempts"] = calls.get(row["id"], [])
    return about | kept.of_addresses(tx, own)
