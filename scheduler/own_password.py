"""A member of staff changes their own password, and says in which language the panel speaks to them.

In the three steps of a log-in: `present` reads, `compare` runs beside every transaction, `renew_password` writes.
"""

from dataclasses import dataclass

from scheduler.accounts import Signed, change_password
from scheduler.knocking import Knock, forgive, knock_signed, note_failure
from scheduler.passwords import PasswordRefused, checked, fits, hash_of
from storage import audit, people
from storage.accounts import account_of
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Present:
    """The password that there is, and what no new one may have in it; a one-time password is not asked for again."""

    found: Knock
    login: str
    full_name: str
    must_change: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """What a look at both passwords found: of the new one its hash, or why it can't be one; neither if the current one was wrong."""

    found: Knock
    new_hash: str | None = None
    refused: PasswordRefused | None = None


def present(tx: Transaction, signed: Signed) -> Present:
    """What theirs is to be compared with. Nothing is written.

    Raises:
        MustWait: it was wrong too often.
    """
    row = account_of(tx, signed.person_id)
    login, full_name = (row.login, row.full_name) if row else ("", "")
    return Present(knock_signed(tx, signed), login, full_name, signed.must_change)


def compare(known: Present, current: str, new: str) -> Compared:
    """Look at both; this takes some 60 ms."""
    found = known.found
    if not (known.must_change or fits(current, found.password_hash)):
        return Compared(found)
    try:
        checked(new, known.login, known.full_name)
    except PasswordRefused as refused:
        return Compared(found, refused=refused)
    if fits(new, found.password_hash):
        return Compared(found, refused=PasswordRefused("same"))
    return Compared(found, hash_of(new))


def renew_password(tx: Transaction, signed: Signed, compared: Compared) -> bool:
    """Change it; False if the current one was wrong, which is counted, and the caller must not undo it.

    Raises:
        MustWait: it was wrong too often, perhaps in the meantime. PasswordRefused: the new one is too easy to guess, or not new.
        PasswordMoved: it was changed in the meantime.
    """
    if compared.new_hash is None and compared.refused is None:
        note_failure(tx, compared.found)
        return False
    forgive(tx, compared.found)
    if compared.refused:
        raise compared.refused
    change_password(tx, signed, compared.found.password_hash or "", compared.new_hash or "")
    return True


def speak(tx: Transaction, person_id: int, language: str) -> None:
    """Let the club speak that language to them: 'pl', 'uk' or 'en'."""
    people.change_person(tx, person_id, language=language)
    audit.note(tx, "staff", "language_set", actor_id=person_id, person_id=person_id, details={"to": language})
