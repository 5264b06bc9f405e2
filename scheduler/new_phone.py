"""A participant's number becomes another: staff's decision alone, for whoever holds a phone can write from it."""

from scheduler.errors import Refused
from scheduler.ledger import Notice, Purpose, post, reroute
from scheduler.names import name_key
from scheduler.people import NO_SENDER, SMS, AddressState, Person, link, person, take_over
from storage import addresses, audit, people
from storage import leaving as ties
from storage.database import Transaction


class NotMoved(Refused):
    """The number was not changed; the text says why, and what to do."""


def new_phone(tx: Transaction, person_id: int, phone: str, account: str | None = None) -> Person:
    """Write to that number from now on, and nowhere else: chats are linked anew by whoever holds the phone.

    What waits goes to the new number, and a word of confirmation with it; whoever has the old one is nobody's again.

    Args:
        phone: E.164.
        account: the SMS sender; None means the one under which numbers stand already.

    Raises:
        NoSuchPerson: nobody has that id.
        NotMoved: they are no participant now, the number is theirs already, or it is a namesake's.
    """
    someone = person(tx, person_id)
    _check(tx, someone, phone)
    before = [row.id for row in addresses.addresses_of(tx, [person_id])]
    ties.unlink(tx, person_id, before)
    new = link(tx, person_id, SMS, account or addresses.latest_account(tx, SMS) or NO_SENDER, phone)
    take_over(tx, new, person_id)
    if new.state is AddressState.DEAD:  # staff know better by now
        addresses.change_address(tx, new.id, state=AddressState.ACTIVE)
    reroute(tx, person_id)
    ties.withdraw_replies(tx, person_id, [one for one in before if one != new.id])
    people.change_person(tx, person_id, phone=phone)
    audit.note(tx, "staff", "new_phone", person_id=person_id, details={"addresses": before, "new": new.id})
    _confirm(tx, person_id, new.id)
    return person(tx, person_id)


def _check(tx: Transaction, someone: Person, phone: str) -> None:
    if someone.kind != "participant" or someone.ended_at is not None:
        why = "has left the club" if someone.ended_at else "is staff"
        raise NotMoved(f"{someone.full_name} (number {someone.id}) {why}; nothing was changed")
    if someone.phone == phone:
        raise NotMoved(f"{phone} is the number of {someone.full_name} already; nothing was changed")
    namesakes = people.namesakes(tx, "participant", name_key(someone.full_name))
    twin = next((row.id for row in namesakes if row.phone == phone), None)
    if twin is not None:
        raise NotMoved(
            f"{someone.full_name} is enrolled with {phone} as number {twin}; "
            f"'termin participants end {someone.id}' ends the one that is there twice"
        )


def _confirm(tx: Transaction, person_id: int, address_id: int) -> None:
    post(
        tx,
        Notice(
            key=f"new_phone:{person_id}:{address_id}:{tx.now.isoformat()}",
            purpose=Purpose.NOTICE,
            text="number_changed",
            person_id=person_id,
            address_id=address_id,
        ),
    )
