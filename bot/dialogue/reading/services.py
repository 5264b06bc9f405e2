"""Decides which service a word names: inflected ("do psychologa"), mistyped, or one of several words for it."""

from collections.abc import Mapping, Sequence

from rapidfuzz.distance import OSA

from bot.dialogue.reading.letters import fold
from bot.dialogue.reading.lexicon import LEXICON

STEM = 5  # letters that an inflected word has in common with the written one, at least
ENDING = 4  # letters that may follow them
SLIP = 6  # a word shorter than this is not mended


class Services:
    """The words of the services, each with the services it can mean."""

    def __init__(self, services: Mapping[str, Sequence[str]]) -> None:
        self._codes: dict[str, set[str]] = {}
        for code, names in services.items():
            for name in names:
                self._add(fold(name).split(), code)

    def _add(self, words: list[str], code: str) -> None:
        for word in words:
            if len(words) == 1 or len(word) >= STEM:
                self._codes.setdefault(word, set()).add(code)

    def __contains__(self, word: str) -> bool:
        return word in self._codes

    def named_by(self, word: str) -> frozenset[str]:
        """The codes of the services that the folded word can mean; none if it means none."""
        if word in self._codes:
            return frozenset(self._codes[word])
        if len(word) < STEM or word in LEXICON:
            return frozenset()
        near = {known for known in self._codes if _same_stem(word, known) or _is_slip(word, known)}
        if not near or LEXICON.within_one(word):
            return frozenset()
        return frozenset.intersection(*(frozenset(self._codes[known]) for known in near))


def _same_stem(word: str, known: str) -> bool:
    """ "doradcą" has the stem of "doradca": all but two letters, and an ending of at most four letters behind it."""
    stem = max(STEM, len(known) - 2)
    if not word.startswith(known[:stem]):
        return False
    shared = next(
        (length for length in (len(known), len(known) - 1) if word.startswith(known[:length])), stem
    )
    return len(word) - shared <= ENDING


def _is_slip(word: str, known: str) -> bool:
    return (
        len(known) >= SLIP
        and abs(len(known) - len(word)) <= 1
        and OSA.distance(word, known, score_cutoff=1) <= 1
    )
