"""What a change touches, as a page shows it before it is made; what is chosen for each; and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from panel.asked import Asked, Page
from panel.fields import Fields
from panel.times import place
from scheduler.agenda import AgendaRow, named
from scheduler.calendar import local
from scheduler.changes import Apart, Became, Settled, Way, settle
from scheduler.impact import Change, Closed, RoomShut, affected, sessions_affected
from scheduler.news import is_reached
from scheduler.rights import Right
from scheduler.sessions import Session
from scheduler.substitutes import stand_ins
from scheduler.visits import FreeTime, Visit
from storage import people


@dataclass(frozen=True, slots=True)
class Line:
    """One visit in words. `stands_in`: who could take it, and where; empty if nobody can."""

    id: int
    starts_at: datetime
    person: str
    specialist: str
    place: str
    service: str
    is_reached: bool = True
    stands_in: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One visit afterwards."""

    line: Line
    became: Became
    told: bool
    offered: FreeTime | None

    @property
    def kind(self) -> str:
        """How it looks: who has still to be spoken with stands out."""
        if self.became is Became.LEFT:
            return "bad"
        return "good" if self.told or self.became is Became.KEPT else "wait"


def touched(asked: Asked, change: Change) -> dict[str, Any]:
    """What a template needs to show it, and to ask how to settle it."""
    visits = affected(asked.tx, asked.centre, change)
    rows = named(asked.tx, asked.centre, visits)
    return {
        "visits": [_line(asked, rows[one.id], one, change) for one in visits],
        "sessions": sessions_affected(asked.tx, asked.centre, change),
        "ways": [(one.value, _way(asked, one)) for one in ways(change)],
        "as_all": asked.say("settle_as_all"),
        "is_closed": isinstance(change, Closed),
    }


def when(asked: Asked, starts_at: datetime, ends_at: datetime) -> str:
    """A span as people say it: whole days, or from and until when."""
    words, zone = asked.words, asked.centre.zone
    first, last = local(starts_at, zone), local(ends_at, zone)
    ends = (last - timedelta(seconds=1)).date()
    if first.time() == last.time() == time(0):
        return days(asked, first.date(), ends)
    if first.date() == ends:
        return f"{words.moment(starts_at)}–{words.clock(ends_at)}"
    return f"{words.moment(starts_at)} – {words.moment(ends_at)}"


def days(asked: Asked, first: date, last: date) -> str:
    """One day, or the first and the last."""
    said = asked.words.day
    return said(first) if first == last else f"{said(first)} – {said(last)}"


def ways(change: Change) -> list[Way]:
    """The first is what is meant unless something else is chosen; nobody stands in while the club is closed."""
    usual = [Way.ANOTHER_TIME, Way.BY_PHONE, Way.GIVE_BACK]
    return usual if isinstance(change, Closed) else [Way.ANOTHER_TIME, Way.SAME_TIME, *usual[1:]]


def carry_out(asked: Asked, change: Change, back: tuple[str, str]) -> Page:
    """Settle it as the form says, and list what became of whom.

    Args:
        back: the address and the text of where to go on.
    """
    fields = Fields(asked)
    sessions = sessions_affected(asked.tx, asked.centre, change)
    how, apart = _chosen(fields, change, sessions)
    settled = settle(asked.tx, asked.centre, change, how, apart=apart, by=asked.staff.person_id)
    rows = named(asked.tx, asked.centre, [one.visit for one in settled])
    off = {one.id for one in sessions if isinstance(change, Closed) or one.id in apart.sessions}
    values = {
        "outcomes": [_outcome(asked, rows[one.visit.id], one) for one in settled],
        "sessions": [(one, one.id in off) for one in sessions],
        "back": back,
    }
    return Page("settled.html", values)


def _chosen(fields: Fields, change: Change, sessions: list[Session]) -> tuple[Way, Apart]:
    """What can't be read is settled as the rest, and the rest as is usual."""
    known = {way.value: way for way in ways(change)}
    given, visits = fields.given, {}
    for name, value in given.items():
        number = name.removeprefix("way-")
        if number != name and number.isdecimal() and value in known:
            visits[int(number)] = known[value]
    off = [one.id for one in sessions if f"off-{one.id}" in given]
    return known.get(given.get("how", ""), ways(change)[0]), Apart(visits, off)


def _outcome(asked: Asked, row: AgendaRow, one: Settled) -> Outcome:
    return Outcome(_line(asked, row, one.visit), one.became, one.told, one.offered)


def _line(asked: Asked, row: AgendaRow, visit: Visit, change: Change | None = None) -> Line:
    service = ""
    if asked.may(Right.DETAILS) and asked.centre.has_service(row.service):
        service = asked.centre.service(row.service).name.in_language(asked.words.language)
    where = place(asked, row.station, row.mode)
    reached = change is None or is_reached(asked.tx, row.person_id)
    stands_in = _stands_in(asked, visit, change) if change is not None else ""
    return Line(row.id, row.starts_at, row.person, row.specialist, where, service, reached, stands_in)


def _stands_in(asked: Asked, visit: Visit, change: Change) -> str:
    """Of a room that is shut the other room; else whoever is free, as it is now."""
    if isinstance(change, RoomShut):
        return asked.say("today_room", room=asked.centre.room(change.instead).number)
    if isinstance(change, Closed) or not asked.centre.has_service(visit.service):
        return ""
    if not asked.centre.service(visit.service).enabled:
        return ""
    free = stand_ins(asked.tx, asked.centre, visit)
    who = people.person_of(asked.tx, free[0].specialist_id) if free else None
    return f"{who.full_name}, {place(asked, free[0].station, free[0].mode)}" if who else ""


def _way(asked: Asked, way: Way) -> str:
    return asked.say(f"settle_way_{way.name.lower()}")
