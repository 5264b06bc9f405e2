"""Decides which dates were meant by all the days of one message: joined, a range, either of two, or a doubt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.dialogue.reading.day_words import Which
from bot.dialogue.reading.days import Days, Reason, Sort, Span, Unclear, Weekday, one_day, week_of

OPEN_DAYS = 92  # "from Wednesday on" reaches further than a club books


class Link(StrEnum):
    """What stands between two days."""

    JOIN = "join"
    RANGE = "range"
    EITHER = "either"


class Before(StrEnum):
    """What stands before a day."""

    NOTHING = "nothing"
    SINCE = "since"
    UNTIL = "until"
    SOONER = "sooner"
    LATER = "later"
    BETWEEN = "between"
    HOUR = "hour"


@dataclass(frozen=True, slots=True)
class Today:
    """The day it is; `over` if the time asked for is already past today."""

    date: date
    over: bool


def dates_meant(days: Sequence[Days], links: Sequence[Link], before: Before, today: Today) -> Span | Unclear:
    """One span of dates, or why it can't be told.

    Args:
        days: at least one, in the order said.
        links: what stands between each two of them.
        before: what stands before the first.
        today: from which they are counted.
    """
    if before is Before.HOUR and isinstance(days[0], Weekday):
        return Unclear(Reason.DAY_OR_HOUR)  # "o piatek": is it Friday, or five?
    if set(links) <= {Link.JOIN}:
        return _bounded(_all_of(days, today), before, today.date)
    if len(days) == 3 and Link.JOIN in links:
        days, links = _spread(days, links, today)
    if len(days) > 2:
        return Unclear(Reason.WHICH_DAY)
    return _range(days[0], days[1], today) if links[0] is Link.RANGE else _either(days[0], days[1], today)


def _spread(
    days: Sequence[Days], links: Sequence[Link], today: Today
) -> tuple[Sequence[Days], Sequence[Link]]:
    """ "w przyszłym tygodniu we wtorek lub środę" is Tuesday of that week or Wednesday of that week."""
    whole, *others = days if links[0] is Link.JOIN else reversed(days)
    if isinstance(whole, Weekday):
        return days, links
    pair = [_all_of([whole, other], today) for other in others]
    return (pair, links[1:]) if links[0] is Link.JOIN else (pair[::-1], links[:1])


def _all_of(days: Sequence[Days], today: Today) -> Span | Unclear:
    """All say the same day or narrow it: "w czwartek w przyszłym tygodniu"."""
    weekdays = [day for day in days if isinstance(day, Weekday)]
    spans = [_span(day, today) for day in days if not isinstance(day, Weekday)]
    whole = spans[0] if spans else None
    for span in spans[1:]:
        whole = _inner(whole, span)
    if not weekdays:
        return whole or Unclear(Reason.WHICH_DAY)
    if len({day.number for day in weekdays}) > 1:
        return Unclear(Reason.WHICH_DAY)
    if whole is None or isinstance(whole, Unclear):
        return whole or _span(weekdays[0], today)
    return _within(weekdays[0], whole, today.date)


def _span(day: Days, today: Today) -> Span | Unclear:
    return _coming(day, today) if isinstance(day, Weekday) else day


def _coming(weekday: Weekday, today: Today) -> Span | Unclear:
    """The next such day after today. Said on that weekday it may be today; "next" may be a week later."""
    ahead = (weekday.number - today.date.isoweekday()) % 7
    nearest = today.date + timedelta(days=ahead or 7)
    if weekday.which is Which.NEXT:
        next_week = week_of(today.date)[0] + timedelta(days=6 + weekday.number)
        return one_day(nearest) if nearest == next_week else Unclear(Reason.WHICH_DAY, (nearest, next_week))
    if ahead == 0 and not today.over:
        return Unclear(Reason.WHICH_DAY, (today.date, nearest))
    return one_day(nearest)


def _within(weekday: Weekday, span: Span, today: date) -> Span | Unclear:
    if span.sort is Sort.HENCE:
        return _weeks_hence(weekday, span, today)
    days = [span.first + timedelta(days=step) for step in range((span.last - span.first).days + 1)]
    fitting = tuple(day for day in days if day.isoweekday() == weekday.number)
    if len(fitting) == 1:
        return one_day(fitting[0], span.sort)
    return Unclear(Reason.WHICH_DAY, fitting) if fitting else Unclear(Reason.DAYS_DISAGREE)


def _weeks_hence(weekday: Weekday, hence: Span, today: date) -> Span | Unclear:
    """ "Za tydzień w czwartek" said on Friday: six days ahead, or thirteen?"""
    ahead = (weekday.number - today.isoweekday()) % 7
    in_its_week = week_of(hence.first)[0] + timedelta(days=weekday.number - 1)
    counted = hence.first + timedelta(days=ahead)
    return one_day(counted) if counted == in_its_week else Unclear(Reason.WHICH_DAY, (in_its_week, counted))


def _inner(one: Span | Unclear | None, other: Span | Unclear) -> Span | Unclear:
    if isinstance(one, Unclear) or one is None:
        return one or other
    if isinstance(other, Unclear):
        return other
    first, last = max(one.first, other.first), min(one.last, other.last)
    nested = (first, last) in {(one.first, one.last), (other.first, other.last)}
    return Span(first, last, Sort.DATES) if nested else Unclear(Reason.DAYS_DISAGREE)


def _bounded(span: Span | Unclear, before: Before, today: date) -> Span | Unclear:
    """ "od środy", "do piątku", "przed piątkiem", "po 15 października"; "po niedzieli" is asked back."""
    if isinstance(span, Unclear) or before in {Before.NOTHING, Before.BETWEEN, Before.HOUR}:
        return span
    if before is Before.SINCE:
        return (
            Span(span.first, span.first + timedelta(days=OPEN_DAYS), Sort.DATES)
            if span.first == span.last
            else span
        )
    if span.first != span.last or (before is Before.LATER and span.sort is not Sort.DATE):
        return Unclear(Reason.WHICH_DAY)
    if before is Before.LATER:
        return Span(span.first + timedelta(days=1), span.first + timedelta(days=OPEN_DAYS), Sort.DATES)
    last = span.last - timedelta(days=before is Before.SOONER)
    return Span(today, last, Sort.DATES) if last >= today else Unclear(Reason.PAST)


def _range(one: Days, other: Days, today: Today) -> Span | Unclear:
    first = _span(one, today)
    if isinstance(first, Unclear):
        return first
    counted_from = Today(first.last, over=False)
    last = _span(other, counted_from)
    if isinstance(last, Unclear):
        return last
    return (
        Span(first.first, last.last, Sort.DATES) if last.last > first.last else Unclear(Reason.DAYS_DISAGREE)
    )


def _either(one: Days, other: Days, today: Today) -> Span | Unclear:
    """Two days on end are a span; of two others one must be chosen."""
    first, last = _span(one, today), _span(other, today)
    if isinstance(first, Unclear) or isinstance(last, Unclear):
        return first if isinstance(first, Unclear) else last
    if first.first > last.first:
        first, last = last, first
    if (last.first - first.last).days == 1:
        return Span(first.first, last.last, Sort.DATES)
    return Unclear(Reason.WHICH_DAY, (first.first, last.first))
