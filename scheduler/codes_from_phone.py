"""The second step of logging in: codes of six digits that a phone makes from a shared secret (TOTP, RFC 6238)."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyotp import TOTP, random_base32

from scheduler.clock import Clock
from scheduler.errors import Refused
from storage import accounts, audit
from storage.database import Transaction
from storage.locks import lock_people

DIGITS = 6
EITHER_SIDE = 1  # steps of 30 seconds by which a phone's clock may be wrong


class CodesRefused(Refused):
    """The root of this family: nothing about the codes was changed."""


class CodesAreOn(CodesRefused):
    """They are asked for already; end that first."""


class CodeDoesNotFit(CodesRefused):
    """Not the code of now, or one that was used."""


@dataclass(frozen=True, slots=True)
class Codes:
    """What a phone needs to make them; `uri` is what a QR holds."""

    secret: str
    uri: str


def begin_codes(tx: Transaction, person_id: int, issuer: str) -> Codes:
    """Make a secret for that person's phone; codes are asked for once `confirm_codes` has seen the first.

    Begun anew, the secret is a new one.

    Raises:
        CodesAreOn.
    """
    lock_people(tx, {person_id})
    row = accounts.account_of(tx, person_id)
    if row is None or row.totp_step is not None:
        raise CodesAreOn
    secret = random_base32()
    accounts.change_account(tx, person_id, totp_secret=secret)
    return codes_of(secret, row.login, issuer)


def codes_begun(tx: Transaction, person_id: int, issuer: str) -> Codes | None:
    """What was begun and not confirmed."""
    row = accounts.account_of(tx, person_id)
    if row is None or row.totp_secret is None or row.totp_step is not None:
        return None
    return codes_of(row.totp_secret, row.login, issuer)


def confirm_codes(tx: Transaction, person_id: int, code: str, at: datetime | None = None) -> None:
    """From now on a code is asked for at each log-in, if this is the first.

    Args:
        at: real time, by which phones go; read if not given.

    Raises:
        CodesAreOn, CodeDoesNotFit.
    """
    lock_people(tx, {person_id})
    row = accounts.account_of(tx, person_id)
    if row is None or row.totp_secret is None or row.totp_step is not None:
        raise CodesAreOn
    if not _take(tx, row, code, at):
        raise CodeDoesNotFit
    audit.note(tx, "staff", "codes_on", actor_id=person_id, person_id=person_id)


def end_codes(tx: Transaction, person_id: int, code: str, at: datetime | None = None) -> None:
    """Ask for the password alone from now on, on the word of the phone itself; whoever lost it needs a one-time password.

    Raises:
        CodeDoesNotFit.
    """
    lock_people(tx, {person_id})
    row = accounts.account_of(tx, person_id)
    if row is None or row.totp_step is None or not _take(tx, row, code, at):
        raise CodeDoesNotFit
    accounts.change_account(tx, person_id, totp_secret=None, totp_step=None)
    audit.note(tx, "staff", "codes_off", actor_id=person_id, person_id=person_id)


def takes_code(tx: Transaction, row: Any, code: str | None, at: datetime | None) -> bool:
    """Whether that code lets the account's owner in: it fits now, and it or a later one was never taken; any, where none is needed."""
    return row.totp_step is None or (code is not None and _take(tx, row, code, at))


def has_codes(tx: Transaction, person_id: int) -> bool:
    """Whether a code is asked for at that person's log-in."""
    row = accounts.account_of(tx, person_id)
    return row is not None and row.totp_step is not None


def codes_of(secret: str, login: str, issuer: str) -> Codes:
    """A secret as phones take it."""
    return Codes(secret, TOTP(secret).provisioning_uri(name=login, issuer_name=issuer))


def _take(tx: Transaction, row: Any, code: str, at: datetime | None) -> bool:
    step = _step(row.totp_secret, code, at or Clock().real(tx))
    return step is not None and accounts.take_step(tx, row.person_id, row.totp_secret, step)


def _step(secret: str, code: str, at: datetime) -> int | None:
    """Which 30 seconds it is the code of."""
    typed = "".join(code.split())
    if len(typed) != DIGITS or not (typed.isascii() and typed.isdecimal()):
        return None
    totp = TOTP(secret, digits=DIGITS)
    now = totp.timecode(at)
    fitting = (
        now + off
        for off in range(-EITHER_SIDE, EITHER_SIDE + 1)
        if hmac.compare_digest(totp.generate_otp(now + off), typed)
    )
    return next(fitting, None)
