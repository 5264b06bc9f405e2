"""Decides which tokens name days: "czwartek", "za tydzień", "w listopadzie", "наступного тижня", "this weekend"."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.dialogue.reading import day_words as say
from bot.dialogue.reading.day_words import Which
from bot.dialogue.reading.days import (
    Days,
    Found,
    Reason,
    Sort,
    Span,
    Unclear,
    Weekday,
    dated,
    month_of,
    one_day,
    week_of,
)
from bot.dialogue.reading.letters import Token
from bot.dialogue.reading.phrases import Phrases

Tokens = Sequence[Token]
_TWO_WORDS_AHEAD = Phrases(say.TWO_WORDS_AHEAD)


def text_at(tokens: Tokens, place: int) -> str:
    """The token's text; empty outside of the message."""
    return tokens[place].text if 0 <= place < len(tokens) else ""


def number_at(tokens: Tokens, place: int, digits: int = 2) -> int | None:
    """The number there, if it has at most so many digits."""
    text = text_at(tokens, place)
    return int(text) if 0 < len(text) <= digits and text.isascii() and text.isdigit() else None


def is_glued(tokens: Tokens, place: int, text: str) -> bool:
    """Whether that text stands there with nothing before it."""
    return text_at(tokens, place) == text and tokens[place].glued


def named_days(tokens: Tokens, place: int, today: date) -> Found[Days] | None:
    """What the words that begin here say about days, unless they are a date in numbers."""
    for rule in (_ahead, _hence, _week, _weekend, _whole_month, _month_alone):
        if found := rule(tokens, place, today):
            return found
    return _weekday(tokens, place)


def _ahead(tokens: Tokens, place: int, today: date) -> Found[Days] | None:
    text = text_at(tokens, place)
    if text in say.AHEAD:
        return Found(place, place + 1, one_day(today + timedelta(days=say.AHEAD[text])))
    if text in say.BEHIND:
        return Found(place, place + 1, Unclear(Reason.PAST))
    found = _TWO_WORDS_AHEAD.at(tokens, place)
    return Found(place, found.end, one_day(today + timedelta(days=found.value))) if found else None


def _hence(tokens: Tokens, place: int, today: date) -> Found[Days] | None:
    """ "za 3 dni", "через тиждень", "in two weeks"."""
    if text_at(tokens, place) not in say.AFTER_WHILE:
        return None
    amount, end = _amount(tokens, place + 1)
    unit = text_at(tokens, end)
    if unit in say.DAYS_UNIT:
        return Found(place, end + 1, one_day(today + timedelta(days=amount)))
    if unit in say.WEEKS_UNIT:
        return Found(place, end + 1, one_day(today + timedelta(weeks=amount), Sort.HENCE))
    return Found(place, end + 1, Unclear(Reason.WHICH_DAY)) if unit in say.MONTH else None


def _amount(tokens: Tokens, place: int) -> tuple[int, int]:
    number = number_at(tokens, place)
    if number is None:
        number = say.AMOUNTS.get(text_at(tokens, place))
    return (1, place) if number is None else (number, place + 1)


def _which(tokens: Tokens, place: int) -> tuple[Which, int]:
    text = text_at(tokens, place)
    which = next((which for which, texts in say.WHICH.items() if text in texts), None)
    return (which, place + 1) if which else (Which.BARE, place)


def _week(tokens: Tokens, place: int, today: date) -> Found[Days] | None:
    which, end = _which(tokens, place)
    if text_at(tokens, end) not in say.WEEK:
        return None
    end += 1
    if which is Which.BARE:
        which, end = _which(tokens, end)
    monday, sunday = week_of(today)
    if which is Which.NEXT:
        return Found(place, end, Span(monday + timedelta(weeks=1), sunday + timedelta(weeks=1), Sort.WEEK))
    if which is Which.THIS and today < sunday:
        return Found(place, end, Span(today, sunday, Sort.WEEK))
    return None if which is Which.BARE else Found(place, end, Unclear(Reason.WHICH_DAY))


def _weekend(tokens: Tokens, place: int, today: date) -> Found[Days] | None:
    which, end = _which(tokens, place)
    if text_at(tokens, end) not in say.WEEKEND:
        return None
    sunday = week_of(today)[1]
    if which is Which.NEXT or today == sunday:
        return Found(place, end + 1, Unclear(Reason.WHICH_DAY))
    return Found(place, end + 1, Span(max(today, sunday - timedelta(days=1)), sunday, Sort.WEEK))


def _whole_month(tokens: Tokens, place: int, today: date) -> Found[Days] | None:
    which, end = _which(tokens, place)
    if which is Which.BARE or text_at(tokens, end) not in say.MONTH:
        return None
    first, last = month_of(today)
    if which is Which.NEXT:
        first, last = month_of(last + timedelta(days=1))
    return Found(place, end + 1, Span(max(first, today), last, Sort.MONTH))


def _month_alone(tokens: Tokens, place: int, today: date) -> Found[Days] | None:
    """ "w listopadzie": the word before makes it a month ("may" and "maja" are also verbs)."""
    month = say.MONTHS.get(text_at(tokens, place + 1))
    if (
        month is None
        or text_at(tokens, place) not in say.IN_MONTH
        or number_at(tokens, place + 2) is not None
    ):
        return None
    if month == today.month:
        return Found(place, place + 2, Span(today, month_of(today)[1], Sort.MONTH))
    first = dated(1, month, None, today)
    if isinstance(first, Unclear):
        return Found(place, place + 2, first)
    return Found(place, place + 2, Span(*month_of(first.first), Sort.MONTH))


def _weekday(tokens: Tokens, place: int) -> Found[Days] | None:
    which, end = _which(tokens, place)
    number = say.WEEKDAYS.get(text_at(tokens, end))
    return Found(place, end + 1, Weekday(number, which)) if number else None
