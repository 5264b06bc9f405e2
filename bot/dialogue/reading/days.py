"""Decides what a day may be before it is settled: a span of dates, a day of the week, or a doubt."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from bot.dialogue.reading.day_words import Which

NEAR_DAYS = 182  # a day without a year is meant within half a year; else it is one that has just passed
FAR_DAYS = 400  # a year that lies further ahead is a slip


class Reason(StrEnum):
    """Why a day or a time is asked back."""

    PAST = "past"
    TOO_FAR = "too_far"
    NO_SUCH_DAY = "no_such_day"
    NO_SUCH_HOUR = "no_such_hour"
    CLOCK_CHANGE = "clock_change"
    NIGHT = "night"
    MORNING_OR_EVENING = "morning_or_evening"
    WHICH_DAY = "which_day"
    WHICH_HOUR = "which_hour"
    DAY_OR_HOUR = "day_or_hour"
    DAYS_DISAGREE = "days_disagree"
    HOURS_DISAGREE = "hours_disagree"
    DENIED = "denied"
    RECURRING = "recurring"


@dataclass(frozen=True, slots=True)
class Unclear:
    """A day or time was spoken of and must be asked back.

    `choices` are the days that it could be, where they are few; `leftover` is what could not be placed at all.
    """

    reason: Reason
    choices: tuple[date, ...] = ()
    leftover: str = ""


class Sort(StrEnum):
    """What a span of days was named by."""

    DAY = "day"
    DATE = "date"
    DATES = "dates"
    WEEK = "week"
    MONTH = "month"
    HENCE = "hence"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, inclusive."""

    first: date
    last: date
    sort: Sort


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week (1 is Monday) that is not yet a date."""

    number: int
    which: Which


Days = Span | Weekday | Unclear
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """Something read from the tokens `start` up to, but not including, `end`."""

    start: int
    end: int
    value: T


def one_day(day: date, sort: Sort = Sort.DAY) -> Span:
    """A span of just that day."""
    return Span(day, day, sort)


def week_of(day: date) -> tuple[date, date]:
    """Its Monday and its Sunday."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def month_of(day: date) -> tuple[date, date]:
    """Its first and its last day."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def dated(day: int, month: int, year: int | None, today: date) -> Span | Unclear:
    """The date; without a year, the next such day within half a year."""
    if year is None:
        return _coming(day, month, today)
    made = _made(year if year > 99 else 2000 + year, month, day)
    if made is None:
        return Unclear(Reason.NO_SUCH_DAY)
    if made < today:
        return Unclear(Reason.PAST)
    return one_day(made, Sort.DATE) if (made - today).days <= FAR_DAYS else Unclear(Reason.TOO_FAR)


def day_of_month(day: int, today: date) -> Span | Unclear:
    """The next such day after today within two months; today's own number is asked back."""
    if day == today.day:
        return Unclear(Reason.WHICH_DAY, (today,))
    ahead = (today + timedelta(days=distance) for distance in range(1, 63))
    made = next((one for one in ahead if one.day == day), None)
    return one_day(made, Sort.DATE) if made else Unclear(Reason.NO_SUCH_DAY)


def _coming(day: int, month: int, today: date) -> Span | Unclear:
    tried = [_made(year, month, day) for year in (today.year, today.year + 1)]
    made = [one for one in tried if one]
    ahead = [one for one in made if one >= today]
    if not made:
        return Unclear(Reason.NO_SUCH_DAY)
    if not ahead or (ahead[0] - today).days > NEAR_DAYS:
        return Unclear(Reason.PAST)
    return one_day(ahead[0], Sort.DATE)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
