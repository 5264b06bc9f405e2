"""How somebody will come to their next visit: late, or not alone. The visit stands."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from bot.dialogue import told, unasked
from bot.dialogue.questions import Value
from bot.dialogue.reading.understand import Meaning
from bot.dialogue.reply import Reply
from bot.dialogue.shared import veiled, who
from bot.dialogue.turn import Turn
from bot.dialogue.visits import by_start
from scheduler import attendance, ways_of_coming
from scheduler.attendance import Meeting, Seat, coming_seats
from scheduler.booked import coming
from scheduler.calendar import local
from scheduler.visits import Visit

T = TypeVar("T", Visit, Meeting)


def said(do: str, meaning: Meaning) -> Value:
    """What was said, as the answer to "who?" keeps it."""
    days = (meaning.when.first_day, meaning.when.last_day) if meaning.when else (None, None)
    first, last = (day.isoformat() if day else None for day in days)
    return {"do": do, "minutes": meaning.minutes, "first_day": first, "last_day": last}


def late(turn: Turn, value: Value) -> Reply:
    """Staff see it; whoever comes after the end is offered another time."""
    theirs = by_start(coming(turn.tx, turn.person_ids), coming_seats(turn.tx, turn.person_ids))
    said = _of_next(turn, value, theirs, lambda one: _late(turn, one, value["minutes"]))
    return said or turn.say("mine_none")


def accompanied(turn: Turn, value: Value) -> Reply:
    """The rule of one client at a station, and staff are to agree who comes in."""
    theirs = coming(turn.tx, turn.person_ids)
    said = _of_next(turn, value, theirs, lambda visit: _accompanied(turn, visit))
    return said or turn.say("accompanied_rule")


def _late(turn: Turn, visit: Meeting, minutes: int | None) -> Reply:
    if isinstance(visit, Seat):
        return _late_to_session(turn, visit, minutes)
    ways_of_coming.late(turn.tx, visit_id=visit.id, minutes=minutes)
    if minutes is None:
        return told.about(turn, "late_noted_open", visit)
    if visit.starts_at + timedelta(minutes=minutes) < visit.ends_at:
        return told.about(turn, "late_noted", visit, count=minutes)
    if visit.starts_at <= turn.tx.now:
        return told.about(turn, "late_too_long", visit)
    return unasked.change(turn, visit, None)


def _late_to_session(turn: Turn, seat: Seat, minutes: int | None) -> Reply:
    whose, which = seat.participant_id, seat.session.id
    attendance.late(turn.tx, session_id=which, person_id=whose, minutes=minutes)
    if minutes is None:
        return told.about(turn, "seat_late_open", seat)
    return told.about(turn, "seat_late", seat, count=minutes)


def _accompanied(turn: Turn, visit: Visit) -> Reply:
    ways_of_coming.accompanied(turn.tx, visit_id=visit.id)
    return told.about(turn, "accompanied_noted", visit)


def _of_next(turn: Turn, value: Value, theirs: Sequence[T], do: Callable[[T], Reply]) -> Reply | None:
    """Do it for the next visit; ask who where several of a shared phone come on that day. None without any visit."""
    if (asked := veiled(turn, value)) is not None:
        return asked
    meant = _next(turn, value, theirs)
    if len({visit.participant_id for visit in meant}) > 1:
        return who(turn, value)
    return do(meant[0]) if meant else None


def _next(turn: Turn, value: Value, theirs: Sequence[T]) -> list[T]:
    """The visits of the nearest day that has one, of the days that were named if any of those has."""
    named = [visit for visit in theirs if _is_within(_day(turn, visit), value)]
    nearest = named or theirs
    return [visit for visit in nearest if _day(turn, visit) == _day(turn, nearest[0])]


def _is_within(day: date, value: Value) -> bool:
    first = value["first_day"]
    return first is not None and first <= day.isoformat() <= (value["last_day"] or day.isoformat())


def _day(turn: Turn, visit: Meeting) -> date:
    return local(visit.starts_at, turn.centre.zone).date()
