"""Makes the words of a row that is due, at the moment it is claimed: in the person's language then, with today's 'tomorrow'."""

from dataclasses import dataclass
from typing import Any

from config.centre import Centre
from scheduler.calendar import local
from scheduler.channels import Channel, Choice, Outgoing
from scheduler.clock import Clock
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
class Worded:
    """A row and its words."""

    row: Due
    body: str
    choices: tuple[Choice, ...]
    parts: int

    def outgoing(self, attempt_id: int) -> Outgoing:
        return Outgoing(
            attempt_id=attempt_id,
            message_id=self.row.id,
            address=self.row.address,
            language=self.row.language,
            body=self.body,
            purpose=Purpose(self.row.purpose),
            options=self.choices,
            file=self.row.params.get(FILE),
        )


def word(tx: Transaction, lane: Lane, row: Due) -> Worded:
    """Word a row.

    Raises:
        Exception: whatever a text or a value that does not fit raises.
    """
    style = lane.channel.style(bool(row.polish_letters))
    today = local(tx.now, lane.centre.zone).date()
    options = [
        Option(option["mark"], Say(option["key"], option.get("params", {}))) for option in row.options or ()
    ]
    said = {name: value for name, value in row.params.items() if name != FILE}
    if row.sharer and not RULES[Purpose(row.purpose)].asked:
        said["first_name"] = first_name(row.sharer)  # whom of those who share the phone it is for
    body = lane.composer.text(row.language, row.text, said, style, today, options).replace("\0", "")
    choices = tuple(
        Choice(
            option.mark, lane.composer.label(row.language, option.say, style, today), token(row, option.mark)
        )
        for option in (options if style.buttons else ())
    )
    return Worded(row, body, choices, sms.parts(body) if lane.channel.pace.by_parts else 1)


def token(row: Any, mark: str) -> str:
    """What a button sends back: the question and the answer's mark."""
    return f"q{row.question_id}.{mark}"
