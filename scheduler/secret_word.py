"""The word of four digits that is asked for before somebody's visits are read out on a phone that others use too.

Ten thousand words are few: who guesses has three tries a day, however many phones they are made from.
"""

import hashlib
import hmac
import re
from datetime import timedelta

from scheduler.errors import Refused
from scheduler.people import Address, Person, person
from scheduler.todos import open_todo
from storage import audit, codes, people
from storage.database import Transaction

TRIES = 3
TRIES_WITHIN = timedelta(days=1)
HOLDS_FOR = timedelta(minutes=10)

_SHAPE = re.compile(r"\d{4}", re.ASCII)
_COST = {"n": 2**14, "r": 8, "p": 1}  # slow on purpose (about 40 ms)


class NoWord(Refused):
    """What was given is no word, or nobody can have one; the text says why."""


class WordWrong(Refused):
    """Other digits than theirs."""


class WordLocked(Refused):
    """Too many wrong ones: only the office helps now."""


def set_word(tx: Transaction, person_id: int, digits: str | None) -> Person:
    """Give that participant this word; None takes it away.

    Raises:
        NoSuchPerson: nobody has that id.
        NoWord: not four digits, or no participant.
    """
    someone = person(tx, person_id)
    if someone.kind != "participant" or someone.ended_at is not None:
        raise NoWord(f"number {person_id} is no participant now; nothing was changed")
    if digits is not None and not _SHAPE.fullmatch(digits):
        raise NoWord("the word has to be four digits, such as 4071; nothing was changed")
    people.change_person(tx, person_id, word_hash=None if digits is None else _hash(person_id, digits))
    codes.forget_wrong_words(tx, person_id)
    audit.note(tx, "staff", "word_cleared" if digits is None else "word_set", person_id=person_id)
    return person(tx, person_id)


def looks_like_word(text: str) -> bool:
    """Whether that can be meant as a word."""
    return _SHAPE.fullmatch(text.strip()) is not None


def check_word(tx: Transaction, someone: Person, digits: str, address: Address) -> None:
    """Let nobody pass who does not know it. A wrong one stays counted: the caller must not undo it.

    Raises:
        WordWrong: it may be tried again. WordLocked: not any more today; staff are told.
    """
    if is_locked(tx, someone):
        raise WordLocked
    row = people.person_of(tx, someone.id)
    known = row.word_hash if row else None
    if known is None or hmac.compare_digest(known, _hash(someone.id, digits.strip())):
        return
    codes.note_wrong_word(tx, address.id, someone.id)
    if not is_locked(tx, someone):
        raise WordWrong
    open_todo(
        tx, key=f"word:{someone.id}:{tx.now.date().isoformat()}", text="todo_word", person_id=someone.id
    )
    raise WordLocked


def is_locked(tx: Transaction, someone: Person) -> bool:
    """Whether there were too many wrong ones lately."""
    return codes.wrong_words(tx, someone.id, tx.now - TRIES_WITHIN) >= TRIES


def _hash(person_id: int, digits: str) -> str:
    salt = f"termin/word/{person_id}".encode()
    return hashlib.scrypt(digits.encode(), salt=salt, dklen=32, **_COST).hex()
