"""/dzis and /jutro: who comes, by room and time. Whoever may not see services beside names sees none, and no group."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from bot.dialogue.questions import Value
from bot.dialogue.reply import Reply
from bot.dialogue.staff_said import line, listing, may, say
from bot.dialogue.turn import Turn
from scheduler.calendar import day_span
from scheduler.rights import Right
from scheduler.sessions import Session, members_of, sessions_between
from scheduler.today import Coming, today, words


def today_(turn: Turn, _said: str) -> Reply:
    """The day as it is now."""
    return _page(turn, "dzis", 0)


def tomorrow(turn: Turn, _said: str) -> Reply:
    """The day after."""
    return _page(turn, "jutro", 0)


def further(turn: Turn, value: Value) -> Reply:
    """Another page, as that day is now."""
    return _page(turn, value["command"], value["page"])


def _page(turn: Turn, command: str, page: int) -> Reply:
    day = turn.today + timedelta(days=command == "jutro")
    lines = _lines(turn, day)
    if not lines:
        return say(turn, "desk_day_none", on_day=day.isoformat())
    return listing(turn, command, "desk_day", lines, page, on_day=day.isoformat())


def _lines(turn: Turn, day: date) -> list[Value]:
    """A heading for each room, then its visits and groups by time; what has no room comes last."""
    with_details = may(turn, Right.DETAILS)
    rows = [
        (_room(one.room), one.starts_at, _visit(turn, one, with_details))
        for one in today(turn.tx, turn.centre, day)
    ]
    span = day_span(day, day, turn.centre.zone)
    rows += [
        (_room(turn.centre.room(one.room).number), one.starts_at, _session(turn, one, with_details))
        for one in sessions_between(turn.tx, span)
        if one.is_planned
    ]
    rows.sort(key=lambda row: row[:2])
    found: list[Value] = []
    for (_, room), theirs in groupby(rows, key=lambda row: row[0]):
        found.append(line("desk_room", room=room) if room else line("desk_no_room"))
        found += [one for _, _, one in theirs]
    return found


def _room(number: str | None) -> tuple[bool, str]:
    return number is None, number or ""


def _visit(turn: Turn, one: Coming, with_details: bool) -> dict[str, Any]:
    said = words(turn.club.composer, turn.centre, one, turn.language)
    notes = [said.service] * with_details + [said.status, said.self_check, *said.remarks]
    if one.room is None:
        notes.insert(0, said.place)
    at = one.starts_at.isoformat()
    return line("desk_visit", starts_time=at, person=one.person, notes=", ".join(filter(None, notes)))


def _session(turn: Turn, one: Session, with_details: bool) -> dict[str, Any]:
    count = sum(member.is_expected for member in members_of(turn.tx, one))
    at, ends = one.starts_at.isoformat(), one.ends_at.isoformat()
    key = "desk_session" if with_details else "desk_session_unnamed"
    return line(
        key, starts_time=at, ends_time=ends, count=count, **({"group": one.group} if with_details else {})
    )
