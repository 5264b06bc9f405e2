"""Decides whether a number is a day or an hour by what stands around it: "9.10", "czwartek 15", "jutro 10"."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from functools import partial

from bot.dialogue.reading.board import Board
from bot.dialogue.reading.date_rules import dotted_date, full_date
from bot.dialogue.reading.day_rules import Tokens, named_days, number_at, text_at
from bot.dialogue.reading.days import Days, Found, Reason, Sort, Span, Unclear, Weekday, one_day
from bot.dialogue.reading.hour_words import LEADS, ONLY_HOURS, Lead
from bot.dialogue.reading.hours import Clock, Hours, Said

LATEST_HOUR = 20
WEEKS_WITH_NUMBER = 3  # "czwartek 22" is the 22nd if that is one of the next three Thursdays


def take_days(board: Board, today: date) -> list[Found[Days]]:
    """Every day of the message, in order."""
    plain = board.take(partial(_plain_day, today=today))
    dotted = board.take(partial(_dotted_day, today=today, beside=[found.value for found in plain]))
    return sorted([*plain, *dotted], key=lambda found: found.start)


def hour_beside_part(board: Board) -> list[Said]:
    """The lone number of "9 rano"."""
    places = [place for place in board.left() if board.tokens[place].is_number]
    number = number_at(board.tokens, places[0]) if len(places) == 1 else None
    if number is None or _goes_on(board.tokens, places[0]):
        return []
    board.clear(places)
    return [Said(Lead.AT, Clock(number))]


def bare_number(
    board: Board, days: list[Found[Days]], today: date
) -> tuple[list[Found[Days]], Hours | Unclear]:
    """The days and the hour, where a lone number beside a day is either: "jutro 10", "czwartek 22"."""
    places = [place for place in board.left() if board.tokens[place].is_number]
    if not places:
        return days, Hours()
    number = number_at(board.tokens, places[0])
    if number is None or len(places) > 1 or _goes_on(board.tokens, places[0]):
        return days, Unclear(Reason.WHICH_HOUR)
    board.clear(places)
    named = _day_of_number(days, number, today)
    is_hour = 7 <= number <= LATEST_HOUR
    if named and not is_hour:
        return [Found(places[0], places[0] + 1, named)], Hours()
    if named or not is_hour or _several_days(days):
        return days, Unclear(Reason.DAY_OR_HOUR)
    return days, Hours(at=time(number))


def numbered(board: Board, days: list[Found[Days]], today: date) -> list[Found[Days]]:
    """The days, a weekday with its number as one: "środa 14 o 10"."""
    place = days[0].end if len(days) == 1 and isinstance(days[0].value, Weekday) else len(board.tokens)
    number = number_at(board.tokens, place)
    named = _day_of_number(days, number, today) if number and not _goes_on(board.tokens, place) else None
    if named is None:
        return days
    board.clear([place])
    return [Found(days[0].start, place + 1, named)]


def _plain_day(tokens: Tokens, place: int, today: date) -> Found[Days] | None:
    return full_date(tokens, place, today) or named_days(tokens, place, today)


def _dotted_day(tokens: Tokens, place: int, today: date, beside: Sequence[Days]) -> Found[Days] | None:
    """ "9.10" is a day, an hour, or asked back; 9:10 is one only if the day has been said otherwise."""
    found = dotted_date(tokens, place, today)
    if found is None or found.end > place + 3:
        return found
    may_be_hour = len(tokens[place + 2].text) == 2 and int(tokens[place].text) < 24
    if not may_be_hour:
        return found
    before = text_at(tokens, place - 1 - (text_at(tokens, place - 1) == "."))
    if before in ONLY_HOURS or any(isinstance(day, Span) for day in beside):
        return None
    if int(tokens[place + 2].text) % 5 == 0 and _in_doubt(found.value, before, beside):
        return Found(place, found.end, Unclear(Reason.DAY_OR_HOUR))
    return found


def _in_doubt(value: Days, before: str, beside: Sequence[Days]) -> bool:
    weekdays = {day.number for day in beside if isinstance(day, Weekday)}
    if weekdays:
        return not (isinstance(value, Span) and weekdays == {value.first.isoweekday()})
    return LEADS.get(before, Lead.AT) is not Lead.AT


def _goes_on(tokens: Tokens, place: int) -> bool:
    """Whether something clings to the number that is neither a mark's end nor a space ("1O")."""
    return place + 1 < len(tokens) and tokens[place + 1].glued and tokens[place + 1].is_word


def _day_of_number(days: Sequence[Found[Days]], number: int, today: date) -> Span | None:
    """The day of that number, if it is the day that was said."""
    if len(days) != 1:
        return None
    day = days[0].value
    if isinstance(day, Span):
        return day if day.sort is Sort.DAY and day.first.day == number else None
    if isinstance(day, Unclear):
        return None
    ahead = (today + timedelta(days=distance) for distance in range(7 * WEEKS_WITH_NUMBER))
    fitting = (one for one in ahead if one.isoweekday() == day.number and one.day == number)
    return next((one_day(one, Sort.DATE) for one in fitting), None)


def _several_days(days: Sequence[Found[Days]]) -> bool:
    return len(days) == 1 and isinstance(days[0].value, Span) and days[0].value.first != days[0].value.last
