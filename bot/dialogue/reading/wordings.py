"""Remembers every phrase that means something by itself, in Polish, Ukrainian and English.

`a|b` is either word, `(a|b c)` either phrase, and `[a|b c]` may be left out. "Nie" alone is not here: what stands around it decides (hearing.py).
"""

import re
from collections.abc import Iterable, Mapping
from itertools import chain, product

from bot.dialogue.reading import answer_words, club_words, visit_words
from bot.dialogue.reading.letters import words
from bot.dialogue.reading.vocabulary import Meant

_PART = re.compile(r"\[[^]]*\]|\([^)]*\)|\S+")


def spelt_out(phrase: str) -> Iterable[tuple[str, ...]]:
    """Every way of saying the phrase."""
    choices = [_ways(part) for part in _PART.findall(phrase)]
    return (tuple(chain.from_iterable(chosen)) for chosen in product(*choices))


def _ways(part: str) -> list[tuple[str, ...]]:
    ways = [words(one) for one in part.strip("[]()").split("|")]
    return [*ways, ()] if part.startswith("[") else ways


PHRASES: Mapping[tuple[str, ...], Meant] = {
    spelt: meant
    for family in (answer_words, visit_words, club_words)
    for meant, text in family.WRITTEN.items()
    for phrase in text.split(",")
    for spelt in spelt_out(phrase)
}
