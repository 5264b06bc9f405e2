"""Erasing a participant's data on their word (art. 17 GDPR): what says who they were goes, what happened stays without them."""

from dataclasses import dataclass
from typing import Any

from scheduler.booked import coming
from scheduler.dossier import ERASED, Erased
from scheduler.errors import Refused
from scheduler.leaving import leave
from scheduler.names import name_key
from scheduler.people import SMS, Person, person
from storage import addresses, audit
from storage import dossier as kept
from storage import erasure as rows
from storage import leaving as ties
from storage.database import Transaction
from storage.locks import lock_people


class NotErasable(Refused):
    """Something has to be done first; the text says what."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What goes: addresses of theirs alone by id, and how many rows are about them."""

    person_id: int
    addresses: tuple[int, ...]
    visits: int
    messages: int


def what_goes(tx: Transaction, person_id: int) -> Erasure:
    """What erasing would take; nothing is changed.

    Raises:
        NoSuchPerson, Erased: nobody is there to be erased.
        NotErasable: staff, visits to come, or a message on its way.
    """
    someone = person(tx, person_id)
    _check(tx, someone)
    own, _ = _reached(tx, someone)
    if rows.is_on_its_way(tx, person_id, own):
        raise NotErasable(
            f"a message to number {person_id} is on its way; try again in a few minutes, nothing was changed"
        )
    about = kept.of_person(tx, person_id)
    return Erasure(person_id, tuple(sorted(own)), len(about["visits"]), len(about["messages"]))


def erase(tx: Transaction, person_id: int, *, by: audit.Actor = "staff") -> Erasure:
    """Erase them; whoever still takes part leaves with it, and is told nothing.

    Args:
        by: the system, where the time is over for which somebody who left is kept.

    Raises:
        NoSuchPerson, Erased, NotErasable: as `what_goes`.
    """
    lock_people(tx, {person_id})
    gone = what_goes(tx, person_id)
    someone = person(tx, person_id)
    own, shared = _reached(tx, someone)
    if someone.ended_at is None:
        leave(tx, person_id, tell=False)
    ties.withdraw(tx, person_id)
    rows.blank_messages(tx, person_id, own)
    rows.scrub_messages(tx, shared, lambda value: _names(value, someone))
    rows.scrub_office(tx, person_id, lambda value: _without(value, someone))
    rows.drop_rows(tx, person_id)
    rows.blank_addresses(tx, own, ERASED)
    rows.blank_person(tx, person_id, ERASED)
    audit.note(tx, by, "erased", person_id=person_id)
    return gone


def _check(tx: Transaction, someone: Person) -> None:
    if someone.kind != "participant":
        raise NotErasable(f"{someone.full_name} (number {someone.id}) is staff; only participants are erased")
    if someone.full_name == ERASED:
        raise Erased(someone.id)
    open_ones = len(coming(tx, [someone.id]))
    if open_ones:
        raise NotErasable(
            f"number {someone.id} has {open_ones} open visit(s): first 'termin participants end {someone.id}'; "
            "nothing was changed"
        )


def _reached(tx: Transaction, someone: Person) -> tuple[set[int], set[int]]:
    """The addresses that ever were theirs: those of nobody else, and those that others have too."""
    ids = {row.id for row in ties.once_reached_at(tx, someone.id)}
    if someone.phone and (account := addresses.latest_account(tx, SMS)) is not None:
        number = addresses.address_at(tx, SMS, account, someone.phone)
        ids |= {number.id} if number else set()
    shared = kept.shared_with_others(tx, someone.id, ids)
    return ids - shared, shared


def _names(value: Any, someone: Person) -> bool:
    """Whether a text, or anything in a value of JSON, has their first name or number, with or without accents."""
    if isinstance(value, dict):
        return any(_names(one, someone) for one in value.values())
    if isinstance(value, list):
        return any(_names(one, someone) for one in value)
    if not isinstance(value, str):
        return False
    return name_key(someone.first_name) in name_key(value) or bool(someone.phone and someone.phone in value)


def _without(value: Any, someone: Person) -> Any:
    """The same value of JSON without their name and number."""
    if isinstance(value, dict):
        return {key: _without(one, someone) for key, one in value.items()}
    if isinstance(value, list):
        return [_without(one, someone) for one in value]
    if isinstance(value, str):
        for theirs in (someone.full_name, someone.phone):
            value = value.replace(theirs, ERASED) if theirs else value
    return value
