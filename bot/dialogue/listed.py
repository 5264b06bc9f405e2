"""What is said beside an open list of free times: the hour of one of its lines, or that none of them will do."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.dialogue import booking
from bot.dialogue.binding import FRESH, first_attempt_of
from bot.dialogue.questions import Question, Value
from bot.dialogue.reading.understand import Meaning
from bot.dialogue.reading.when import When
from bot.dialogue.reply import Reply
from bot.dialogue.turn import Turn
from bot.dialogue.wish import Wish
from scheduler.calendar import local

TAKING = frozenset({"book", "move"})
MORE = "0"


def open_list(turn: Turn) -> Question | None:
    """The list of times that was asked for just before, if nothing unasked has come after it."""
    last = turn.talk.asked[0] if turn.talk.asked else None
    if last is None or not last.waits(turn.tx.now) or last.posted_at <= turn.tx.now - FRESH:
        return None
    if any(first_attempt_of(one) > first_attempt_of(last) for one in turn.talk.unasked):
        return None
    return last if last.is_list and _times(last) else None


def at_hour(turn: Turn, question: Question, when: When) -> Reply | None:
    """The one line of the list at that hour, asked about; None if there is none, or several."""
    meant = [value for value in _times(question) if _is_at(turn, value, when)]
    if when.at is None or len(meant) != 1:
        return None
    return _just(turn, meant[0])


def of_line(turn: Turn, question: Question, line: int) -> Reply | None:
    """That line of the list, asked about; 0 is the last."""
    times = _times(question)
    return _just(turn, times[line - 1]) if line <= len(times) else None


def others(turn: Turn, question: Question, meaning: Meaning) -> Reply:
    """None of them: the days that were named, else how the list goes on, on a later day if another day is wanted."""
    last = _times(question)[-1]
    wish = Wish.of(last).any_time()
    if meaning.when:
        return booking.offer(turn, wish.when(meaning.when))
    if not meaning.other_day and (more := question.value(MORE)):
        return booking.show_more(turn, more)
    return booking.offer(turn, replace(wish, first_day=_moment(turn, last).date() + timedelta(days=1)))


def _just(turn: Turn, value: Value) -> Reply:
    at = _moment(turn, value)
    return booking.offer(turn, replace(Wish.of(value).any_time().on(at.date()), at=at.time()))


def _times(question: Question) -> list[Value]:
    return [
        one["value"] for one in question.options if one["value"]["do"] in TAKING and one["mark"].isdigit()
    ]


def _is_at(turn: Turn, value: Value, when: When) -> bool:
    at = _moment(turn, value)
    last = when.last_day or when.first_day
    return at.time() == when.at and (
        when.first_day is None or when.first_day <= at.date() <= (last or at.date())
    )


def _moment(turn: Turn, value: Value) -> datetime:
    return local(datetime.fromisoformat(value["starts_at"]), turn.centre.zone)
