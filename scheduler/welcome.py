"""The first message to somebody who was enrolled: who writes, how to book, how to stop, and where the information clause is."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from scheduler.ledger import Notice, Purpose, post
from scheduler.people import Address, AddressState, Person, addresses_of, people_at
from storage.database import Transaction

USEFUL_FOR = timedelta(days=7)  # a long weekend of silence passes
LONGEST_NAMES = 20  # letters: more would not fit beside the rest of it


def welcome(tx: Transaction, person_ids: Collection[int]) -> None:
    """Write to every address of those newly enrolled, once an address however many share it and however often it is asked."""
    for person_id in person_ids:
        for address in addresses_of(tx, person_id):
            if address.state is AddressState.ACTIVE:
                _write(tx, address, person_ids)


def _write(tx: Transaction, address: Address, person_ids: Collection[int]) -> None:
    here = people_at(tx, address.id)
    new = [someone for someone in here if someone.id in person_ids]
    names = _names(new) if len(here) > 1 else ""
    post(
        tx,
        Notice(
            key=f"welcome:{address.id}",
            purpose=Purpose.NOTICE,
            text="welcome",
            params={"first_name": names} if names else {},
            person_id=new[0].id,
            address_id=address.id,
            useless_after=tx.now + USEFUL_FOR,
        ),
    )


def _names(people: Sequence[Person]) -> str:
    """As many first names as there is room for; they share the phone and know each other."""
    names = ""
    for someone in people:
        longer = f"{names}, {someone.first_name}" if names else someone.first_name
        if len(longer) > LONGEST_NAMES and names:
            break
        names = longer
    return names
