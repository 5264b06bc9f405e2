"""What staff should look at again in a text before it goes to many: links, words that give a reason away, a second SMS part."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from config.centre import Centre
from words import sms

_LINK = re.compile(r"https?:\S+|www\.\S+|\b[\w-]+\.(?:pl|com|org|eu|gov|net|ua|me|ly)\b\S*", re.IGNORECASE)
# What may say of its reader why they come; the services' own words are the club's file's.
_REASONS = re.compile(
    r"\b(?:psych|terap|depresj|kryzys|chor[oy]|objaw|gorączk|kaszl|kaszel|covid|koronawirus|kwarantann|izolacj"
    r"|alkohol|uzależni|odwyk|przemoc|bezdomn|bezroboc|zadłuż|niepełnospraw|zasiłk|kontrakt socjaln"
    r"|психол|терапі|депресі|криз|хвор|гарячк|карантин|алкогол|залежн|насильств|борг"
    r"|therap|depress|illness|sick|quarantin|alcohol|addict|violence|debt|disab)\w*",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")


class Matter(StrEnum):
    """What a remark is about."""

    LINK = "link"
    REASON = "reason"
    SECOND_PART = "second_part"
    LETTERS = "letters"
    UNTRANSLATED = "untranslated"
    OVER_CAP = "over_cap"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: the word that it is about, or a number."""

    matter: Matter
    about: str
    language: str = ""


def remarks(centre: Centre, texts: Mapping[str, str]) -> Iterator[Remark]:
    """What the words themselves give cause for."""
    for language, text in texts.items():
        for found in _LINK.finditer(text):
            yield Remark(Matter.LINK, found[0], language)
        seen: set[str] = set()
        for word in _giving_away(centre, text):
            if word.casefold() not in seen:
                seen.add(word.casefold())
                yield Remark(Matter.REASON, word, language)


def in_parts(body: str, language: str) -> Iterator[Remark]:
    """At which word a second part begins, and which letters make parts short."""
    at = sms.second_part(body)
    if at is None:
        return
    word = next((found[0] for found in _WORD.finditer(body) if found.end() > at), "")
    yield Remark(Matter.SECOND_PART, word, language)
    if not sms.is_gsm(body):
        odd = dict.fromkeys(letter for letter in body if not sms.is_gsm(letter))
        yield Remark(Matter.LETTERS, "".join(odd)[:12], language)


def _giving_away(centre: Centre, text: str) -> Iterator[str]:
    services = {
        word.casefold() for service in centre.services for words in service.words.values() for word in words
    }
    for found in re.finditer(r"\w+", text):
        if found[0].casefold() in services:
            yield found[0]
    for found in _REASONS.finditer(text):
        yield found[0]
