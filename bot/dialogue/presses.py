"""A pressed button: whose it is, what it means, and whether it still does."""

import re

from bot.dialogue import choices, told
from bot.dialogue.binding import Chosen
from bot.dialogue.questions import Question, question
from bot.dialogue.reply import Reply
from bot.dialogue.turn import Turn

TOKEN = re.compile(r"q(\d{1,18})\.([0-9A-Za-z_]{1,16})", re.ASCII)


def pressed(turn: Turn, token: str) -> Reply:
    """What the button does, if it was put to this address and still means something; else a polite word.

    Raises:
        Refused: it can't be done any more.
    """
    found = chosen(turn, token)
    return choices.take(turn, found) if found else turn.out_of_date()


def chosen(turn: Turn, token: str) -> Chosen | None:
    """Which answer to which question a button is; None if it is not theirs to give, or means nothing any more."""
    found = TOKEN.fullmatch(token)
    asked = question(turn.tx, int(found[1])) if found else None
    if found is None or asked is None or not _is_theirs(turn, asked) or not _is_of_use(turn, asked):
        return None
    return Chosen(asked, found[2]) if asked.option(found[2]) is not None else None


def _is_theirs(turn: Turn, asked: Question) -> bool:
    """Whether it was put to this address, or to somebody of it unasked: nobody else's token does anything."""
    if asked.asked:
        return bool(turn.people) and asked.address_id == turn.address.id
    return turn.person(asked.person_id or 0) is not None


def _is_of_use(turn: Turn, asked: Question) -> bool:
    """What hangs on a visit is told how it stands however late; an old list is not gone back to."""
    return not asked.asked or asked.kind == told.KIND or asked.expires_at > turn.tx.now
