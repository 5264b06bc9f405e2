"""What a password has to be like, and how it is kept: argon2id, slow on purpose, so never inside a transaction that others wait for."""

import secrets
from dataclasses import dataclass
from unicodedata import normalize

from pwdlib.hashers.argon2 import Argon2Hasher

from scheduler.errors import Refused
from scheduler.names import name_key

AT_LEAST, AT_MOST = 12, 200
LETTERS = 5  # different ones, at the least: "aaaaaaaaaaaa" is long too

# What is not taken for one another when read out or copied by hand: 4 times 4 of 28, some 77 bits.
ALPHABET = "abcdefghijkmnpqrstuxy2346789"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one look at a password costs: OWASP's least for argon2id (Password Storage Cheat Sheet), some 20 ms."""

    rounds: int = 2
    kib: int = 19 * 1024
    lanes: int = 1


USUAL = Cost()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A password to be told to somebody and changed at the first log-in, and what is kept of it."""

    password: str
    kept: str


class PasswordRefused(Refused):
    """It can't be a password; `why` is 'short', 'long', 'plain' (too few letters), 'name' (has the log-in or the name) or 'same'."""

    def __init__(self, why: str) -> None:
        super().__init__(f"this can't be a password: {why}")
        self.why = why


def checked(password: str, login: str, full_name: str) -> str:
    """The same password.

    Raises:
        PasswordRefused: it is too easy to guess.
    """
    if len(password) < AT_LEAST:
        raise PasswordRefused("short")
    if len(password) > AT_MOST:
        raise PasswordRefused("long")
    if len(set(password.casefold())) < LETTERS:
        raise PasswordRefused("plain")
    bare = name_key(password).replace(" ", "")
    if any(part in bare for part in (*login.split("."), *name_key(full_name).split()) if len(part) > 2):
        raise PasswordRefused("name")
    return password


def draw(cost: Cost = USUAL) -> Drawn:
    """One that nobody had before."""
    password = "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))
    return Drawn(password, hash_of(password, cost))


def hash_of(password: str, cost: Cost = USUAL) -> str:
    """What is kept of it."""
    return _hasher(cost).hash(_typed(password))


def fits(password: str, known: str | None, cost: Cost = USUAL) -> bool:
    """Whether it is the one of that hash; where there is none, as much time is spent."""
    if known is None or len(password) > AT_MOST:
        hash_of(password[:AT_MOST], cost)
        return False
    return _hasher(cost).verify(_typed(password), known)


def _hasher(cost: Cost) -> Argon2Hasher:
    return Argon2Hasher(time_cost=cost.rounds, memory_cost=cost.kib, parallelism=cost.lanes)


def _typed(password: str) -> str:
    """Keyboards write one letter in several ways."""
    return normalize("NFKC", password)
