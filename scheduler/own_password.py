"""A member of staff changes their own password, and says in which language the panel speaks to them."""

from scheduler.accounts import Signed, change_password
from scheduler.knocking import forgive, knock_signed, note_failure
from scheduler.passwords import PasswordRefused, checked, fits, hash_of
from storage import audit, people
from storage.accounts import account_of
from storage.database import Transaction


def renew_password(tx: Transaction, signed: Signed, current: str, new: str) -> bool:
    """Change it; False if the current one was wrong, which is counted, and the caller must not undo it.

    A one-time password is not asked for again. This takes some 60 ms, which nobody minds who does it once a year.

    Raises:
        MustWait: it was wrong too often. PasswordRefused: the new one is too easy to guess, or not new.
    """
    found = knock_signed(tx, signed)
    row = account_of(tx, signed.person_id)
    if row is None or not (signed.must_change or fits(current, found.password_hash)):
        note_failure(tx, found)
        return False
    checked(new, row.login, row.full_name)
    if fits(new, row.password_hash):
        raise PasswordRefused("same")
    change_password(tx, signed, row.password_hash, hash_of(new))
    forgive(tx, found)
    return True


def speak(tx: Transaction, person_id: int, language: str) -> None:
    """Let the club speak that language to them: 'pl', 'uk' or 'en'."""
    people.change_person(tx, person_id, language=language)
    audit.note(tx, "staff", "language_set", actor_id=person_id, person_id=person_id, details={"to": language})
