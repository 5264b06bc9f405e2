"""Coming back: somebody who left takes part again, with the number that is known of them, and what was stays what it was."""

from scheduler.errors import Refused
from scheduler.people import NO_SENDER, SMS, Person, link
from scheduler.person_page import participant
from storage import addresses, audit, people
from storage.database import Transaction


class NotGone(Refused):
    """They take part already."""


def come_back(tx: Transaction, person_id: int, account: str | None = None) -> Person:
    """Let somebody who left take part again: no visit and no group of then comes back.

    Args:
        account: the SMS sender; None means the one under which numbers stand already.

    Raises:
        NoSuchPerson, Erased, NotGone.
    """
    people.lock_enrolment(tx)
    someone = participant(tx, person_id)
    if someone.ended_at is None:
        raise NotGone
    people.change_person(tx, person_id, ended_at=None)
    if someone.phone:
        link(tx, person_id, SMS, account or addresses.latest_account(tx, SMS) or NO_SENDER, someone.phone)
    audit.note(tx, "staff", "came_back", person_id=person_id)
    return participant(tx, person_id)
