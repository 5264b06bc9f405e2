"""Decides which spellings are the same: case, diacritics, apostrophes and look-alike letters do not count."""

import re
import unicodedata
from typing import NamedTuple

LONGEST = 1600  # the longest SMS that Twilio hands on; what follows is not read

_PIECE = re.compile(r"[0-9]+|[^\W\d_]+(?:['\"*`][^\W\d_]+)*|\n|\S")
_INSIDE = re.compile(r"['\"*`]")
_SAME = str.maketrans(
    {"ł": "l", "Ł": "l", "’": "'", "ʼ": "'", "‘": "'", "´": "'", "–": "-", "—": "-", "−": "-", "‑": "-"}
)
_LATIN_TWINS = str.maketrans("aceiopxy", "асеіорху")
_CYRILLIC = re.compile("[а-яіґє]")
_LATIN = re.compile("[a-z]")


class Token(NamedTuple):
    """A word, a number or a mark; `glued` if nothing stands between it and the one before."""

    text: str
    glued: bool

    @property
    def is_number(self) -> bool:
        return self.text.isascii() and self.text.isdigit()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


def fold(text: str, longest: int = LONGEST) -> str:
    """The text in small letters without diacritics, at most `longest` characters of it."""
    text = text[:longest]
    if not text.isascii():
        spread = unicodedata.normalize("NFKD", text.translate(_SAME))[: 2 * longest]
        text = "".join(letter for letter in spread if unicodedata.category(letter) not in {"Mn", "Me", "Cf"})
    return text.casefold()


def split(text: str, longest: int = LONGEST) -> list[Token]:
    """The folded words, numbers and marks of a text, in order; spaces are dropped, a new line is a mark."""
    tokens = []
    end = -1
    for piece in _PIECE.finditer(fold(text, longest)):
        word = piece.group()
        if len(word) > 1 and word[0].isalpha():
            word = _one_script(_INSIDE.sub("", word))
        tokens.append(Token(word, piece.start() == end))
        end = piece.end()
    return tokens


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text: how the tables are written down."""
    return tuple(token.text for token in split(text))


def _one_script(word: str) -> str:
    if word.isascii() or not (_CYRILLIC.search(word) and _LATIN.search(word)):
        return word
    return word.translate(_LATIN_TWINS)
