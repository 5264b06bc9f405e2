"""When a group meets: a rule of the calendar standard (RFC 5545, RRULE), in local time, without the days on which the club is closed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import takewhile
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler.calendar import instant
from scheduler.errors import Refused

if TYPE_CHECKING:
    from dateutil.rrule import rrule, rruleset

# What a group may be asked to come by; a rule of hours or minutes is a slip of whoever wrote it.
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}


class BadSeries(Refused):
    """The rule can't be followed; says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Series:
    """One group's meetings.

    Attributes:
        rule: an RRULE without its name, such as "FREQ=WEEKLY;BYDAY=TU"; UNTIL is a local day.
        first_day: from when on it counts.
        starts: local time; of an hour that a clock change repeats, the first.
    """

    rule: str
    first_day: date
    starts: time
    minutes: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """One of a series: the n-th day of its rule, from 0, whether or not the club was open on those before."""

    number: int
    day: date
    starts_at: datetime


def check(series: Series) -> None:
    """See that the rule can be followed.

    Raises:
        BadSeries: it can't.
    """
    if series.minutes <= 0:
        raise BadSeries("a meeting lasts at least one minute")
    _rule(series)


def meetings(
    series: Series, span: tuple[date, date], zone: ZoneInfo, is_open: Callable[[date], bool]
) -> Iterator[Meeting]:
    """Each meeting on those days; the rule's days on which the club is closed, or the time is skipped, have none.

    Raises:
        BadSeries.
    """
    first, last = span
    until = datetime.combine(last, time.max)
    for number, at in enumerate(takewhile(lambda at: at <= until, _rule(series))):
        day = at.date()
        starts_at = instant(day, series.starts, zone) if day >= first and is_open(day) else None
        if starts_at is not None:
            yield Meeting(number, day, starts_at)


def _rule(series: Series) -> "rruleset | rrule":
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - only where groups meet

    given = _parts(series.rule)
    unknown = given.keys() - PARTS
    if unknown:
        raise BadSeries(f"the rule has '{min(unknown)}', which groups do not use")
    if given.get("FREQ") not in FREQUENCIES:
        raise BadSeries(f"the rule needs FREQ, one of {', '.join(FREQUENCIES)}")
    begins = datetime.combine(series.first_day, series.starts)
    try:
        return rrulestr(series.rule, dtstart=begins)
    except (ValueError, TypeError) as error:
        raise BadSeries(f"the rule can't be read: {error}") from error


def _parts(rule: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in rule.upper().split(";") if part]
    return {name: value for name, _, value in pairs}
