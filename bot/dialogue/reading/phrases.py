"""Decides whether one of a table's phrases stands at a place of a message; the longest one wins."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from bot.dialogue.reading.days import Found
from bot.dialogue.reading.letters import Token

T = TypeVar("T")


class Phrases(Generic[T]):
    """Phrases of folded words, each with its value."""

    def __init__(self, values: Mapping[tuple[str, ...], T]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)
        for phrase in sorted(values, key=len, reverse=True):
            self._by_first[phrase[0]].append((phrase, values[phrase]))

    def at(self, tokens: Sequence[Token], place: int) -> Found[T] | None:
        """The longest phrase that begins there."""
        if not 0 <= place < len(tokens):
            return None
        for phrase, value in self._by_first.get(tokens[place].text, ()):
            end = place + len(phrase)
            if end <= len(tokens) and all(
                tokens[place + step].text == word for step, word in enumerate(phrase)
            ):
                return Found(place, end, value)
        return None
