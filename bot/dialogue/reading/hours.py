"""Decides which time of day an hour means: "o 3" in a club that is closed at night is 15:00, and "o 6" is asked back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import time

from bot.dialogue.reading.days import Reason, Unclear
from bot.dialogue.reading.hour_words import PART_HOURS, Lead, Part


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour as it was said; `exact` if it can't be twelve hours later, `digits` if its minutes were written down."""

    hour: int
    minute: int = 0
    exact: bool = False
    digits: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Hours as said, before the part of the day tells morning from evening."""

    lead: Lead
    clock: Clock
    until: Clock | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """A time or a range of times; without any, the whole day."""

    at: time | None = None
    start: time | None = None
    until: time | None = None


def shifted(clock: Clock, minutes: int) -> Clock:
    """The clock so many minutes later, as "half past" and "wpół do" say it."""
    total = clock.hour * 60 + clock.minute + minutes
    return Clock((total // 60) or 12, total % 60, clock.exact)


def hours_meant(said: Sequence[Said], parts: Collection[Part]) -> Hours | Unclear:
    """What all that was said about hours comes to."""
    leads = {one.lead for one in said}
    if len(parts) > 1 or len(said) > 2 or (len(said) == 2 and leads != {Lead.SINCE, Lead.UNTIL}):
        return Unclear(Reason.WHICH_HOUR)
    part = next(iter(parts), None)
    if part is Part.NIGHT:
        return Unclear(Reason.NIGHT)
    start, until = PART_HOURS[part] if part else (None, None)
    for one in said:
        hours = _hours(one, part)
        if isinstance(hours, Unclear) or hours.at:
            return hours
        start, until = hours.start or start, hours.until or until
    if start and until and start >= until:
        return Unclear(Reason.HOURS_DISAGREE)
    return Hours(None, start, until)


def _hours(said: Said, part: Part | None) -> Hours | Unclear:
    if said.until:
        return _range(said.clock, said.until, part)
    moment = settled(said.clock, part)
    if isinstance(moment, Unclear):
        return moment
    match said.lead:
        case Lead.SINCE:
            return Hours(start=moment)
        case Lead.UNTIL:
            return Hours(until=moment)
        case Lead.ABOUT:
            return _around(moment)
    return Hours(at=moment)


def _range(first: Clock, last: Clock, part: Part | None) -> Hours | Unclear:
    """Both ends; "7-9pm" and "od 4 do 6" lend each other what was said once."""
    until = settled(last, part)
    if last.exact and last.hour > 12 and first.hour + 12 < last.hour:
        first = replace(first, hour=first.hour + 12)
    start = settled(first, part)
    if isinstance(start, time) and start.hour >= 12 and last == Clock(6):
        until = time(18)
    if isinstance(start, Unclear):
        return start
    if isinstance(until, Unclear):
        return until
    return Hours(start=start, until=until) if start < until else Unclear(Reason.HOURS_DISAGREE)


def _around(moment: time) -> Hours:
    """What "about ten" means: half an hour on both sides."""
    minutes = moment.hour * 60 + moment.minute
    before, after = max(minutes - 30, 0), min(minutes + 30, 23 * 60 + 59)
    return Hours(start=time(before // 60, before % 60), until=time(after // 60, after % 60))


def settled(clock: Clock, part: Part | None) -> time | Unclear:
    """The time of day that is meant, given the part of the day spoken of."""
    if clock.hour > 23 or clock.minute > 59:
        return Unclear(Reason.NO_SUCH_HOUR)
    if part is Part.NIGHT:
        return Unclear(Reason.NIGHT)
    if part is not None:
        return _within(clock, part)
    if clock.exact or clock.hour > 6:
        return time(clock.hour, clock.minute)
    if clock.hour in {0, 6} or clock.digits:
        return Unclear(Reason.MORNING_OR_EVENING)
    return time(clock.hour + 12, clock.minute)


def _within(clock: Clock, part: Part) -> time | Unclear:
    """ "3" in the afternoon is 15:00; "1" in the morning stays 1:00."""
    start, until = PART_HOURS[part]
    for hour in {clock.hour, clock.hour if clock.exact else clock.hour + 12}:
        moment = time(hour % 24, clock.minute)
        if hour < 24 and (start is None or start <= moment) and (until is None or moment <= until):
            return moment
    return Unclear(Reason.HOURS_DISAGREE)
