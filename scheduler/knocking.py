"""Logging in: who may try again when, and the way in, by password and, where it is set up, by a code from a phone.

Looking at a password takes so long that nobody who writes may wait for it. So there are three steps: `knock` reads;
`passwords.fits` runs beside every transaction; `let_in` or `note_failure` writes, and looks again at all that may have changed.
An unknown log-in is paced, and takes as long, as a known one.
"""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from scheduler.accounts import Signed, begin_session, keyed
from scheduler.codes_from_phone import takes_code
from scheduler.errors import Refused
from storage import accounts, audit, diary
from storage.database import Transaction

# A whole office shares one address: who mistypes there must not shut the others out.
FREE_OF_LOGIN, FREE_OF_ORIGIN = 5, 20
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=4)  # sooner, and to wait for it would be the faster way to guess
HALFWAY_LASTS = timedelta(minutes=5)


class MustWait(Refused):
    """Too many failures: nothing is looked at until then."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


@dataclass(frozen=True, slots=True)
class Knock:
    """Somebody who wants to come in.

    Attributes:
        login_key, origin_key: under what failures are counted.
        person_id, password_hash: None for an unknown log-in.
        needs_code: a code from their phone is asked for after the password.
    """

    login_key: str
    origin_key: str
    person_id: int | None = None
    password_hash: str | None = None
    needs_code: bool = False


def knock(tx: Transaction, login: str, origin: str, key: bytes) -> Knock:
    """Whose log-in it is, if anybody's. Nothing is written.

    Args:
        origin: the caller's address; only a keyed hash of it is kept.

    Raises:
        MustWait: there were too many failures, with this log-in or from there.
    """
    said = login.strip().casefold()
    return _at_the_door(tx, accounts.account_called(tx, said[:64]), said, origin, key)


def knock_signed(tx: Transaction, signed: Signed, origin: str, key: bytes) -> Knock:
    """The same for who is logged in, and has to show the password again.

    Raises:
        MustWait.
    """
    row = accounts.account_of(tx, signed.person_id)
    return _at_the_door(tx, row, row.login if row else "", origin, key)


def halfway(tx: Transaction, found: Knock, key: bytes) -> str:
    """What proves for five minutes that the password was right, so that only the code is left to be asked for."""
    until = int((tx.now + HALFWAY_LASTS).timestamp())
    return f"{found.person_id}.{until}.{_mark(key, found.person_id, until, found.password_hash)}"


def knock_halfway(tx: Transaction, ticket: str, origin: str, key: bytes) -> Knock | None:
    """Who comes with that ticket; None if it is none, or none any more.

    Raises:
        MustWait.
    """
    parts = ticket.split(".")
    if len(parts) != 3 or not all(
        part.isascii() and part.isdecimal() and len(part) < 16 for part in parts[:2]
    ):
        return None
    person_id, until = int(parts[0]), int(parts[1])
    row = accounts.account_of(tx, person_id)
    mark = _mark(key, person_id, until, row.password_hash if row else None)
    if (
        row is None
        or not hmac.compare_digest(mark.encode(), parts[2].encode())
        or tx.now.timestamp() >= until
    ):
        return None
    return _at_the_door(tx, row, row.login, origin, key)


def let_in(tx: Transaction, found: Knock, key: bytes, code: str | None = None) -> str | None:
    """Log in who gave the right password, and the right code where one is needed: what the cookie holds.

    None if the code was wrong or the account is another by now; that is counted, and the caller must not undo it.

    Raises:
        MustWait: others failed in the meantime; the right password changes nothing about it.
    """
    if found.person_id is not None:
        diary.lock_people(tx, {found.person_id})  # whoever gives them another password waits, or was first
    failures = _failures(tx, found)
    row = accounts.account_of(tx, found.person_id) if found.person_id is not None else None
    if row is None or row.password_hash != found.password_hash or not takes_code(tx, row, code):
        _count(tx, found, failures)
        return None
    accounts.drop_knock(tx, found.login_key)
    return begin_session(tx, row.person_id, key)


def note_failure(tx: Transaction, found: Knock) -> None:
    """Count a wrong password, against the log-in and against where it came from.

    Raises:
        MustWait: others failed in the meantime; this one was not looked at.
    """
    _count(tx, found, _failures(tx, found))


def _at_the_door(tx: Transaction, row: Any, login: str, origin: str, key: bytes) -> Knock:
    keys = f"login:{keyed(key, 'login', login)}", f"origin:{keyed(key, 'origin', origin)}"
    _must_not_wait(tx, accounts.knocks(tx, keys))
    if row is None:
        return Knock(*keys)
    return Knock(*keys, row.person_id, row.password_hash, row.totp_step is not None)


def _failures(tx: Transaction, found: Knock) -> dict[str, int]:
    """How many there were lately, by key; nobody else counts until this is over."""
    rows = accounts.lock_knocks(tx, [found.login_key, found.origin_key])
    _must_not_wait(tx, rows)
    return {row.key: row.failures if tx.now - row.last_at < FORGOTTEN_AFTER else 0 for row in rows}


def _must_not_wait(tx: Transaction, rows: list[Any]) -> None:
    until = max((row.next_at for row in rows), default=datetime.min.replace(tzinfo=UTC))
    if until > tx.now:
        raise MustWait(until)


def _count(tx: Transaction, found: Knock, failures: dict[str, int]) -> None:
    for key, free in ((found.login_key, FREE_OF_LOGIN), (found.origin_key, FREE_OF_ORIGIN)):
        number = failures[key] + 1
        accounts.count_knock(tx, key, number, tx.now + _wait(number - free))
    if found.person_id is not None:
        details = {"failures": failures[found.login_key] + 1}
        audit.note(tx, "system", "log_in_failed", person_id=found.person_id, details=details)


def _wait(beyond: int) -> timedelta:
    """How long the next try has to wait after so many failures too many: 10 s, twice that, ... 15 minutes."""
    return timedelta(0) if beyond < 0 else min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(beyond, 10))


def _mark(key: bytes, person_id: int | None, until: int, password_hash: str | None) -> str:
    return keyed(key, "halfway", f"{person_id}.{until}.{password_hash}")
