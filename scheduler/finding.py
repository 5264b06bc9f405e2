"""Finding a participant for staff who have them on the telephone: three letters of the name, or four digits of the number."""

from dataclasses import dataclass
from datetime import date

from scheduler.names import name_key
from storage import finding
from storage.database import Transaction

LETTERS, DIGITS = 3, 4  # the fewest: less than that finds half the list
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody enrolled who has not left. `phone` is E.164; `ends`: its last three digits, which tell namesakes apart."""

    id: int
    full_name: str
    phone: str | None
    contract_until: date | None

    @property
    def ends(self) -> str:
        return self.phone[-3:] if self.phone else ""


def find(tx: Transaction, text: str, limit: int) -> list[Found]:
    """Whoever is meant, by name: every word of the text begins a word of theirs, or its digits end their number.

    Nobody is found with fewer than three letters or four digits (see `is_enough`). Accents, case and the words' order
    do not count.
    """
    if not is_enough(text):
        return []
    digits = _digits(text)
    rows = finding.numbered(tx, digits, limit) if digits else finding.named(tx, _words(text), limit)
    return [Found(row.id, row.full_name, row.phone or None, row.contract_until) for row in rows]


def is_enough(text: str) -> bool:
    """Whether that can be looked for."""
    if digits := _digits(text):
        return len(digits) >= DIGITS
    return sum(map(len, _words(text))) >= LETTERS


def _digits(text: str) -> str:
    """Of a number however it is written; none if there are letters too."""
    if any(letter.isalpha() for letter in text):
        return ""
    return "".join(letter for letter in text[:LONGEST] if letter.isascii() and letter.isdigit())


def _words(text: str) -> list[str]:
    spoken = "".join(
        letter if letter.isalpha() or letter in "-'" else " " for letter in name_key(text[:LONGEST])
    )
    return [word for part in spoken.split() if (word := part.strip("-'"))]
