"""The real club and catalogue, and the longest values that a text may have to hold."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import config
from config.centre import Centre, load_centre
from words.catalogue import Catalogue, load_catalogue
from words.compose import Composer, Option, Say, Style
from words.days import say_day

SMS = Style(buttons=False, plain=True)
CHAT = Style(buttons=True, plain=False)
MONDAY = date(2026, 10, 12)

# Ukrainian has no double first names.
LONGEST_FIRST_NAME = {"pl": "Bogumiła-Konstancja", "uk": "Максиміліана", "en": "Bogumiła-Konstancja"}


@cache
def the_centre() -> Centre:
    return load_centre(Path(config.__file__).parent / "centres" / "kedzierzyn-kozle.toml")


@cache
def the_catalogue() -> Catalogue:
    return load_catalogue()


@cache
def the_composer() -> Composer:
    return Composer(the_catalogue(), the_centre())


def an_instant(day: date = MONDAY, hour: int = 10) -> str:
    """On Warsaw's clock it is two hours later in summer."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC).isoformat()


@cache
def longest_day(language: str) -> date:
    """The day of a year whose name is longest."""
    days = [MONDAY + timedelta(days=ahead) for ahead in range(366)]
    return max(days, key=lambda day: len(say_day(day, language, long=False)))


def said(language: str, key: str, style: Style = SMS, today: date = MONDAY, **params: Any) -> str:
    return the_composer().text(language, key, params, style, today)


def numbered(*says: Say) -> list[Option]:
    """Numbered choices, and `0` for more."""
    return [*(Option(str(number), say) for number, say in enumerate(says, 1)), Option("0", Say("btn_more"))]
