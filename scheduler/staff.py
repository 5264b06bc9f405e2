"""Who works at the club, and what each may do."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scheduler.errors import Refused
from scheduler.names import name_key, tidy
from scheduler.people import NO_SENDER, SMS, Person, called, link
from storage import accounts, addresses, audit, calendars, leaving, people
from storage.database import Transaction
from storage.locks import lock_people


class Role(StrEnum):
    """What a member of staff may do; a specialist also has visits."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    SPECIALIST = "specialist"
    RECEPTION = "reception"


class AlreadyStaff(Refused):
    """The person is on the staff with just that role and number."""

    def __init__(self, full_name: str, role: Role, person_id: int) -> None:
        super().__init__(f"{full_name} is on the staff already, as {role} (number {person_id})")


class NoName(Refused):
    """What was given is no name."""

    def __init__(self, given: str) -> None:
        super().__init__(f"'{given}' is no name; give the first name and the surname in quotation marks")


class NobodyOnStaff(Refused):
    """Nobody who works here has that name, or several have."""

    def __init__(self, name: str, found: int) -> None:
        super().__init__(
            f"{found} members of staff are called '{name}'; give the number of one"
            if found
            else f"nobody on the staff is called '{name}'"
        )


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the staff, as a list shows them.

    Attributes:
        login: None for who has no account.
        is_new: the account's one-time password has not been changed yet.
        has_codes: a code from their phone is asked for at the log-in.
    """

    person_id: int
    full_name: str
    role: Role
    login: str | None
    is_new: bool
    has_codes: bool


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to put on the staff; the number is E.164."""

    full_name: str
    role: Role
    phone: str | None = None


def add_staff(tx: Transaction, colleague: Colleague, account: str | None = None) -> int:
    """Put somebody on the staff, or give who is there this role and number; return their id.

    Whoever is there without a number, such as a specialist of the club's file, is the person named.

    Args:
        account: the SMS sender; None means the one under which numbers stand already.

    Raises:
        NoName: the name does not begin with a letter.
        AlreadyStaff: nothing was new.
    """
    full_name = tidy(colleague.full_name)
    if not full_name or not full_name[0].isalpha() or len(full_name) > 200:
        raise NoName(full_name[:200])
    known = _known(tx, full_name, colleague.phone)
    person_id = _add(tx, full_name, colleague) if known is None else _change(tx, known, colleague)
    if person_id is None:  # somebody put the same person in a moment before
        return add_staff(tx, colleague, account)
    if colleague.phone:
        sender = account or addresses.latest_account(tx, SMS) or NO_SENDER
        link(tx, person_id, SMS, sender, colleague.phone)
    audit.note(tx, "staff", "staff_added", person_id=person_id, details={"role": colleague.role})
    return person_id


def colleague_called(tx: Transaction, name: str) -> Person:
    """Whoever of the staff has that name, or that number as a person.

    Raises:
        NobodyOnStaff: nobody has, or several have.
    """
    here = called(tx, "staff", name)
    if len(here) != 1:
        raise NobodyOnStaff(name[:200], len(here))
    return here[0]


def members(tx: Transaction) -> list[Member]:
    """Everybody on the staff now, by name."""
    return [
        Member(
            row.id, row.full_name, Role(row.role), row.login, bool(row.must_change), row.totp_step is not None
        )
        for row in accounts.colleagues(tx)
    ]


def change_role(tx: Transaction, person_id: int, role: Role) -> None:
    """Give that member of staff another role.

    Raises:
        NobodyOnStaff: they are not on the staff now.
    """
    colleague_called(tx, str(person_id))
    people.set_role(tx, person_id, role)
    audit.note(tx, "staff", "role_changed", person_id=person_id, details={"role": role})


def end_staff(tx: Transaction, person_id: int) -> bool:
    """Let that person work here no more; False if only their account is gone, because the club's file names them.

    Raises:
        NobodyOnStaff: they are not on the staff now.
    """
    someone = colleague_called(tx, str(person_id))
    lock_people(tx, {someone.id})
    shut_out(tx, someone.id)
    audit.note(tx, "staff", "staff_ended", person_id=someone.id)
    row = people.person_of(tx, someone.id)
    if row is not None and row.code is not None:
        return False
    people.change_person(tx, someone.id, ended_at=tx.now)
    return True


def shut_out(tx: Transaction, person_id: int) -> None:
    """Log that person out everywhere, and let them log in, link a chat, give commands there and read a calendar no more.

    Their number stays: whom the club's file names is still asked in the morning.
    """
    accounts.end_sessions(tx, person_id)
    accounts.drop_account(tx, person_id)
    leaving.drop_codes(tx, person_id)
    chats = [row.id for row in addresses.addresses_of(tx, [person_id]) if row.channel != SMS]
    leaving.unlink(tx, person_id, chats)
    calendars.drop_address(tx, person_id)


def _known(tx: Transaction, full_name: str, phone: str | None) -> Any:
    """Who is named: that number first, then whoever has none; without a number the only one of that name."""
    same = people.namesakes(tx, "staff", name_key(full_name))
    by_number = {row.phone: row for row in same}
    found = by_number.get(phone or "") or by_number.get("")
    return same[0] if found is None and phone is None and len(same) == 1 else found


def _add(tx: Transaction, full_name: str, colleague: Colleague) -> int | None:
    person_id = people.add_person(
        tx, kind="staff", full_name=full_name, name_key=name_key(full_name), phone=colleague.phone or ""
    )
    if person_id is not None:
        people.add_role(tx, person_id, colleague.role)
    return person_id


def _change(tx: Transaction, known: Any, colleague: Colleague) -> int:
    phone = colleague.phone or known.phone
    if (known.phone, known.ended_at, people.role_of(tx, known.id)) == (phone, None, colleague.role):
        raise AlreadyStaff(known.full_name, colleague.role, known.id)
    people.change_person(tx, known.id, phone=phone, ended_at=None)
    people.set_role(tx, known.id, colleague.role)
    return int(known.id)
