"""Decides which mistyped words of a message are mended: days, months and the words of the closed intents, no others."""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from rapidfuzz.distance import OSA

from bot.dialogue.reading import day_words, hour_words, polite_words, vocabulary, wordings
from bot.dialogue.reading.letters import Token
from bot.dialogue.reading.slips import SHORTEST, Lexicon


def mended(tokens: Iterable[Token]) -> list[Token]:
    """The tokens with such slips put right."""
    return [_mended(token) for token in tokens]


def _mended(token: Token) -> Token:
    word = LEXICON.mend(token.text) if token.is_word else None
    if word is None or _is_near_two_names(token.text, word):
        return token
    return token._replace(text=word)


def _is_near_two_names(word: str, name: str) -> bool:
    """Whether a day or month of another name is within two slips: "tusday" could be either of two days."""
    for names in (day_words.WEEKDAYS, day_words.MONTHS):
        rivals = (other for other, number in names.items() if name in names and number != names[name])
        if any(len(other) > SHORTEST and OSA.distance(word, other, score_cutoff=2) <= 2 for other in rivals):
            return True
    return False


def _targets() -> dict[str, Hashable]:
    meanings: dict[str, set[Hashable]] = defaultdict(set)
    for phrase, meant in wordings.PHRASES.items():
        for word in phrase:
            meanings[word].add(meant)
    for word, number in day_words.WEEKDAYS.items():
        meanings[word].add(("weekday", number))
    for word, number in day_words.MONTHS.items():
        meanings[word].add(("month", number))
    return {word: next(iter(meant)) if len(meant) == 1 else word for word, meant in meanings.items()}


def _others() -> set[str]:
    """Every other word that is read: never mended to, but a slip of one is not taken for another word either."""
    tables = [
        *_tables_of(day_words), *_tables_of(hour_words), *_tables_of(polite_words), vocabulary.OFFER,
        vocabulary.AROUND, vocabulary.CHOOSING, vocabulary.ORDINALS, vocabulary.RELATIVES, vocabulary.BECAUSE, vocabulary.BARE_NO, vocabulary.NOT,
        vocabulary.BESIDE_BARE_NO, vocabulary.TAKEN_BY_PROVIDER,
    ]  # fmt: skip
    return set(_flat(tables))


def _tables_of(module: object) -> list[object]:
    return [table for name, table in vars(module).items() if name.isupper()]


def _flat(table: object) -> Iterable[str]:
    """The words in tables of words, of phrases and of tables."""
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict):
        yield from _flat([*table.keys(), *table.values()])
    elif isinstance(table, list | tuple | set | frozenset):
        for part in table:
            yield from _flat(part)


LEXICON = Lexicon(_targets(), _others(), vocabulary.TRAPS)
