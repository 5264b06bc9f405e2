"""What staff change of a participant: name, language, contract, and how they wish to be spoken to."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from scheduler.contacting import want_calls
from scheduler.errors import Refused
from scheduler.names import name_key
from scheduler.people import Person
from scheduler.person_page import participant
from storage import audit, people, person_page, todos
from storage.database import Transaction
from storage.locks import lock_people


class NotChanged(Refused):
    """They have left the club: what is kept stays as it is."""


class NameTaken(Refused):
    """Somebody else of that name has the same number."""

    def __init__(self, person_id: int) -> None:
        super().__init__(f"number {person_id} has that name and that number; nothing was changed")
        self.person_id = person_id


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything that can be changed at once. `self_check` is 'daily', 'visits' or 'never'."""

    full_name: str
    language: str
    contract_until: date | None
    polish_letters: bool
    writes_only: bool
    self_check: str


def change(tx: Transaction, person_id: int, wanted: Wanted) -> Person:
    """Let all of it be so; what is so already is not noted.

    Raises:
        NoSuchPerson, Erased, NotChanged. NameTaken: that would be somebody else.
    """
    people.lock_enrolment(tx)
    lock_people(tx, {person_id})
    someone = participant(tx, person_id)
    if someone.ended_at is not None:
        raise NotChanged
    _check_name(tx, someone, wanted.full_name)
    before = _as_is(tx, someone)
    values = {name: value for name, value in asdict(wanted).items() if value != before[name]}
    if values.pop("writes_only", before["writes_only"]) is not before["writes_only"]:
        want_calls(tx, person_id, not wanted.writes_only)
    if values:
        named = {"name_key": name_key(wanted.full_name)} if "full_name" in values else {}
        people.change_person(tx, person_id, **values, **named)
        details = {"what": sorted(values)}
        audit.note(tx, "staff", "changed", person_id=person_id, details=details)
    return participant(tx, person_id)


def are_two(tx: Transaction, person_id: int) -> None:
    """Staff have looked: they are not the same person as whoever was enrolled first under that name.

    Raises:
        NoSuchPerson, Erased.
    """
    participant(tx, person_id)
    people.change_person(tx, person_id, may_be_id=None)
    todos.close_one(tx, f"may_be:{person_id}")
    audit.note(tx, "staff", "are_two", person_id=person_id)


def _as_is(tx: Transaction, someone: Person) -> Mapping[str, Any]:
    return asdict(
        Wanted(
            someone.full_name,
            someone.language,
            someone.contract_until,
            someone.polish_letters,
            someone.writes_only,
            person_page.more(tx, someone.id).self_check,
        )
    )


def _check_name(tx: Transaction, someone: Person, full_name: str) -> None:
    for row in people.namesakes(tx, "participant", name_key(full_name)):
        if row.id != someone.id and row.phone == (someone.phone or ""):
            raise NameTaken(row.id)
