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


def stale(turn: Turn) -> Reply:
    """A button that no longer means anything."""
    return say(turn, "desk_stale")


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


def who(turn: Turn) -> int:
    """The id of whoever speaks: in a chat of the staff that is always known."""
    assert turn.speaker is not None
    return turn.speaker.id


def may(turn: Turn, right: Right) -> bool:
    """Whether whoever speaks has that right now."""
    return turn.speaker is not None and is_allowed(turn.tx, turn.speaker.id, right)


def line(key: str, **params: Any) -> dict[str, Any]:
    """One of a list's lines, as the composer takes it."""
    return {"key": key, "params": params}


def listing(turn: Turn, command: str, text: str, lines: Sequence[Value], page: int, **params: Any) -> Reply:
    """One page of a list, the first being 0, with a button for the next, which is read anew when it is pressed."""
    shown, more = paged(lines, page)
    further = button(command, "further", "btn_desk_further", mark="0", page=page + 1)
    return say(turn, text, [further] if more else [], lines=shown, **params)


def paged(lines: Sequence[Value], page: int, most: int | None = None) -> tuple[list[Value], bool]:
    """One page of the lines, and whether another follows; `most` lines of them if their letters fit."""
    pages: list[list[Value]] = [[]]
    room = LONGEST
    for one in lines:
        letters = len(str(one["params"]))
        if pages[-1] and (letters > room or len(pages[-1]) == most):
            pages.append([])
            room = LONGEST
        pages[-1].append(one)
        room -= letters
    page = min(page, len(pages) - 1)
    return pages[page], page + 1 < len(pages)
