"""Decides whether somebody may be in danger of their life; of two readings the one that loses no cry."""

import re
from collections.abc import Iterable
from functools import cache

from bot.dialogue.reading.crisis_words import HARMLESS, PHRASES
from bot.dialogue.reading.letters import split, words
from bot.dialogue.reading.lexicon import LEXICON
from bot.dialogue.reading.slips import Lexicon
from bot.dialogue.reading.vocabulary import TRAPS

LONGEST = 10_000  # a cry may stand at the end of a long message; a chat's longest has 4096 letters
GAP = r"(?: \w+){0,4}"


def is_crisis(text: str) -> bool:
    """Whether the text, of whatever length, has words of crisis in it."""
    said = [token.text for token in split(text, LONGEST) if token.is_word]
    line = f" {' '.join(_mended(word) for word in said)} "
    return _pattern(PHRASES).search(_pattern(HARMLESS).sub(" - ", line)) is not None


def _mended(word: str) -> str:
    if word in LEXICON or word.startswith(_stems()):
        return word
    return _slips().mend(word) or word


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_one(phrase) for phrase in phrases))


def _one(phrase: str) -> str:
    """The phrase as an expression; what is joined by `&` in either order."""
    parts = [_in_order(part) for part in phrase.split(" & ")]
    return "|".join(GAP.join(order) + "(?= )" for order in (parts, parts[::-1])[: len(parts)])


def _in_order(phrase: str) -> str:
    return "".join(GAP if part == ".." else f" {_either(part)}" for part in phrase.split())


def _either(part: str) -> str:
    return f"(?:{'|'.join(_word(one) for one in part.split('|'))})"


def _word(written: str) -> str:
    folded = "".join(words(written.removesuffix("*")))
    return folded + r"\w*" if written.endswith("*") else folded


def _parts() -> Iterable[str]:
    return (
        part for phrase in PHRASES for part in phrase.replace("|", " ").split() if part not in {"..", "&"}
    )


@cache
def _stems() -> tuple[str, ...]:
    return tuple(_word(part.removesuffix("*")) for part in _parts() if part.endswith("*"))


@cache
def _slips() -> Lexicon:
    return Lexicon({_word(part): True for part in _parts() if not part.endswith("*")}, (), TRAPS)
