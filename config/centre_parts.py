"""What the parts of a club's file are made of: texts in every language, numbers and times in one shape each."""

import re
from datetime import time
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

Language = Literal["pl", "uk", "en"]
LANGUAGES: tuple[Language, ...] = ("pl", "uk", "en")


def _whole_minutes(value: time) -> time:
    if value.tzinfo or value.second or value.microsecond:
        raise ValueError("must be a local time in whole minutes")
    return value


def known_zone(name: str) -> str:
    """The name, if the time zone database has it."""
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise ValueError("is not a known time zone, such as Europe/Warsaw") from None
    return name


def shaped(pattern: str, otherwise: str) -> AfterValidator:
    """Refuse what does not match, with `otherwise` as the reason."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(otherwise)
        return value

    return AfterValidator(check)


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, shaped(r"[a-z0-9][a-z0-9_-]{0,30}", "must be small letters, digits, - and _ only")]
Phone = Annotated[
    str, shaped(r"\d{2} \d{3} \d{2} \d{2}|\d{3} \d{3} \d{3}", "must be written as 77 483 77 23")
]
ShortNumber = Annotated[str, shaped(r"\d[\d ]{1,14}", "must be written as 116 123")]
Extension = Annotated[str, shaped(r"\d{0,6}", "must be digits only")]
Postcode = Annotated[str, shaped(r"\d\d-\d{3}", "must be written as 47-224")]
LocalTime = Annotated[time, AfterValidator(_whole_minutes)]
Minutes = Annotated[int, Field(ge=0, le=7 * 24 * 60)]
Weekday = Annotated[int, Field(ge=1, le=7)]
Count = Annotated[int, Field(ge=1)]
Floor = Annotated[int, Field(ge=0, le=3)]


class Part(BaseModel):
    """A part of the file: no key is ignored, and nothing changes once it is read."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Texts(Part):
    """One meaning in every language."""

    pl: Text
    uk: Text
    en: Text

    def in_language(self, language: str) -> str:
        text: str = getattr(self, language)
        return text
