"""Who is enrolled, and at which addresses words reach them.

An address is a row of its own: several people may share one, and one person may have several. Its `account` is what the
club answers from: a bot's id, an SMS sender. A club has one SMS sender at a time; without one (SMS is off) its numbers
stand under the account "", so that they are known, and `adopt_numbers` brings them under the sender when there is one.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from scheduler.errors import Refused
from scheduler.names import first_name, name_key
from storage import addresses, leaving, people
from storage.database import Transaction

SMS = "sms"
NO_SENDER = ""


class AddressState(StrEnum):
    """Whether words go to an address: its owner asked for silence, the channel refuses it, or it is somebody else's."""

    ACTIVE = "active"
    STOPPED = "stopped"
    DEAD = "dead"
    WRONG = "wrong"


class NoSuchPerson(Refused):
    """Nobody has that id."""

    def __init__(self, person_id: int) -> None:
        super().__init__(
            f"there is nobody with the number {person_id}; 'termin participants list' shows who is"
        )


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody enrolled, or a member of staff.

    Attributes:
        phone: E.164.
        ended_at: when they left.
        writes_only: they asked to be written to, never called.
        has_word: four digits are asked for before their visits are read out on a shared phone.
    """

    id: int
    kind: str
    full_name: str
    phone: str | None
    language: str
    polish_letters: bool
    contract_until: date | None
    ended_at: datetime | None
    writes_only: bool = False
    has_word: bool = False

    @property
    def first_name(self) -> str:
        """What they are called where others read along."""
        return first_name(self.full_name)


@dataclass(frozen=True, slots=True)
class Address:
    """Where words reach people: a number of a sender, a chat of a bot."""

    id: int
    channel: str
    account: str
    address: str
    state: AddressState
    announcements: bool


def person(tx: Transaction, person_id: int) -> Person:
    """That person.

    Raises:
        NoSuchPerson: there is none.
    """
    row = people.person_of(tx, person_id)
    if row is None:
        raise NoSuchPerson(person_id)
    return person_from(row)


def called(tx: Transaction, kind: str, name: str) -> list[Person]:
    """Whoever of that kind is here and has that name, or that number as a person."""
    if name.isdecimal():
        row = people.person_of(tx, int(name)) if len(name) < 10 else None
        same = [row] if row is not None and row.kind == kind else []
    else:
        same = list(people.namesakes(tx, kind, name_key(name)))
    return [person_from(row) for row in same if row.ended_at is None]


def address_of(tx: Transaction, channel: str, account: str, address: str) -> Address:
    """The row of that address; a stranger's is made."""
    row = addresses.address_at(tx, channel, account, address)
    if row is None:
        if channel == SMS:
            addresses.move_addresses(tx, SMS, account, away_from=NO_SENDER, only=address)
        addresses.add_address(tx, channel, account, address)
        row = addresses.address_at(tx, channel, account, address)
    return address_from(row)


def people_at(tx: Transaction, address_id: int) -> list[Person]:
    """The participants of that address who have not left, by id; nobody for a stranger's."""
    return [person_from(row) for row in people.people_at(tx, address_id)]


def colleagues_at(tx: Transaction, address_id: int) -> list[Person]:
    """The staff of that address who work here, by id."""
    return [person_from(row) for row in people.people_at(tx, address_id, "staff")]


def addresses_of(tx: Transaction, person_id: int) -> list[Address]:
    """Every address that leads to that person, whatever its state."""
    return [address_from(row) for row in addresses.addresses_of(tx, [person_id])]


def link(tx: Transaction, person_id: int, channel: str, account: str, address: str) -> Address:
    """Let that address lead to that person from now on, beside whoever it leads to already."""
    found = address_of(tx, channel, account, address)
    addresses.link(tx, person_id, found.id)
    return found


def take_over(tx: Transaction, address: Address, person_id: int) -> None:
    """Staff say that this address is that person's: if its owner said before that it is nobody's here, it is theirs alone now."""
    if address.state is not AddressState.WRONG:
        return
    for someone in people_at(tx, address.id):
        if someone.id != person_id:
            leaving.unlink(tx, someone.id, [address.id])
    addresses.change_address(tx, address.id, state=AddressState.ACTIVE, announcements=True)


def adopt_numbers(tx: Transaction, sender: str) -> int:
    """Bring every number under the sender that the club has now, with what each asked for; return how many were moved.

    To be called at every start: the sender may be new, or another than before.
    """
    return addresses.move_addresses(tx, SMS, sender)


def numbers_without_sender(tx: Transaction) -> int:
    """How many numbers were enrolled while SMS was off and are under no sender yet."""
    return addresses.count_under(tx, SMS, NO_SENDER)


def person_from(row: Any) -> Person:
    """A row of the people's queries as what it means."""
    return Person(
        row.id,
        row.kind,
        row.full_name,
        row.phone or None,
        row.language,
        row.polish_letters,
        row.contract_until,
        row.ended_at,
        row.writes_only,
        row.word_hash is not None,
    )


def address_from(row: Any) -> Address:
    """A row of the addresses' queries as what it means."""
    return Address(row.id, row.channel, row.account, row.address, AddressState(row.state), row.announcements)
