"""When a message is held back: at night, on Sundays and on holidays, by its purpose; earlier then, never later than helps."""

from datetime import UTC, date, datetime, time, timedelta

from config.centre import Centre
from scheduler.calendar import is_holiday, local
from scheduler.purposes import RULES, Purpose

# What is moved to the end of a day goes this long before the quiet begins: a sender's queue takes its time.
ROOM = timedelta(minutes=30)
SUNDAY = 6


def is_quiet(at: datetime, centre: Centre) -> bool:
    """Whether messages that nobody asked for are held back at that instant."""
    there = local(at, centre.zone)
    return _is_silent(there.date()) or not _is_daytime(there.time(), centre)


def latest_allowed(at: datetime, centre: Centre, purpose: Purpose) -> datetime:
    """The latest instant not after `at` at which a message of that purpose may go out."""
    if not RULES[purpose].held or not is_quiet(at, centre):
        return at
    there = local(at, centre.zone)
    day = there.date()
    if _is_silent(day) or there.time() < centre.rules.quiet_until:
        day = _day_before(day)
    while _is_silent(day):
        day = _day_before(day)
    return datetime.combine(day, centre.rules.quiet_from, centre.zone).astimezone(UTC) - ROOM


def earliest_allowed(at: datetime, centre: Centre, purpose: Purpose) -> datetime:
    """The earliest instant not before `at` at which a message of that purpose may go out."""
    if not RULES[purpose].held or not is_quiet(at, centre):
        return at
    there = local(at, centre.zone)
    day = there.date()
    if there.time() >= centre.rules.quiet_until:
        day = _day_after(day)
    while _is_silent(day):
        day = _day_after(day)
    return datetime.combine(day, centre.rules.quiet_until, centre.zone).astimezone(UTC)


def end_of_night(at: datetime, centre: Centre) -> datetime:
    """When the night ends that it is at that instant, be it a Sunday; the instant itself by day."""
    there = local(at, centre.zone)
    if _is_daytime(there.time(), centre):
        return at
    day = there.date() if there.time() < centre.rules.quiet_until else _day_after(there.date())
    return datetime.combine(day, centre.rules.quiet_until, centre.zone).astimezone(UTC)


def _is_silent(day: date) -> bool:
    return day.weekday() == SUNDAY or is_holiday(day)


def _is_daytime(clock: time, centre: Centre) -> bool:
    return centre.rules.quiet_until <= clock < centre.rules.quiet_from


def _day_before(day: date) -> date:
    return day - timedelta(days=1)


def _day_after(day: date) -> date:
    return day + timedelta(days=1)
