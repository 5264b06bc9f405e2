"""The panel's words in one reader's language: its own texts, and days and times as the bot says them."""

from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from config.centre import LANGUAGES
from words.catalogue import Catalogue, load_catalogue
from words.compose import Composer
from words.days import say_date, say_day, say_time

TEXTS = Path(__file__).parent / "texts"


def language_for(accepted: str, chosen: str = "") -> str:
    """Of the languages we speak the one chosen, or what a browser asks for first; else the club's own."""
    wanted = (chosen, *(one.strip()[:2] for one in accepted.split(",")))
    return next((one for one in wanted if one in LANGUAGES), LANGUAGES[0])


class Speech:
    """Everything the panel can say, in every language; its texts are read when first needed."""

    def __init__(self, composer: Composer, zone: ZoneInfo) -> None:
        self.composer, self.zone = composer, zone

    @cached_property
    def texts(self) -> Catalogue:
        return load_catalogue(TEXTS)

    def in_language(self, language: str) -> "Words":
        return Words(self, language)


class Words:
    """What pages say to one reader."""

    def __init__(self, speech: Speech, language: str) -> None:
        self.speech, self.language = speech, language

    @property
    def composer(self) -> Composer:
        """The bot's own words."""
        return self.speech.composer

    def has(self, key: str) -> bool:
        return self.speech.texts.has(self.language, key)

    def say(self, key: str, **values: object) -> str:
        return self.speech.texts.say(self.language, key, **values)

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.speech.zone)

    def day(self, day: date) -> str:
        """In full: "środa 14 października"."""
        return say_day(day, self.language, long=True)

    def date(self, day: date) -> str:
        return say_date(day, self.language)

    def clock(self, at: datetime) -> str:
        """The local time of day, "9:00"."""
        return say_time(self.local(at))

    def zloty(self, amount: Decimal) -> str:
        """ "12,40 zł"."""
        said = f"{amount:.2f} zł"
        return said if self.language == "en" else said.replace(".", ",")

    def moment(self, at: datetime) -> str:
        """Day and time: "środa 14 października, 10:00"."""
        return f"{self.day(self.local(at).date())}, {self.clock(at)}"
