"""Groups in words: when they meet, where, and how many may be there at once."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from panel.asked import Asked
from scheduler.group_shifts import most_at_once
from scheduler.groups import KINDS, Group
from scheduler.staff import members
from scheduler.weekly import MOST_WEEKS, Weekly, weekly
from words.days import WEEKDAYS


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a group meets, as a form has it."""

    days: tuple[int, ...] = ()
    every: int = 1
    starts: str = ""
    ends: str = ""


def meets(asked: Asked, group: Group) -> str:
    """ "wtorek, 10:00–11:30, co 2 tygodnie"; empty for a group that does not meet yet."""
    if group.rule is None or group.starts is None or group.minutes is None:
        return ""
    hours = f"{_said(group.starts)}–{_said(ends(group.starts, group.minutes))}"
    rhythm = weekly(group.rule)
    if rhythm is None:
        return asked.say("groups_other_rhythm", hours=hours)
    names = WEEKDAYS[asked.words.language]
    days = ", ".join(names[one] for one in rhythm.days)
    if rhythm.every == 1:
        return asked.say("groups_weekly", days=days, hours=hours)
    return asked.say("groups_every", days=days, hours=hours, every=rhythm.every)


def rhythm_of(group: Group) -> Rhythm:
    """What stands in the form first."""
    found = weekly(group.rule) or Weekly(())
    if group.starts is None or group.minutes is None:
        return Rhythm(found.days, found.every)
    until = ends(group.starts, group.minutes)
    return Rhythm(found.days, found.every, f"{group.starts:%H:%M}", f"{until:%H:%M}")


def ends(starts: time, minutes: int) -> time:
    """The local time of day at which it is over."""
    return (datetime.combine(date.min, starts) + timedelta(minutes=minutes)).time()


def room(asked: Asked, code: str | None) -> str:
    """Such as "pokój 110"; one that the club has no more by its code."""
    if code is None:
        return ""
    number = asked.centre.room(code).number if asked.centre.has_room(code) else code
    return asked.say("today_room", room=number)


def choices(asked: Asked) -> dict[str, Any]:
    """What a group's forms offer: rooms, the largest first, with how many may be in each at once, who may lead, and the days of the week."""
    capacities = [(most_at_once(asked.tx, asked.centre, one.code), one) for one in asked.centre.rooms]
    rooms = [
        (
            one.code,
            asked.say("groups_room_most", room=one.number, most=most),
        )
        for most, one in sorted(capacities, key=lambda pair: -pair[0])
    ]
    return {
        "rooms": rooms,
        "leaders": [(one.person_id, one.full_name) for one in members(asked.tx)],
        "kinds": [(one, asked.say(f"group_kind_{one}")) for one in KINDS],
        "weekdays": list(enumerate(WEEKDAYS[asked.words.language])),
        "rhythms": [
            (one, asked.say("group_every_week") if one == 1 else asked.say("group_every_n", every=one))
            for one in range(1, MOST_WEEKS + 1)
        ],
    }


def _said(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"
