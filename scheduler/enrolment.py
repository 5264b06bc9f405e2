"""Who becomes a participant, and when somebody enrolled is the one who is named again.

A person is known by name and number: the same name with another number is somebody else, marked as perhaps the same,
and staff are asked to look.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from scheduler.errors import Refused
from scheduler.names import name_key
from scheduler.people import NO_SENDER, SMS, Person, link, people_at, person_from, take_over
from scheduler.todos import open_todo
from storage import addresses, audit, groups, people
from storage.database import Transaction


class HasLeft(Refused):
    """The person took part once; nothing brings them back unasked."""

    def __init__(self, ended_at: datetime) -> None:
        super().__init__(
            f"this person left the club on {ended_at.date().isoformat()} and is not enrolled again by a file"
        )
        self.ended_at = ended_at


class Fate(StrEnum):
    """What became of somebody named; the last two only in a file."""

    ENROLLED = "enrolled"
    CHANGED = "changed"
    KNOWN = "known"
    REPEATED = "repeated"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to enrol. The number is E.164; what is None was not said, and changes nothing of a person known already."""

    full_name: str
    phone: str | None = None
    language: str | None = None
    groups: tuple[str, ...] = ()
    contract_until: date | None = None
    polish_letters: bool | None = None


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What became of a newcomer.

    Attributes:
        may_be: who was enrolled first under that name, with another number.
        shares_with: who else is written to at that number.
        kept_language: theirs, where another was said.
        kept_phone: theirs, where the one was said that they had before staff gave them this.
    """

    person_id: int
    fate: Fate
    may_be: Person | None = None
    shares_with: tuple[Person, ...] = ()
    kept_language: str | None = None
    kept_phone: str | None = None


def enrol(tx: Transaction, newcomer: Newcomer, account: str | None = None) -> Enrolled:
    """Enrol somebody, or bring contract and groups of who is enrolled up to date; a second time changes nothing.

    Args:
        account: the SMS sender; None means the one under which numbers stand already.

    Raises:
        HasLeft: the person was a participant once.
    """
    namesakes = people.namesakes(tx, "participant", name_key(newcomer.full_name))
    known = next((row for row in namesakes if row.phone == (newcomer.phone or "")), None)
    if known is not None:
        return _bring_up_to_date(tx, newcomer, known, account)
    moved = _who_had(tx, namesakes, newcomer.phone)
    if moved is not None:
        done = _bring_up_to_date(tx, replace(newcomer, phone=moved.phone), moved, account)
        return replace(done, kept_phone=moved.phone)
    new_id = _insert(tx, newcomer, namesakes)
    if new_id is None:  # somebody enrolled the same person a moment before
        return enrol(tx, newcomer, account)
    shares_with = _reach(tx, new_id, newcomer, account, is_new=True)
    _join(tx, new_id, newcomer.groups)
    audit.note(tx, "staff", "enrolled", person_id=new_id)
    if not namesakes:
        return Enrolled(new_id, Fate.ENROLLED, None, shares_with)
    _ask_whether_the_same(tx, new_id, namesakes[0].id)
    return Enrolled(new_id, Fate.ENROLLED, person_from(namesakes[0]), shares_with)


def _who_had(tx: Transaction, namesakes: Sequence[Any], phone: str | None) -> Any | None:
    """Whoever of that name had that number until staff gave them another: an old list must not bring it back."""
    if phone is None or not namesakes:
        return None
    of_name = {row.id: row for row in namesakes}
    for line in audit.noted(tx, "new_phone", of_name.keys()):
        before = [addresses.address_of_id(tx, address_id) for address_id in line.details["addresses"]]
        if any(one is not None and one.address == phone for one in before):
            return of_name[line.person_id]
    return None


def _insert(tx: Transaction, newcomer: Newcomer, namesakes: Sequence[Any]) -> int | None:
    return people.add_person(
        tx,
        kind="participant",
        full_name=newcomer.full_name,
        name_key=name_key(newcomer.full_name),
        phone=newcomer.phone or "",
        language=newcomer.language or "pl",
        polish_letters=bool(newcomer.polish_letters),
        contract_until=newcomer.contract_until,
        may_be_id=namesakes[0].id if namesakes else None,
    )


def _bring_up_to_date(tx: Transaction, newcomer: Newcomer, known: Any, account: str | None) -> Enrolled:
    """Contract and groups are the office's; the language is the participant's, who may have chosen it since."""
    if known.ended_at is not None:
        raise HasLeft(known.ended_at)
    changes: list[str] = []
    if newcomer.contract_until not in (None, known.contract_until):
        people.change_person(tx, known.id, contract_until=newcomer.contract_until)
        changes.append("contract_until")
    joined = _join(tx, known.id, newcomer.groups)
    if joined:
        changes.append("groups")
    shares_with = _reach(tx, known.id, newcomer, account)
    if changes:
        audit.note(tx, "staff", "changed", person_id=known.id, details={"what": changes})
    kept = known.language if newcomer.language not in (None, known.language) else None
    return Enrolled(known.id, Fate.CHANGED if changes else Fate.KNOWN, None, shares_with, kept)


def _reach(
    tx: Transaction, person_id: int, newcomer: Newcomer, account: str | None, *, is_new: bool = False
) -> tuple[Person, ...]:
    """Link the number; return who else is written to there. One that was said to be somebody else's is the new person's."""
    if newcomer.phone is None:
        return ()
    if account is None:
        account = addresses.latest_account(tx, SMS) or NO_SENDER
    address = link(tx, person_id, SMS, account, newcomer.phone)
    if is_new:
        take_over(tx, address, person_id)
    return tuple(one for one in people_at(tx, address.id) if one.id != person_id)


def _join(tx: Transaction, person_id: int, names: Sequence[str]) -> bool:
    """Make the person a member of those groups, made if need be; whether that was new for any of them."""
    joined = False
    for name in names:
        joined |= groups.join(tx, person_id, _group(tx, name))
    return joined


def _group(tx: Transaction, name: str) -> int:
    """The group of that name, in whatever case and with whatever accents it is written; made if need be."""
    found = _find_group(tx, name)
    if found is None:
        groups.add(tx, name)
        found = groups.ids_by_name(tx)[name]
    return found


def _find_group(tx: Transaction, name: str) -> int | None:
    key = name_key(name)
    return next(
        (group_id for known, group_id in groups.ids_by_name(tx).items() if name_key(known) == key), None
    )


def _ask_whether_the_same(tx: Transaction, new_id: int, other_id: int) -> None:
    open_todo(tx, key=f"may_be:{new_id}", text="todo_may_be", params={"other": other_id}, person_id=new_id)
