"""How a member of staff is answered: in words that are forgotten once they are sent, for other people's names stand in them.

Buttons carry ids alone, and the command that they belong to: the right to it is looked up again at every press.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.dialogue.questions import Value
from bot.dialogue.reply import Choice, Params, Reply
from bot.dialogue.turn import Turn
from scheduler.allowed import is_allowed
from scheduler.purposes import Purpose
from scheduler.rights import Right

KIND = "staff"  # of a question that buttons answer
WORDS = "staff_words"  # of one that is answered with words, too
WORDS_WAIT = timedelta(minutes=30)
LONGEST = 3000  # letters of a page; Telegram takes 4,096 with the heading and the rest


def say(turn: Turn, text: str, options: Sequence[Choice] = (), **params: Any) -> Reply:
    """An answer with buttons, or none."""
    said = turn.say(text, options=tuple(options), **params)
    return replace(said, kind=KIND, purpose=Purpose.ADVICE)


def ask(turn: Turn, text: str, options: Sequence[Choice], **params: Any) -> Reply:
    """A question whose answer is typed; the first button says which command is answered."""
    return replace(say(turn, text, options, **params), kind=WORDS, expires_at=turn.tx.now + WORDS_WAIT)


def button(
    command: str, step: str, key: str, *, mark: str, params: Params | None = None, **more: Any
) -> Choice:
    """A choice that goes on with that step of the command."""
    return Choice(key, {"command": command, "step": step, **more}, params or {}, mark)


def leave(command: str, mark: str = "0") -> Choice:
    """The way out."""
    return button(command, "leave", "btn_desk_leave", mark=mark)


def may(turn: Turn, right: Right) -> bool:
    """Whether whoever speaks has that right now."""
    return turn.speaker is not None and is_allowed(turn.tx, turn.speaker.id, right)


def line(key: str, **params: Any) -> dict[str, Any]:
    """One of a list's lines, as the composer takes it."""
    return {"key": key, "params": params}


def paged(lines: Sequence[Value], number: int, longest: int = LONGEST) -> tuple[list[Value], bool]:
    """One page of the lines, the first being 0, and whether another follows."""
    pages: list[list[Value]] = [[]]
    room = longest
    for one in lines:
        letters = len(str(one["params"]))
        if pages[-1] and letters > room:
            pages.append([])
            room = longest
        pages[-1].append(one)
        room -= letters
    number = min(number, len(pages) - 1)
    return pages[number], number + 1 < len(pages)
