"""Decides by how many minutes somebody will be late."""

from collections.abc import Sequence

from bot.dialogue.reading import hour_words
from bot.dialogue.reading import vocabulary as say
from bot.dialogue.reading.board import GAP, Board
from bot.dialogue.reading.day_rules import number_at, text_at
from bot.dialogue.reading.days import Found
from bot.dialogue.reading.letters import Token
from bot.dialogue.reading.phrases import Phrases

_SPANS = Phrases(say.SPANS)
LONGEST_DELAY = 180
FULL_HOUR = 60
ENDS = frozenset(".,;!?\n") | {GAP.text}


def minutes(board: Board) -> int | None:
    """The minutes of the delay that is named; its words are read. None if none or several are."""
    spans = board.take(_span_of_minutes)
    board.clear(
        place
        for place, token in enumerate(board.tokens)
        if hour_words.LEADS.get(token.text) is hour_words.Lead.ABOUT
    )
    delay = spans[0].value if len(spans) == 1 else None
    return delay if delay and delay <= LONGEST_DELAY else None


def past_the_hour(tokens: Sequence[Token], place: int) -> Found[int] | None:
    """ "10 po" at the end of a sentence."""
    minutes = number_at(tokens, place, 2)
    is_end = place + 2 == len(tokens) or text_at(tokens, place + 2) in ENDS
    if minutes and minutes < FULL_HOUR and text_at(tokens, place + 1) == "po" and is_end:
        return Found(place, place + 2, minutes)
    return None


def _span_of_minutes(tokens: Sequence[Token], place: int) -> Found[int] | None:
    minutes = number_at(tokens, place, 3) or hour_words.MINUTES.get(text_at(tokens, place))
    if minutes and text_at(tokens, place + 1) in say.MINUTE_UNITS:
        return Found(place, place + 2, minutes)
    return _SPANS.at(tokens, place)
