"""Decides which tokens are a date: "3.12.2026", "3 grudnia", "15-go", "trzeciego grudnia", "Dec 3rd", "15-17 жовтня"."""

from datetime import date
from typing import NamedTuple

from bot.dialogue.reading import day_words as say
from bot.dialogue.reading.day_rules import Tokens, is_glued, number_at, text_at
from bot.dialogue.reading.days import Days, Found, Reason, Sort, Span, Unclear, dated, day_of_month


class _Raw(NamedTuple):
    day: int
    month: int | None
    year: int | None
    end: int


def full_date(tokens: Tokens, place: int, today: date) -> Found[Days] | None:
    """A date that can be nothing else; "9.10", which could be an hour, is left to `dotted_date`."""
    if text_at(tokens, place - 1) in {".", ":", "/", "-"} and tokens[place - 1].glued and tokens[place].glued:
        return None  # the second half of a number
    return (
        _iso_date(tokens, place, today)
        or _numeric_date(tokens, place, today)
        or _stroke_date(tokens, place, today)
        or _date_range(tokens, place, today)
        or _named_date(tokens, place, today)
    )


def dotted_date(tokens: Tokens, place: int, today: date) -> Found[Days] | None:
    """A day and a month with a dot between them and no year, such as "3.12"; it could be an hour."""
    day, month = number_at(tokens, place), number_at(tokens, place + 2)
    if day is None or month is None or not is_glued(tokens, place + 1, ".") or not tokens[place + 2].glued:
        return None
    year, end = _year(tokens, place + 3)
    return Found(place, end, dated(day, month, year, today)) if 1 <= month <= 12 else None


def _iso_date(tokens: Tokens, place: int, today: date) -> Found[Days] | None:
    year, month, day = (number_at(tokens, place + step, digits) for step, digits in ((0, 4), (2, 2), (4, 2)))
    if year is None or month is None or day is None or len(text_at(tokens, place)) != 4:
        return None
    if not (is_glued(tokens, place + 1, "-") and is_glued(tokens, place + 3, "-")):
        return None
    return Found(place, place + 5, dated(day, month, year, today))


def _numeric_date(tokens: Tokens, place: int, today: date) -> Found[Days] | None:
    """Day, month and year; with strokes only if it can't be month and day."""
    day, month, year = (number_at(tokens, place + step, digits) for step, digits in ((0, 2), (2, 2), (4, 4)))
    mark = text_at(tokens, place + 1)
    if day is None or month is None or year is None or mark not in {".", "-", "/"}:
        return None
    if not (is_glued(tokens, place + 1, mark) and is_glued(tokens, place + 3, mark)):
        return None
    end = place + 5 + (text_at(tokens, place + 5) in say.YEAR_WORDS)
    if mark == "/" and day != month and day <= 12:
        return Found(place, end, Unclear(Reason.WHICH_DAY))
    return Found(place, end, dated(day, month, year, today))


def _stroke_date(tokens: Tokens, place: int, today: date) -> Found[Days] | None:
    day, month = number_at(tokens, place), number_at(tokens, place + 2)
    if day is None or month is None or not is_glued(tokens, place + 1, "/") or not tokens[place + 2].glued:
        return None
    if day != month and day <= 12:
        return Found(place, place + 3, Unclear(Reason.WHICH_DAY))
    return Found(place, place + 3, dated(day, month, None, today))


def _date_range(tokens: Tokens, place: int, today: date) -> Found[Days] | None:
    """ "15-17 października", "od 15 do 17.10"."""
    first = number_at(tokens, place)
    if first is None or text_at(tokens, place + 1) not in say.RANGE:
        return None
    last = _raw_date(tokens, place + 2) or _raw_dotted(tokens, place + 2)
    if last is None or last.month is None or not 1 <= first < last.day:
        return None
    begin = dated(first, last.month, last.year, today)
    end = dated(last.day, last.month, last.year, today)
    if isinstance(begin, Unclear) or isinstance(end, Unclear):
        return Found(place, last.end, begin if isinstance(begin, Unclear) else end)
    return Found(place, last.end, Span(begin.first, end.last, Sort.DATES))


def _named_date(tokens: Tokens, place: int, today: date) -> Found[Days] | None:
    raw = _raw_date(tokens, place) or _raw_month_first(tokens, place)
    if raw is None:
        return None
    value = day_of_month(raw.day, today) if raw.month is None else dated(raw.day, raw.month, raw.year, today)
    return Found(place, raw.end, value)


def _raw_date(tokens: Tokens, place: int) -> _Raw | None:
    """A day and its month in words; or a day alone, if its ending or a word before it says that it is one."""
    numbered = _numbered_day(tokens, place) or _spelt_day(tokens, place)
    if numbered is None:
        return None
    day, end, alone = numbered
    month = _month(tokens, end + (text_at(tokens, end) == "of"))
    if month is None:
        return _Raw(day, None, None, end) if alone else None
    year, end = _year(tokens, month[1])
    return _Raw(day, month[0], year, end)


def _numbered_day(tokens: Tokens, place: int) -> tuple[int, int, bool] | None:
    day = number_at(tokens, place)
    if day is None:
        return None
    end = place + 1
    dash = is_glued(tokens, end, "-")
    ending = text_at(tokens, end + dash)
    if ending in say.DAY_ENDINGS and (tokens[end + dash].glued or ending == "tego"):
        return day, end + dash + 1, True
    return day, end, text_at(tokens, place - 1) in say.DAY_LEADS


def _spelt_day(tokens: Tokens, place: int) -> tuple[int, int, bool] | None:
    text, following = text_at(tokens, place), text_at(tokens, place + 1)
    alone = text.endswith("ego") or not text.isascii()  # "second" and "third" mean a day only beside a month
    if text in say.BEFORE_UNITS and say.ORDINALS.get(following, 10) < 10:
        return say.BEFORE_UNITS[text] + say.ORDINALS[following], place + 2, alone
    day = say.ORDINALS.get(text) or say.ORDINAL_TENS.get(text)
    return (day, place + 1, alone) if day else None


def _raw_dotted(tokens: Tokens, place: int) -> _Raw | None:
    day, month = number_at(tokens, place), number_at(tokens, place + 2)
    if day is None or month is None or not is_glued(tokens, place + 1, ".") or not 1 <= month <= 12:
        return None
    year, end = _year(tokens, place + 3)
    return _Raw(day, month, year, end)


def _raw_month_first(tokens: Tokens, place: int) -> _Raw | None:
    month, numbered = say.MONTHS.get(text_at(tokens, place)), _numbered_day(tokens, place + 1)
    if month is None or numbered is None or text_at(tokens, numbered[1]) == ":":
        return None
    year, end = _year(tokens, numbered[1])
    return _Raw(numbered[0], month, year, end)


def _month(tokens: Tokens, place: int) -> tuple[int, int] | None:
    place += is_glued(tokens, place, ".")
    text = text_at(tokens, place)
    month = say.MONTHS.get(text) or say.ROMAN_MONTHS.get(text)
    return (month, place + 1) if month else None


def _year(tokens: Tokens, place: int) -> tuple[int | None, int]:
    year = number_at(tokens, place, 4)
    end = place + (year is not None and 2000 <= year < 2100)
    return (year if end > place else None, end + (text_at(tokens, end) in say.YEAR_WORDS))
