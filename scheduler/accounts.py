"""With what staff log in, and where they are logged in."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from scheduler.errors import Refused
from scheduler.names import name_key
from scheduler.passwords import Drawn
from scheduler.people import person
from scheduler.staff import Role
from storage import accounts, audit, people
from storage.accounts import account_of
from storage.database import Transaction
from storage.locks import lock_people

IDLE = timedelta(hours=10)
LONGEST = timedelta(days=5)
SEEN_EVERY = timedelta(minutes=1)

# Ukrainian as passports write it (resolution 55 of the Cabinet of Ukraine, 2010), but at a word's beginning.
_LATIN = str.maketrans("абвгґдезиіїйклмнопрстуф", "abvhgdezyiiiklmnoprstuf", "ь'’") | str.maketrans(
    {"є": "ie", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia"}
)
LOGIN_LETTERS = 40


class NotOnStaff(Refused):
    """Only who is on the staff has an account."""

    def __init__(self, person_id: int) -> None:
        super().__init__(f"number {person_id} is not on the staff now; nothing was changed")


class NoSuchSession(Refused):
    """Nobody is logged in there any more."""


class PasswordMoved(Refused):
    """Somebody changed the password a moment before."""


@dataclass(frozen=True, slots=True)
class OneTime:
    """What is told to somebody once, to log in with and to change at once."""

    login: str
    password: str


@dataclass(frozen=True, slots=True)
class Signed:
    """Who is logged in.

    Attributes:
        must_change: they came in with a one-time password, and may do nothing before it is changed.
        to_touch: `touch` is due, in a transaction that may write.
    """

    person_id: int
    full_name: str
    role: Role
    language: str
    session_id: int
    must_change: bool
    to_touch: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that is logged in."""

    id: int
    begun_at: datetime
    seen_at: datetime


def open_account(tx: Transaction, person_id: int, drawn: Drawn) -> OneTime:
    """Give that member of staff that one-time password, and a log-in if they have none.

    Where they were logged in they are no more, and codes from a phone are not asked for until they are set up anew.

    Raises:
        NoSuchPerson: nobody has that id.
        NotOnStaff: they do not work here.
    """
    lock_people(tx, {person_id})
    someone = person(tx, person_id)
    if someone.kind != "staff" or someone.ended_at or people.role_of(tx, person_id) is None:
        raise NotOnStaff(person_id)
    login = _login(tx, person_id, someone.full_name, drawn.kept)
    ended = accounts.end_sessions(tx, person_id)
    audit.note(tx, "staff", "password_given", person_id=person_id, details={"sessions_ended": ended})
    return OneTime(login, drawn.password)


def login_of(tx: Transaction, person_id: int) -> str | None:
    """With what that member of staff logs in; None for who has no account."""
    row = account_of(tx, person_id)
    return None if row is None else str(row.login)


def change_password(tx: Transaction, signed: Signed, old_hash: str, new_hash: str) -> None:
    """Put their own new password in the place of the one that was checked; other browsers are logged in no more.

    Raises:
        PasswordMoved: another password was there by now; nothing was changed.
    """
    lock_people(tx, {signed.person_id})
    if not accounts.replace_password(tx, signed.person_id, old_hash, new_hash):
        raise PasswordMoved
    ended = accounts.end_sessions(tx, signed.person_id, but=signed.session_id)
    _note(tx, "password_changed", signed.person_id, sessions_ended=ended)


def begin_session(tx: Transaction, person_id: int, key: bytes) -> str:
    """Log somebody in who has proven who they are; return what the cookie holds."""
    token = secrets.token_urlsafe(32)
    session_id = accounts.add_session(tx, person_id, keyed(key, "session", token))
    _note(tx, "logged_in", person_id, session=session_id)
    return token


def session_of(tx: Transaction, token: str, key: bytes) -> Signed | None:
    """Who is logged in with that token; None for nobody, or not any more. Nothing is written."""
    row = accounts.session_by(tx, keyed(key, "session", token))
    if row is None or not _lasts(tx, row.begun_at, row.seen_at):
        return None
    return Signed(
        row.person_id,
        row.full_name,
        Role(row.role),
        row.language,
        row.id,
        row.must_change,
        tx.now - row.seen_at >= SEEN_EVERY,
    )


def touch(tx: Transaction, session_id: int) -> None:
    """The session is in use; noted once a minute at most."""
    accounts.see(tx, session_id, tx.now - SEEN_EVERY)


def keep_sessions(tx: Transaction) -> None:
    """The demo's clock has jumped: nobody has been idle for so long."""
    accounts.see_all(tx)


def sessions(tx: Transaction, person_id: int) -> list[Session]:
    """Where that person is logged in, the latest first."""
    rows = (Session(row.id, row.begun_at, row.seen_at) for row in accounts.sessions_of(tx, person_id))
    return [one for one in rows if _lasts(tx, one.begun_at, one.seen_at)]


def log_out(tx: Transaction, person_id: int, session_id: int) -> None:
    """End one session of that person.

    Raises:
        NoSuchSession: it is over, or somebody else's.
    """
    if not accounts.end_session(tx, person_id, session_id):
        raise NoSuchSession
    _note(tx, "logged_out", person_id, session=session_id)


def log_out_everywhere(tx: Transaction, person_id: int) -> int:
    """End every session of that person; return how many there were."""
    ended = accounts.end_sessions(tx, person_id)
    _note(tx, "logged_out", person_id, sessions_ended=ended)
    return ended


def form_token(key: bytes, token: str) -> str:
    """What a form of that session has to bring with it."""
    return keyed(key, "form", token)


def is_form_token(key: bytes, token: str, given: str) -> bool:
    """Whether a form brought it."""
    return hmac.compare_digest(form_token(key, token).encode(), given.encode())


def keyed(key: bytes, purpose: str, text: str) -> str:
    """A hash that nobody can make without the key, and that is good for one purpose alone."""
    return hmac.new(key, f"{purpose}:{text}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _lasts(tx: Transaction, begun_at: datetime, seen_at: datetime) -> bool:
    return tx.now - seen_at < IDLE and tx.now - begun_at < LONGEST


def _login(tx: Transaction, person_id: int, full_name: str, password_hash: str) -> str:
    """The person's log-in, with that password from now on."""
    wanted = _logins(full_name)
    while (known := account_of(tx, person_id)) is None:
        accounts.add_account(tx, person_id, next(wanted), password_hash)
    fresh = {"password_hash": password_hash, "must_change": True, "totp_secret": None, "totp_step": None}
    accounts.change_account(tx, person_id, **fresh)
    return str(known.login)


def _logins(full_name: str) -> Iterator[str]:
    """anna.przykladowa, anna.przykladowa2, ..."""
    latin = name_key(full_name.casefold().translate(_LATIN))
    words = re.sub(r"[^a-z0-9 ]", "", latin).split()
    login = ".".join([words[0], words[-1]] if len(words) > 1 else words)[:LOGIN_LETTERS] or "staff"
    yield login
    for number in count(2):
        yield f"{login}{number}"


def _note(tx: Transaction, action: str, person_id: int, **details: int) -> None:
    audit.note(tx, "staff", action, actor_id=person_id, person_id=person_id, details=details)
