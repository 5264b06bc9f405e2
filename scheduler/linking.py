"""Whose chat it is: proven by a one-time code from staff, or by the number that Telegram itself vouches for.

A chat of a member of staff is theirs alone. What is said there names other people, so that nobody else may be meant by it, and
what is done there is done in their name. So it is no participant's at the same time, and linking a new one ends the old
one: that is how a lost phone is locked out.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Literal

from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, parse

from scheduler.errors import Refused
from scheduler.ledger import reroute
from scheduler.people import Address, AddressState, Person, colleagues_at, people_at, person, person_from
from storage import addresses, audit, codes, leaving, people
from storage.database import Transaction

# Digits and letters that are not taken for one another when read out or written by hand (no 0 O Q, 1 I L, 2 Z, 5 S, 8 B, U V):
# 21 of them, 8 places, some 37 thousand million codes.
ALPHABET = "34679ACDEFGHJKMNPRTWX"
LENGTH = 8
VALID_FOR = timedelta(days=7)

Kind = Literal["participant", "staff"]

GUESSES = 5
GUESSES_WITHIN = timedelta(hours=1)

# Slow on purpose (about 10 ms), so that a stolen database does not give its codes away at once.
_SALT = b"termin/link-code"
_COST = {"n": 2**12, "r": 8, "p": 1}


class LinkRefused(Refused):
    """The root of this family: the chat was not linked."""


class CodeWrong(LinkRefused):
    """Nobody has that code."""


class CodeUsed(LinkRefused):
    """The code was good once: it is used or too old, and staff can give another."""


class TooManyGuesses(LinkRefused):
    """So many wrong codes came from there that no more are looked at for an hour."""


class ChatTaken(LinkRefused):
    """A chat of a member of staff is nobody else's; the code stays good."""


class ContactUnknown(LinkRefused):
    """Nobody is enrolled with that number."""


class HasNoCode(Refused):
    """A code of that sort is for somebody else, or they have left."""

    def __init__(self, someone: Person, kind: Kind) -> None:
        is_one = "staff" if someone.kind == "staff" else "a participant"
        why = "has left the club" if someone.ended_at else f"is {is_one}"
        for_whom = "the staff" if kind == "staff" else "participants"
        super().__init__(f"{someone.full_name} {why}; this code is for {for_whom}")


def new_code(tx: Transaction, person_id: int, kind: Kind = "participant", *, by: int | None = None) -> str:
    """A code for that person, as it is read out; good once, for a week, and their only one.

    Args:
        kind: what they have to be, so that no slip of a number hands a participant the keys of the staff.
        by: the member of staff who makes it; None if that is not known.

    Raises:
        NoSuchPerson: nobody has that id.
        HasNoCode: they are not of that kind, or have left.
    """
    someone = person(tx, person_id)
    if someone.kind != kind or someone.ended_at is not None:
        raise HasNoCode(someone, kind)
    code = _draw()
    codes.replace_code(tx, person_id, _hash(code), tx.now + VALID_FOR)
    audit.note(tx, "staff", "code_made", actor_id=by, person_id=person_id)
    return f"{code[:4]}-{code[4:]}"


def looks_like_code(text: str) -> bool:
    """Whether that can be meant as a code: a digit and a letter at least, which no word has ("naprawde" fits otherwise)."""
    code = _bare(text)
    return len(code) == LENGTH and set(code) <= set(ALPHABET) and not code.isalpha() and not code.isdigit()


def link_by_code(tx: Transaction, code: str, address: Address) -> Person:
    """Link the address to whom the code was given to. A wrong guess stays counted: the caller must not undo it.

    Raises:
        CodeWrong, CodeUsed, ChatTaken, TooManyGuesses: nothing was linked.
    """
    if codes.wrong_codes(tx, address.id, tx.now - GUESSES_WITHIN) >= GUESSES:
        raise TooManyGuesses
    found = codes.code(tx, _hash(code)) if looks_like_code(code) else None
    if found is None:
        codes.note_wrong_code(tx, address.id)
        raise CodeWrong
    someone = person(tx, found.person_id)
    if found.used_at is not None and someone in _everybody_at(tx, address):
        return someone  # pressed twice
    if found.used_at or found.expires_at <= tx.now or someone.ended_at:
        raise CodeUsed
    _check_chat(tx, someone, address)
    if not codes.use_code(tx, found.id):
        raise CodeUsed
    _link(tx, someone, address, by="code")
    return someone


def link_by_contact(tx: Transaction, phone: str, address: Address) -> list[Person]:
    """Link the address to everybody enrolled with that number, which must be proven to be the sender's own.

    Raises:
        ContactUnknown: nobody is. ChatTaken.
    """
    number = _e164(phone)
    enrolled = [person_from(row) for row in people.participants_with_phone(tx, number)] if number else []
    if not enrolled:
        raise ContactUnknown
    _check_chat(tx, enrolled[0], address)
    for someone in enrolled:
        _link(tx, someone, address, by="contact")
    return enrolled


def _link(tx: Transaction, someone: Person, address: Address, *, by: str) -> None:
    """What waits for the person goes to the best of their addresses from now on; one said to be somebody else's is proven theirs."""
    if address.state is AddressState.WRONG:
        addresses.change_address(tx, address.id, state=AddressState.ACTIVE)
    if addresses.link(tx, someone.id, address.id):
        actor: audit.Actor = "participant"
        if someone.kind == "staff":
            actor = "staff"
            _leave_other_chats(tx, someone, address)
        details = {"channel": address.channel, "by": by}
        audit.note(tx, actor, "linked", actor_id=someone.id, person_id=someone.id, details=details)
        reroute(tx, someone.id)


def _check_chat(tx: Transaction, someone: Person, address: Address) -> None:
    others = [one for one in _everybody_at(tx, address) if one != someone]
    if any("staff" in (someone.kind, other.kind) for other in others):
        raise ChatTaken


def _leave_other_chats(tx: Transaction, someone: Person, address: Address) -> None:
    there = addresses.addresses_of(tx, [someone.id])
    others = [row.id for row in there if row.channel == address.channel and row.id != address.id]
    leaving.unlink(tx, someone.id, others)


def _draw() -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if looks_like_code(code):
            return code


def _everybody_at(tx: Transaction, address: Address) -> list[Person]:
    return [*people_at(tx, address.id), *colleagues_at(tx, address.id)]


def _bare(code: str) -> str:
    """However it was typed: small, with spaces, with a dash."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def _hash(code: str) -> str:
    return hashlib.scrypt(_bare(code).encode(), salt=_SALT, dklen=32, **_COST).hex()


def _e164(phone: str) -> str | None:
    """Telegram leaves the + out."""
    try:
        return format_number(parse(f"+{phone.lstrip('+')}"), PhoneNumberFormat.E164)
    except NumberParseException:
        return None
