"""Decides which Ukrainian words are meant by Latin letters: "koly moya zustrich"; spelt Polish, English or German alike."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from bot.dialogue.reading.letters import Token
from bot.dialogue.reading.lexicon import LEXICON
from bot.dialogue.reading.polite_words import FILLERS

# The letters of a word as they are heard: one letter for all ways of writing it.
_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгґдежзийіїклмнопрстуфхцчшэыё", "abvhhdezziiiiklmnoprstufhccseio", strict=True)),
        "щ": "sc",
        "ю": "iu",
        "я": "ia",
        "є": "ie",
        "ь": "",
        "ъ": "",
    }
)
_LATIN = (
    ("shch", "sc"), ("szcz", "sc"), ("sch", "sc"), ("kh", "h"), ("ch", "c"), ("cz", "c"), ("sh", "s"), ("sz", "s"), ("zh", "z"), ("rz", "z"), ("ts", "c"),
    ("ye", "ie"), ("ya", "ia"), ("yu", "iu"), ("yi", "i"), ("j", "i"), ("y", "i"), ("w", "v"), ("g", "h"), ("x", "h"), ("q", "k"),
)  # fmt: skip
LONE = {
    "ja": "я",
    "ya": "я",
    "ia": "я",
    "v": "в",
    "u": "у",
    "z": "з",
    "i": "і",
    "y": "і",
    "na": "на",
    "ne": "не",
    "do": "до",
}


def cyrillic(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with such words in Cyrillic, if there are any."""
    spelt = [_spelt(token) for token in tokens]
    if not any(spelt):
        return list(tokens)
    return [
        token._replace(text=word or LONE.get(token.text, token.text))
        for token, word in zip(tokens, spelt, strict=True)
    ]


def _spelt(token: Token) -> str | None:
    text = token.text
    if len(text) < 3 or not text.isascii() or not text.isalpha():
        return None
    return _by_sound().get(_heard(text))


def _heard(latin: str) -> str:
    for written, sound in _LATIN:
        latin = latin.replace(written, sound)
    return _single(latin)


@cache
def _by_sound() -> Mapping[str, str]:
    return {_single(word.translate(_CYRILLIC)): word for word in sorted(_words()) if not word.isascii()}


def _words() -> Iterable[str]:
    return (word for word in {*LEXICON.words, *FILLERS} if len(word) > 2)


def _single(sound: str) -> str:
    """Doubled letters are heard once."""
    return "".join(letter for place, letter in enumerate(sound) if sound[place - 1 : place] != letter)
