"""Decides which day and time a few words mean, and asks back rather than guesses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial

from bot.dialogue.reading import day_words as say
from bot.dialogue.reading.board import Board
from bot.dialogue.reading.day_choice import Today, dates_meant
from bot.dialogue.reading.day_links import before_first, links_between
from bot.dialogue.reading.day_places import bare_number, hour_beside_part, numbered, take_days
from bot.dialogue.reading.days import Days, Found, Reason, Span, Unclear
from bot.dialogue.reading.hour_rules import part_at, said_at
from bot.dialogue.reading.hours import Hours, hours_meant
from bot.dialogue.reading.letters import Token, split
from bot.dialogue.reading.lexicon import mended
from bot.dialogue.reading.phrases import Phrases
from bot.dialogue.reading.polite_words import FILLER_PHRASES, FILLERS

FILLED = Phrases(dict.fromkeys(FILLER_PHRASES, True))  # they leave day and time open
LONGEST = 60  # words and marks; whoever writes more tells a story


@dataclass(frozen=True, slots=True)
class When:
    """Days and times that were asked for, local.

    `first_day` to `last_day`, inclusive, or no day said; `at` exactly, or starting between `from_time` and `until_time`,
    of which each may be open. A reading is whole only if `leftover` is empty: who can't place those words must not act on it.
    """

    first_day: date | None = None
    last_day: date | None = None
    at: time | None = None
    from_time: time | None = None
    until_time: time | None = None
    leftover: str = ""


def read_when(text: str, now: datetime) -> When | Unclear | None:
    """The day and time that the text speaks of; None if of neither.

    Args:
        text: what a person wrote.
        now: the local time, with its zone.
    """
    return read_tokens(mended(split(text)), now)


def read_tokens(tokens: Sequence[Token], now: datetime) -> When | Unclear | None:
    """As `read_when`, from tokens already split and mended."""
    if len(tokens) > LONGEST:
        return None
    wished = _wished(tokens)
    read = _read(wished, now) if wished else None
    if read is None and len(wished) < len(tokens):
        denied = _read(tokens, now)
        return Unclear(Reason.DENIED, leftover=denied.leftover) if denied else None
    return read


def _wished(tokens: Sequence[Token]) -> Sequence[Token]:
    """What is left of "nie jutro, tylko w piątek" without what was denied."""
    denials = [place for place, token in enumerate(tokens) if token.text in say.NOT]
    if not denials:
        return tokens
    wishes = (place for place in range(denials[-1], len(tokens)) if tokens[place].text in say.INSTEAD)
    return tokens[next(wishes, len(tokens)) + 1 :]


def _read(tokens: Sequence[Token], now: datetime) -> When | Unclear | None:
    board = Board(tokens)
    parts = {found.value for found in board.take(part_at)}
    days = take_days(board, now.date())
    said = [found.value for found in board.take(partial(said_at, beside_day=bool(days)))]
    if parts and not said:
        said = hour_beside_part(board)
    hours = hours_meant(said, parts)
    if days and hours == Hours():
        days, hours = bare_number(board, days, now.date())
    elif days:
        days = numbered(board, days, now.date())
    if not days and hours == Hours():
        return None
    return _settled(board, days, hours, now)


def _settled(
    board: Board, days: Sequence[Found[Days]], hours: Hours | Unclear, now: datetime
) -> When | Unclear:
    before = before_first(board, days)
    links = links_between(board, days, before)
    leftover = _leftover(board)
    if isinstance(hours, Unclear):
        return replace(hours, leftover=leftover)
    if any(token.text in say.RECURRING for token in board.tokens):
        return Unclear(Reason.RECURRING, leftover=leftover)
    if not days:
        return When(None, None, hours.at, hours.start, hours.until, leftover)
    today = Today(now.date(), _is_over(hours, now))
    span = dates_meant([found.value for found in days], links, before, today)
    if isinstance(span, Unclear):
        return replace(span, leftover=leftover)
    if trouble := _trouble(span, hours, today, now):
        return Unclear(trouble, leftover=leftover)
    return When(span.first, span.last, hours.at, hours.start, hours.until, leftover)


def _is_over(hours: Hours, now: datetime) -> bool:
    last = hours.at or hours.until
    return last is not None and last <= now.time()


def _trouble(span: Span, hours: Hours, today: Today, now: datetime) -> Reason | None:
    if span.last == today.date and today.over:
        return Reason.PAST
    moments = [moment for moment in (hours.at, hours.start, hours.until) if moment]
    if span.first == span.last and not all(_shown_once(span.first, moment, now) for moment in moments):
        return Reason.CLOCK_CHANGE
    return None


def _shown_once(day: date, moment: time, now: datetime) -> bool:
    """Whether the clocks of the place show that time on that day, and only once."""
    local = datetime.combine(day, moment, tzinfo=now.tzinfo)
    return local.utcoffset() == local.replace(fold=1).utcoffset()


def _leftover(board: Board) -> str:
    board.take(FILLED.at)
    texts = (board.tokens[place].text for place in board.left())
    return " ".join(text for text in texts if text not in FILLERS)
