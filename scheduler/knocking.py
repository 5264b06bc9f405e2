"""Logging in: who may try again when, and the way in, by password and, where it is set up, by a code from a phone.

Looking at a password takes so long that nobody who writes may wait for it. So there are three steps: `knock` reads;
`passwords.fits` runs beside every transaction; `let_in` or `note_failure` writes, and looks again at all that may have changed.
An unknown log-in is paced, and takes as long, as a known one.
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from scheduler.accounts import Signed, begin_session, keyed
from scheduler.codes_from_phone import takes_code
from scheduler.errors import Refused
from storage import accounts, audit
from storage.database import Transaction
from storage.locks import lock_people

# A whole office shares one address: who mistypes there must not shut the others out.
FREE_OF_LOGIN, FREE_OF_ORIGIN = 5, 20
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=4)  # sooner, and to wait for it would be the faster way to guess
HALFWAY_LASTS = timedelta(minutes=5)

_TICKET = re.compile(r"(\d{1,15})\.(\d{1,15})\.([0-9a-f]{64})", re.ASCII)


class MustWait(Refused):
    """Too many failures: nothing is looked at until then."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


@dataclass(frozen=True, slots=True)
class Knock:
    """Somebody who wants to come in.

    Attributes:
        free: under what failures are counted, their own first, and how many of each are free.
        person_id, password_hash: None for an unknown log-in.
        needs_code: a code from their phone is asked for after the password.
    """

    free: Mapping[str, int]
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
    said = login.strip().casefold()[:64]
    return _at_the_door(tx, accounts.account_called(tx, said), _free(said, origin, key))


def knock_signed(tx: Transaction, signed: Signed) -> Knock:
    """The same for who is logged in, and has to show the password again.

    Raises:
        MustWait.
    """
    row = accounts.account_of(tx, signed.person_id)
    return _at_the_door(tx, row, {f"again:{signed.person_id}": FREE_OF_LOGIN})


def halfway(tx: Transaction, found: Knock, key: bytes) -> str:
    """What proves for five minutes that the password was right, so that only the code is left to be asked for."""
    until = int((tx.now + HALFWAY_LASTS).timestamp())
    return f"{found.person_id}.{until}.{_mark(key, found.person_id, until, found.password_hash)}"


def knock_halfway(tx: Transaction, ticket: str, origin: str, key: bytes) -> Knock | None:
    """Who comes with that ticket; None if it is none, or none any more.

    Raises:
        MustWait.
    """
    shape = _TICKET.fullmatch(ticket)
    if shape is None:
        return None
    person_id, until = int(shape[1]), int(shape[2])
    row = accounts.account_of(tx, person_id)
    mark = _mark(key, person_id, until, row.password_hash if row else None)
    if row is None or not hmac.compare_digest(mark, shape[3]) or tx.now.timestamp() >= until:
        return None
    return _at_the_door(tx, row, _free(row.login, origin, key))


def let_in(
    tx: Transaction, found: Knock, key: bytes, code: str | None = None, at: datetime | None = None
) -> str | None:
    """Log in who gave the right password, and the right code where one is needed: what the cookie holds.

    None if the code was wrong or the account is another by now; that is counted, and the caller must not undo it.

    Args:
        at: real time, by which phones make their codes; read if not given.

    Raises:
        MustWait: others failed in the meantime; the right password changes nothing about it.
    """
    if found.person_id is not None:
        lock_people(tx, {found.person_id})  # whoever gives them another password waits, or was first
    failures = _failures(tx, found)
    row = accounts.account_of(tx, found.person_id) if found.person_id is not None else None
    if row is None or row.password_hash != found.password_hash or not takes_code(tx, row, code, at):
        _count(tx, found, failures)
        return None
    _forgive(tx, found)
    return begin_session(tx, row.person_id, key)


def note_failure(tx: Transaction, found: Knock) -> None:
    """Count a wrong password, against the log-in and against where it came from.

    Raises:
        MustWait: others failed in the meantime; this one was not looked at.
    """
    _count(tx, found, _failures(tx, found))


def forgive(tx: Transaction, found: Knock) -> None:
    """The password was right: count their own failures anew. What came from that address stays counted.

    Raises:
        MustWait: others failed in the meantime; the right password changes nothing about it.
    """
    _failures(tx, found)
    _forgive(tx, found)


def _free(login: str, origin: str, key: bytes) -> dict[str, int]:
    return {
        f"login:{keyed(key, 'login', login)}": FREE_OF_LOGIN,
        f"origin:{keyed(key, 'origin', origin)}": FREE_OF_ORIGIN,
    }


def _at_the_door(tx: Transaction, row: Any, free: Mapping[str, int]) -> Knock:
    _must_not_wait(tx, accounts.knocks(tx, list(free)))
    if row is None:
        return Knock(free)
    return Knock(free, row.person_id, row.password_hash, row.totp_step is not None)


def _failures(tx: Transaction, found: Knock) -> dict[str, int]:
    """How many there were lately, by key; nobody else counts until this is over."""
    rows = accounts.lock_knocks(tx, list(found.free))
    _must_not_wait(tx, rows)
    return {row.key: row.failures if tx.now - row.last_at < FORGOTTEN_AFTER else 0 for row in rows}


def _forgive(tx: Transaction, found: Knock) -> None:
    accounts.drop_knock(tx, next(iter(found.free)))


def _must_not_wait(tx: Transaction, rows: list[Any]) -> None:
    until = max((row.next_at for row in rows), default=tx.now)
    if until > tx.now:
        raise MustWait(until)


def _count(tx: Transaction, found: Knock, failures: Mapping[str, int]) -> None:
    for key, free in found.free.items():
        number = failures[key] + 1
        accounts.count_knock(tx, key, number, tx.now + _wait(number - free))
    if found.person_id is not None:
        audit.note(tx, "system", "log_in_failed", person_id=found.person_id)


def _wait(beyond: int) -> timedelta:
    """How long the next try has to wait after so many failures too many: 10 s, twice that, ... 15 minutes."""
    return timedelta(0) if beyond < 0 else min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(beyond, 10))


def _mark(key: bytes, person_id: int | None, until: int, password_hash: str | None) -> str:
    return keyed(key, "halfway", f"{person_id}.{until}.{password_hash}")
