"""What can be had of a wish: everything, what fits, the nearest instead, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.dialogue import lists
from bot.dialogue.reply import Reply
from bot.dialogue.turn import Turn
from bot.dialogue.wish import Wish
from scheduler.calendar import is_holiday
from scheduler.free_times import free_days, free_times, last_day, nearest
from scheduler.people import Person
from scheduler.visits import FreeTime, Visit
from storage import closures

SMS_LINES = 3  # of a list in an SMS: two parts with the longest days
BUTTONS = 8  # hours of one day as buttons
DAYS = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish of somebody. `own` is the visit that is to move: its own time is no other time."""

    turn: Turn
    wish: Wish
    person: Person
    own: Visit | None = None


def offer(asked: Asked) -> Reply:
    """Days as buttons or a list where any time will do; else what fits: the one time is asked about, several are listed."""
    turn, wish = asked.turn, asked.wish
    if wish.is_open:
        return days(asked) if turn.incoming.buttons else _first(asked)
    if wish.first_day and wish.first_day > last_day(turn.centre, turn.tx.now):
        return turn.say("too_far")
    found = _found(asked, limit=_limit(asked))
    if len(found) == 1:
        return lists.just_one(turn, wish, found[0])
    return lists.times(turn, wish, found) if found else _instead(asked)


def more(asked: Asked, after: datetime) -> Reply:
    """How the list goes on after that time: as it was wished for, then with whatever comes."""
    for wished in (asked, replace(asked, wish=asked.wish.any_time())):
        if found := _found(wished, limit=_limit(wished), after=after):
            return lists.times(wished.turn, wished.wish, found)
    return asked.turn.say("no_more_times")


def days(asked: Asked, after: date | None = None) -> Reply:
    """The days with free times, from the day after `after` on."""
    turn = asked.turn
    search = asked.wish.search(asked.person)
    if after is not None:
        search = replace(search, first_day=after + timedelta(days=1))
    found = free_days(turn.tx, turn.centre, search, limit=DAYS)
    if found:
        return lists.days(turn, asked.wish, found, further=len(found) == DAYS)
    return turn.say("no_more_times") if after else lists.none(turn, asked.wish)


def hours(asked: Asked) -> Reply:
    """The free hours of one day; a list even if it is only one."""
    found = _found(asked, limit=_limit(asked))
    return lists.times(asked.turn, asked.wish, found) if found else _instead(asked)


def others(asked: Asked, but: datetime) -> Reply:
    """The times nearest to one that is not wanted after all."""
    near = _near(asked, but, limit=SMS_LINES + 1)
    found = [one for one in near if one.starts_at != but][:SMS_LINES]
    return lists.times(asked.turn, asked.wish, found) if found else lists.none(asked.turn, asked.wish)


def _first(asked: Asked) -> Reply:
    found = _found(asked, limit=SMS_LINES)
    return lists.times(asked.turn, asked.wish, found) if found else lists.none(asked.turn, asked.wish)


def _instead(asked: Asked) -> Reply:
    """Nothing fits: why, and the nearest times to the hour that was named, else from that day on, else at all."""
    turn, wish = asked.turn, asked.wish
    moment = wish.moment(turn.centre.zone)
    later = replace(asked, wish=replace(wish.any_time(), first_day=wish.first_day))
    found = (
        (_near(asked, moment, limit=SMS_LINES) if moment else ())
        or _found(later, limit=SMS_LINES)
        or _found(replace(asked, wish=wish.any_time()), limit=SMS_LINES)
    )
    if not found:
        return lists.none(turn, wish)
    if wish.day and (is_holiday(wish.day) or closures.closures_within(turn.tx, wish.day, wish.day)):
        return lists.instead(turn, "closed_day", wish, found, asked_day=wish.day)
    if moment:
        return lists.instead(turn, "times_none_at", wish, found, asked_at=moment)
    if wish.day and wish.is_any_hour:
        return lists.instead(turn, "times_none_then", wish, found, asked_day=wish.day)
    return lists.instead(turn, "times_none_so", wish, found)


def _near(asked: Asked, moment: datetime, *, limit: int) -> Sequence[FreeTime]:
    search = asked.wish.search(asked.person)
    found = nearest(asked.turn.tx, asked.turn.centre, search, moment, limit + (asked.own is not None))
    return _but_own(asked, found)[:limit]


def _found(asked: Asked, *, limit: int, after: datetime | None = None) -> Sequence[FreeTime]:
    search = asked.wish.search(asked.person)
    found = free_times(asked.turn.tx, asked.turn.centre, search, limit + (asked.own is not None), after)
    return _but_own(asked, found)[:limit]


def _but_own(asked: Asked, found: Sequence[FreeTime]) -> list[FreeTime]:
    return [one for one in found if asked.own is None or one.starts_at != asked.own.starts_at]


def _limit(asked: Asked) -> int:
    return BUTTONS if asked.turn.incoming.buttons and asked.wish.day else SMS_LINES
