"""Decides how the days of one message belong together: "od wtorku do czwartku", "jutro lub w środę", "do piątku"."""

from collections.abc import Sequence
from itertools import pairwise

from bot.dialogue.reading import day_words as say
from bot.dialogue.reading.board import Board
from bot.dialogue.reading.day_choice import Before, Link
from bot.dialogue.reading.days import Days, Found
from bot.dialogue.reading.hour_words import ONLY_HOURS

_BEFORE = {
    **dict.fromkeys(say.FROM_DAY, Before.SINCE),
    **dict.fromkeys(say.UNTIL_DAY, Before.UNTIL),
    **dict.fromkeys(say.BEFORE_DAY, Before.SOONER),
    **dict.fromkeys(say.AFTER_DAY, Before.LATER),
    **dict.fromkeys(say.BETWEEN, Before.BETWEEN),
    **dict.fromkeys(ONLY_HOURS, Before.HOUR),
}


def before_first(board: Board, days: Sequence[Found[Days]]) -> Before:
    """What the word before the first day makes of it; the word is read."""
    place = days[0].start - 1 if days else -1
    before = _BEFORE.get(board.tokens[place].text, Before.NOTHING) if place >= 0 else Before.NOTHING
    if before is not Before.NOTHING:
        board.clear([place])
    return before


def links_between(board: Board, days: Sequence[Found[Days]], before: Before) -> list[Link]:
    """What stands between each two days; those words are read."""
    links = [_link(board, range(left.end, right.start), before) for left, right in pairwise(days)]
    for day, link in list(zip(days, links, strict=False))[1:]:
        if link is Link.RANGE and board.tokens[day.start - 1].text in say.FROM_DAY | say.BETWEEN:
            board.clear([day.start - 1])
    return links


def _link(board: Board, places: range, before: Before) -> Link:
    for place in places:
        text = board.tokens[place].text
        if text in say.RANGE or (before is Before.BETWEEN and text in say.BETWEEN_AND):
            board.clear([place])
            return Link.RANGE
        if text in say.OR:
            board.clear([place])
            return Link.EITHER
    return Link.JOIN
