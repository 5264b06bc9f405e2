"""Decides what of a message is left out before it is read: a reason, and the day that another is wanted for."""

from collections.abc import Sequence
from datetime import datetime

from bot.dialogue.reading import vocabulary as say
from bot.dialogue.reading.day_rules import text_at
from bot.dialogue.reading.day_words import INSTEAD
from bot.dialogue.reading.letters import Token
from bot.dialogue.reading.when import When, read_tokens

SENTENCE_MARKS = frozenset(".;!?\n")
BREAK = Token(",", glued=False)  # stands where something was cut out, that words on both sides do not meet


def without_reason(tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """The message without "because ..." up to the end of its sentence or to an offer."""
    start = next(
        (place for place, token in enumerate(tokens) if place and token.text in say.BECAUSE), len(tokens)
    )
    for end in range(start, len(tokens)):
        is_offer = tokens[end].text in say.OFFER and text_at(tokens, end - 1) not in say.NOT
        if tokens[end].text in SENTENCE_MARKS or is_offer:
            return [*tokens[:start], BREAK, *tokens[end:]], tokens[start:end]
    return tokens[:start], tokens[start:]


def without_replaced(tokens: Sequence[Token], now: datetime) -> tuple[Sequence[Token], bool]:
    """The message without the day or hour that another is wanted for ("nie jutro, tylko w piątek", "na 12 zamiast 10")."""
    for place, token in enumerate(tokens):
        if token.text in say.IN_PLACE_OF or (token.text, text_at(tokens, place + 1)) == ("instead", "of"):
            return tokens[:place], place > 0
        if token.text in say.NOT and (end := _end_of_denied(tokens, place, now)):
            return [*tokens[:place], BREAK, *tokens[end:]], True
    return tokens, False


def _end_of_denied(tokens: Sequence[Token], place: int, now: datetime) -> int | None:
    """Where what is wanted begins behind a denied day or hour; None if no such thing is denied there."""
    for end in range(place + 2, min(place + 6, len(tokens) - 1)):
        if tokens[end].text in INSTEAD:
            denied, wanted = read_tokens(tokens[place + 1 : end], now), read_tokens(tokens[end + 1 :], now)
            is_whole = isinstance(denied, When) and not denied.leftover
            return end + 1 if is_whole and isinstance(wanted, When) else None
    return None
