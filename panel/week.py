"""The week: days one after another, and beside each who works or what is on in each room."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from panel.asked import Asked, Page, Show
from panel.sheet import ROOM, SPECIALIST
from panel.times import place
from panel.today import day_asked
from scheduler.absences import Absence
from scheduler.calendar import day_span, local
from scheduler.names import name_key
from scheduler.rights import Right
from scheduler.sessions import Session
from scheduler.turnout import Turnout, turnout
from scheduler.week import Stretch, Visit, Week, WeekDay, here_today, week, week_of

APART = ""  # the column of whoever is spoken with by phone or remotely
Column = tuple[int | str, str]  # a specialist's id or a room's code, and what stands at its head


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours in words; `service` is empty for whoever may not know it."""

    starts: time
    ends: time
    where: str
    service: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session; `group` is empty for whoever may not know it."""

    of: Session
    turnout: Turnout
    group: str


@dataclass(frozen=True, slots=True)
class Off:
    """An absence as it falls on one day; `all_day` where it leaves nothing of it."""

    starts_at: datetime
    ends_at: datetime
    all_day: bool


@dataclass(slots=True)
class Cell:
    """One day of one specialist or room."""

    hours: list[Hours] = field(default_factory=list)
    away: list[Off] = field(default_factory=list)
    sessions: list[Meeting] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.hours or self.away or self.sessions or self.visits)


def show(asked: Asked) -> Page:
    """This week, or the one of the day that was asked for."""
    by = ROOM if asked.query.get("by") == ROOM else SPECIALIST
    monday = week_of(day_asked(asked))
    found = week(asked.tx, asked.centre, monday)
    columns = _rooms(asked, found) if by == ROOM else _specialists(asked, found)
    rows = [(one, _cells(asked, found, one, columns, by)) for one in found.days]
    today = local(asked.tx.now, asked.centre.zone).date()
    values = {
        "by": by,
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "today": today,
        "leaves": _can_leave(asked, columns, by),
        "columns": [name for _, name in columns],
        "rows": [one for one in rows if one[0].day.isoweekday() < 6 or not all(c.is_empty for c in one[1])],
        "is_empty": not columns,
    }
    return Page("week.html", values)


def _specialists(asked: Asked, found: Week) -> list[Column]:
    """By name; whoever asks comes first."""
    names = {one.specialist_id: one.specialist for one in found.hours}
    names |= {one.specialist_id: one.specialist for one in found.visits}
    names |= {one.specialist_id: one.specialist for one in found.absences if one.specialist_id is not None}
    led = turnout(asked.tx, found.sessions)
    names |= {one.leader_id: led[one.id].leader for one in found.sessions}
    mine = asked.staff.person_id
    return sorted(names.items(), key=lambda one: (one[0] != mine, name_key(one[1])))


def _rooms(asked: Asked, found: Week) -> list[Column]:
    """In the order of the club's file; what it no longer has comes after, phone and remote last."""
    used = {_room(asked, one) for one in found.hours}
    used |= {one.room or APART for one in found.visits} | {one.room for one in found.sessions}
    used |= {one.room for one in found.absences if one.room}
    known = {room.code: room.number for room in asked.centre.rooms}
    gone = {code: code for code in sorted(used - known.keys() - {APART})}
    named: list[Column] = [
        (code, asked.say("today_room", room=number))
        for code, number in (known | gone).items()
        if code in used
    ]
    return named + [(APART, asked.say("today_apart"))] * (APART in used)


def _room(asked: Asked, one: Stretch) -> str:
    return asked.centre.room_of(one.station).code if one.station else APART


def _cells(asked: Asked, found: Week, of: WeekDay, columns: list[Column], by: str) -> list[Cell]:
    cells, is_by_room = {key: Cell() for key, _ in columns}, by == ROOM
    for hours in (one for one in found.hours if one.day == of.day):
        whose = _room(asked, hours) if is_by_room else hours.specialist_id
        cells[whose].hours.append(_said(asked, hours, by))
    for visit in (one for one in found.visits if one.day == of.day):
        cells[(visit.room or APART) if is_by_room else visit.specialist_id].visits.append(visit)
    for meeting in _meetings(asked, found, of):
        cells[meeting.of.room if is_by_room else meeting.of.leader_id].sessions.append(meeting)
    for one in found.absences:
        off = one.room if is_by_room else one.specialist_id
        if off is not None:
            cells[off].away += _off(asked, one, of.day)
    return list(cells.values())


def _said(asked: Asked, one: Stretch, by: str) -> Hours:
    where = one.specialist if by == ROOM else place(asked, one.station, one.mode)
    service = ""
    if asked.may(Right.DETAILS) and asked.centre.has_service(one.service):
        service = asked.centre.service(one.service).name.in_language(asked.words.language)
    return Hours(one.starts, one.ends, where, service)


def _meetings(asked: Asked, found: Week, of: WeekDay) -> Iterator[Meeting]:
    span = day_span(of.day, of.day, asked.centre.zone)
    those = [one for one in found.sessions if span[0] <= one.starts_at < span[1]]
    counts, with_details = turnout(asked.tx, those), asked.may(Right.DETAILS)
    for one in those:
        yield Meeting(one, counts[one.id], one.group if with_details else "")


def _off(asked: Asked, one: Absence, day: date) -> list[Off]:
    begins, ends = day_span(day, day, asked.centre.zone)
    if one.ends_at <= begins or one.starts_at >= ends:
        return []
    starts_at, ends_at = max(begins, one.starts_at), min(ends, one.ends_at)
    return [Off(starts_at, ends_at, (starts_at, ends_at) == (begins, ends))]


def _can_leave(asked: Asked, columns: list[Column], by: str) -> list[int | None]:
    """Of each column the specialist who is here today."""
    here: set[int | str] = set()
    if asked.may(Right.TIMETABLE) and by == SPECIALIST:
        here = {one for one, _ in here_today(asked.tx, asked.centre)}
    return [key if isinstance(key, int) and key in here else None for key, _ in columns]


PAGES = (Show("/week", show, Right.DAY),)
