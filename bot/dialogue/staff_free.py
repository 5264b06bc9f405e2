"""/wolne: the next free times of every service."""

from itertools import groupby, islice

from bot.dialogue.questions import Value
from bot.dialogue.reply import Reply
from bot.dialogue.staff_said import line, listing
from bot.dialogue.turn import Turn
from scheduler.calendar import local
from scheduler.free_times import Search, free_times
from words.days import say_time

DAYS = 3  # of each service
READ = 40  # times of which those days are


def free(turn: Turn, _said: str) -> Reply:
    """The first page."""
    return listing(turn, "wolne", "desk_free", _lines(turn), 0)


def further(turn: Turn, value: Value) -> Reply:
    """Another page, as it is now."""
    return listing(turn, "wolne", "desk_free", _lines(turn), value["page"])


def _lines(turn: Turn) -> list[Value]:
    return [one for service in turn.centre.enabled_services for one in _of(turn, service.code)]


def _of(turn: Turn, service: str) -> list[Value]:
    """The service, then its days."""
    zone = turn.centre.zone
    starts = [local(one.starts_at, zone) for one in free_times(turn.tx, turn.centre, Search(service), READ)]
    days = groupby(starts, key=lambda at: at.date())
    lines = [
        line("desk_free_day", on_day=day.isoformat(), times=", ".join(map(say_time, theirs)))
        for day, theirs in islice(days, DAYS)
    ]
    return [line("desk_free_service", service=service), *(lines or [line("desk_free_none")])]
