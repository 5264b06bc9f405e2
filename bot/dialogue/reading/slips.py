"""Decides whether a mistyped word can only have meant one thing."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise

from rapidfuzz.distance import OSA

SHORTEST = 5  # a word of four letters or fewer is a slip away from too many others


class Lexicon:
    """Words that a slip may be mended to, each with its meaning, among others that it may not."""

    def __init__(
        self, targets: Mapping[str, Hashable], others: Iterable[str], right: Iterable[str] = ()
    ) -> None:
        """Index the words.

        Args:
            targets: words to mend to, each with its meaning.
            others: words never mended to; a word that is near to one of them is not mended at all.
            right: words that are no slips, though near to a target.
        """
        self._targets = dict(targets)
        self._known = self._targets.keys() | set(others)
        self._right = frozenset(right)

    @cached_property
    def _near(self) -> Mapping[str, set[str]]:
        """The known words by each form that is a letter short: made at the first slip."""
        near: dict[str, set[str]] = defaultdict(set)
        for word in self._known:
            for form in _shortened(word):
                near[form].add(word)
        return near

    @property
    def words(self) -> frozenset[str]:
        """Every known word."""
        return frozenset(self._known)

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def mend(self, word: str) -> str | None:
        """The known word one slip away, if every word that near means the same; else None.

        A slip is one letter too many, too few, wrong or swapped with its neighbour (optimal string alignment). In a word of five
        letters only a swapped or doubled letter is mended. Since all known words count, a slip of one is never
        mended to another of a different meaning.
        """
        if len(word) < SHORTEST or word in self._known or word in self._right:
            return None
        near = self._undoubled(word) or self.within_one(word)
        if len({self._targets.get(known, known) for known in near}) != 1:
            return None
        return next(
            (known for known in sorted(near) if known in self._targets and _mendable(word, known)), None
        )

    def _undoubled(self, word: str) -> set[str]:
        """The known words that it is with a letter too often: no other slip is as plain."""
        return {
            known
            for place, (left, right) in enumerate(pairwise(word))
            if left == right and (known := word[:place] + word[place + 1 :]) in self._known
        }

    def within_one(self, word: str) -> set[str]:
        """The known words at most one slip away."""
        maybe = set().union(*(self._near.get(form, ()) for form in _shortened(word)))
        return {known for known in maybe if OSA.distance(word, known, score_cutoff=1) <= 1}


def _shortened(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _mendable(word: str, known: str) -> bool:
    if len(known) > SHORTEST:
        return True
    return len(known) == SHORTEST and (sorted(word) == sorted(known) or _doubled(word, known))


def _doubled(word: str, known: str) -> bool:
    return len(word) > len(known) and any(
        left == right and word[:place] + word[place + 1 :] == known
        for place, (left, right) in enumerate(pairwise(word))
    )
