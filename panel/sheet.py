"""The day on paper: a list for each specialist, or for each room."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from panel.asked import Asked, Page, Show
from panel.day import Day, day_of
from panel.places import room_of
from panel.today import day_asked
from scheduler.names import name_key
from scheduler.rights import Right
from scheduler.visits import VisitStatus

SPECIALIST, ROOM = "specialist", "room"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one list. `who` comes, or which group; `service` is empty for whoever may not know it."""

    starts_at: datetime
    ends_at: datetime
    who: str
    specialist: str
    place: str
    service: str
    remarks: tuple[str, ...]


def show(asked: Asked) -> Page:
    """Whoever gave their visit back is not on it."""
    day, by = day_asked(asked), ROOM if asked.query.get("by") == ROOM else SPECIALIST
    lines = sorted(_lines(asked, day_of(asked, day)), key=lambda one: (one.starts_at, one.who))
    lists: dict[str, list[Line]] = {}
    for line in lines:
        lists.setdefault(line.place if by == ROOM else line.specialist, []).append(line)
    ordered = sorted(lists.items(), key=lambda pair: name_key(pair[0]))
    return Page("sheet.html", {"shown": day, "by": by, "lists": ordered})


def _lines(asked: Asked, day: Day) -> Iterator[Line]:
    for one in day.visits:
        if one.of.status is not VisitStatus.GIVEN_BACK:
            place, said = one.said.place, (one.said.status, *one.said.remarks)
            yield Line(one.starts_at, one.ends_at, one.of.person, one.of.specialist, place, one.service, said)
    for meeting in day.sessions:
        if meeting.of.is_planned:
            place = asked.say("today_room", room=room_of(asked.centre, meeting)).lower()
            coming = asked.say("today_expected", count=meeting.turnout.expected)
            group = meeting.group or asked.say("today_session")
            yield Line(
                meeting.starts_at, meeting.ends_at, group, meeting.turnout.leader, place, "", (coming,)
            )


PAGES = (Show("/sheet", show, Right.DAY),)
