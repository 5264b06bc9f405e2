"""Decides what one message means: one closed intent with what it carries, or that it has to be asked back.

What changes something is read only from a message that says nothing else; the bot would rather ask than guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from bot.dialogue.reading import vocabulary as say
from bot.dialogue.reading.crisis import is_crisis
from bot.dialogue.reading.days import Unclear
from bot.dialogue.reading.hearing import Heard, hear
from bot.dialogue.reading.letters import Token, split
from bot.dialogue.reading.lexicon import mended
from bot.dialogue.reading.romanised import cyrillic
from bot.dialogue.reading.services import Services
from bot.dialogue.reading.verdict import verdict
from bot.dialogue.reading.vocabulary import Intent, Sign
from bot.dialogue.reading.when import LONGEST, When
from bot.dialogue.reading.wordings import PHRASES


@dataclass(frozen=True, slots=True)
class Meaning:
    """One intent and what came with it.

    `when` is the day or time asked for; beside NO it is the one that was refused, which should be the visit's.
    `unclear` says why a day that was spoken of must be asked back. `minutes` is how late. `language` is the one to switch to.
    `line` is the number of a line that was named in a word, 0 the last; `other_day` says that another hour will not do.
    `taken_by_provider`: Twilio acts on this very word by itself (STOP, CANCEL, YES, HELP ...), but Telegram does not.
    """

    intent: Intent
    digit: int | None = None
    service: str | None = None
    when: When | None = None
    minutes: int | None = None
    language: str | None = None
    unclear: Unclear | None = None
    taken_by_provider: bool = False
    other_day: bool = False
    line: int | None = None


def understand(text: str, services: Services, now: datetime, *, language: str = "pl") -> Meaning:
    """What the text means.

    Args:
        text: what a person wrote, however long.
        services: the words that people use for the services.
        now: the local time, with its zone.
        language: the person's; "no" is a refusal only to who speaks English.
    """
    if is_crisis(text):
        return Meaning(Intent.CRISIS)
    provided = _provided(text)
    if provided:
        return provided
    tokens = _without_slash(split(text))
    if not tokens or len(tokens) > LONGEST:
        return Meaning(Intent.UNKNOWN)
    if all(token.text == "?" for token in tokens):
        return Meaning(Intent.HELP)
    bare_no = say.BARE_NO | say.ENGLISH_NO if language == "en" else say.BARE_NO
    meaning = _read(tokens, services, now, bare_no)
    if language == "uk" and meaning.intent in {Intent.UNKNOWN, Intent.MAYBE_NOT}:
        romanised = _read(cyrillic(tokens), services, now, bare_no)
        return meaning if romanised.intent is Intent.UNKNOWN else romanised
    return meaning


def _read(tokens: Sequence[Token], known: Services, now: datetime, bare_no: frozenset[str]) -> Meaning:
    right = [token if token.text in known else one for token, one in zip(tokens, mended(tokens), strict=True)]
    return _meaning(hear(right, known, now, bare_no))


def _provided(text: str) -> Meaning | None:
    """A lone word that the provider acts on before we do: what it did is all that is left to mean."""
    word = text.strip().casefold() if len(text) < 40 else ""
    if word not in say.TAKEN_BY_PROVIDER:
        return None
    if word in say.STOPPED_BY_PROVIDER:
        return Meaning(Intent.STOP, taken_by_provider=True)
    meant = PHRASES.get((word,))
    return Meaning(meant if isinstance(meant, Intent) else Intent.UNKNOWN, taken_by_provider=True)


def _without_slash(tokens: list[Token]) -> list[Token]:
    """The words of a command: "/moje@TerminBot" is "moje"."""
    if not tokens or tokens[0].text != "/":
        return tokens
    return list(takewhile(lambda token: token.text != "@", tokens[1:]))


def _meaning(heard: Heard) -> Meaning:
    intent = verdict(heard)
    wished = heard.wish or (None if heard.is_refusal and intent is Intent.CHANGE else heard.when)
    return Meaning(
        intent,
        digit=heard.digit if intent is Intent.DIGIT else None,
        service=next(iter(heard.services)) if len(heard.services) == 1 else None,
        when=wished if isinstance(wished, When) and intent is not Intent.UNKNOWN else None,
        minutes=heard.minutes if intent is Intent.LATE else None,
        language=heard.language if intent is Intent.LANGUAGE else None,
        unclear=wished if isinstance(wished, Unclear) else None,
        line=heard.line if intent is Intent.LINE else None,
        other_day=heard.has(Sign.OTHER_DAY),
    )
