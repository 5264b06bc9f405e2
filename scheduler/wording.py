"""Makes the words of a row that is due, at the moment it is claimed: in the person's language then, with today's 'tomorrow'."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from config.centre import Centre
from scheduler.calendar import local
from scheduler.channels import Channel, Choice, Outgoing
from scheduler.clock import Clock
from scheduler.fresh import fresh
from scheduler.names import first_name
from scheduler.purposes import RULES, Purpose
from storage.database import Transaction
from storage.due import Due
from words import sms
from words.compose import Composer, Option, Say

FILE = "file"  # the parameter that is attached rather than said


@dataclass(frozen=True, slots=True)
class Lane:
    """One channel account, with what its messages are made with."""

    channel: Channel
    composer: Composer
    centre: Centre
    clock: Clock

    @property
    def key(self) -> tuple[str, str]:
        """Channel and account, as the ledger names them."""
        return self.channel.name, self.channel.account


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is said, to one person or to many alike: the body, its SMS parts, each choice's mark and label, and what is attached."""

    body: str
    parts: int
    labels: tuple[tuple[str, str], ...]
    file: Mapping[str, Any] | None


class Worded(NamedTuple):
    """A row and its words."""

    row: Due
    phrase: Phrase
    useful_seconds: float

    @property
    def body(self) -> str:
        return self.phrase.body

    @property
    def parts(self) -> int:
        return self.phrase.parts

    def outgoing(self, attempt_id: int) -> Outgoing:
        row, choices = self.row, self.phrase.labels
        return Outgoing(
            attempt_id,
            row.id,
            row.address,
            row.language,
            self.phrase.body,
            Purpose(row.purpose),
            tuple(Choice(mark, label, _token(row, mark)) for mark, label in choices) if choices else (),
            self.phrase.file,
            self.useful_seconds,
        )


class Wording:
    """Words the rows of one claim; what is the same for many is made once."""

    def __init__(self, tx: Transaction, lane: Lane) -> None:
        self._tx, self._lane = tx, lane
        self._now = tx.now
        self._today = local(tx.now, lane.centre.zone).date()
        self._made: dict[tuple[Any, ...], Phrase] = {}

    def word(self, row: Due) -> Worded:
        """Word a row.

        Raises:
            Exception: whatever a text or a value that does not fit raises.
        """
        alike = (
            row.text,
            row.language,
            row.polish_letters,
            row.sharer,
            row.purpose,
            row.params,
            row.options,
        )
        phrase = self._made.get(alike)
        if phrase is None:
            phrase = self._made[alike] = self._phrase(row)
        return Worded(row, phrase, (row.useless_after - self._now).total_seconds())

    def _phrase(self, row: Due) -> Phrase:
        lane, language = self._lane, row.language
        style = lane.channel.style(bool(row.polish_letters))
        options = [
            Option(option["mark"], Say(option["key"], option.get("params", {})))
            for option in json.loads(row.options or "[]")
        ]
        own = json.loads(row.params)
        file = own.pop(FILE, None)
        said = fresh(self._tx, lane.centre, lane.composer, row.text, own)
        if row.sharer and not RULES[row.purpose].asked:
            # Whom of those who share the phone it is for, unless it is for several.
            said.setdefault("first_name", first_name(row.sharer))
        body = lane.composer.text(language, row.text, said, style, self._today, options).replace("\0", "")
        labels = tuple(
            (option.mark, lane.composer.label(language, option.say, style, self._today))
            for option in (options if style.buttons else ())
        )
        return Phrase(body, sms.parts(body) if lane.channel.pace.by_parts else 1, labels, file)


def word(tx: Transaction, lane: Lane, row: Due) -> Worded:
    """Word one row alone."""
    return Wording(tx, lane).word(row)


def _token(row: Due, mark: str) -> str:
    """What a button sends back: the question and the answer's mark."""
    return f"q{row.question_id}.{mark}"
