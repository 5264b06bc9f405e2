"""Remembers which words of a message have been read, so that each is read once and the rest is known."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.dialogue.reading.days import Found
from bot.dialogue.reading.letters import Token

GAP = Token("\N{MIDDLE DOT}", glued=False)  # stands where something was read
T = TypeVar("T")


class Board:
    """The tokens of one message; what is read becomes a gap."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self.tokens: list[Token] = list(tokens)

    def take(self, rule: Callable[[Sequence[Token], int], Found[T] | None]) -> list[Found[T]]:
        """All that the rule finds, from the left."""
        taken = []
        place = 0
        while place < len(self.tokens):
            found = None if self.tokens[place] is GAP else rule(self.tokens, place)
            if found:
                self.clear(range(found.start, found.end))
                taken.append(found)
            place = found.end if found else place + 1
        return taken

    def clear(self, places: Iterable[int]) -> None:
        """Mark tokens as read."""
        for place in places:
            self.tokens[place] = GAP

    def left(self) -> list[int]:
        """Where words and numbers are that nobody has read."""
        return [place for place, token in enumerate(self.tokens) if token.is_word or token.is_number]
