"""Decides whether one of a table's phrases stands at a place of a message; the longest one wins."""

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from bot.dialogue.reading.days import Found
from bot.dialogue.reading.letters import Token, words

T = TypeVar("T")

# Small words that may stand inside a phrase and change nothing: "nic mi z tego nie pasuje".
INSIDE = frozenset(words("mi mnie nam się by było jest tam мені мне нам б би"))
LONGEST_GAP = 2


class _Node(Generic[T]):
    """Where the words read so far lead; `value` if they are a whole phrase."""

    __slots__ = ("next", "value")

    def __init__(self) -> None:
        self.next: dict[str, _Node[T]] = {}
        self.value: T | None = None


class Phrases(Generic[T]):
    """Phrases of folded words, each with its value."""

    def __init__(self, values: Mapping[tuple[str, ...], T]) -> None:
        self._root: _Node[T] = _Node()
        for phrase, value in values.items():
            node = self._root
            for word in phrase:
                node = node.next.setdefault(word, _Node())
            node.value = value

    def at(self, tokens: Sequence[Token], place: int) -> Found[T] | None:
        """The longest phrase that begins there."""
        node = self._root.next.get(tokens[place].text) if 0 <= place < len(tokens) else None
        if node is None:
            return None
        found: Found[T] | None = None
        end, gap = place + 1, 0
        while True:
            if node.value is not None and not gap:
                found = Found(place, end, node.value)
            text = tokens[end].text if end < len(tokens) else ""
            further = node.next.get(text)
            if further is None and not (text in INSIDE and gap < LONGEST_GAP):
                return found
            node, gap = (further, 0) if further else (node, gap + 1)
            end += 1
