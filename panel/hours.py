"""Specialists' weekly hours: the list, new ones, and a change or an end from a day on, looked at before it is made."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from panel.asked import Act, Asked, Go, Page, Show
from panel.fields import Fields
from panel.refusals import reason
from panel.settling import carry_out, touched
from panel.times import place
from scheduler.absences import who_can_be_away
from scheduler.calendar import local
from scheduler.errors import Refused
from scheduler.hours import Hours, Weekly, add, check, go_on, hours, remove, the_hours
from scheduler.impact import HoursOver, affected
from scheduler.rights import Right
from words.days import WEEKDAYS

FIELDS = ("specialist", "weekday", "starts", "ends", "service", "where", "since")
APART = ("phone", "remote")


@dataclass(frozen=True, slots=True)
class Line:
    """One row in words. `is_over`: it has ended, and can still go on."""

    of: Hours
    day: str
    place: str
    service: str
    is_over: bool


def show(asked: Asked) -> Page:
    """Everybody's, by specialist."""
    return _list(asked, Fields(asked))


def put(asked: Asked) -> Page | Go:
    """New ones from a day on; they touch nothing that is booked."""
    fields = Fields(asked)
    wanted, since = _weekly(fields), _since(fields)
    if wanted is None or since is None or fields.errors:
        return _list(asked, fields, status=422)
    try:
        with asked.tx.savepoint():
            number = add(asked.tx, asked.centre, wanted, since, by=asked.staff.person_id)
    except Refused as error:
        fields.errors["starts"] = reason(asked.words, error)
        return _list(asked, fields, status=422)
    return Go("/panel/hours", "done_hours_added", number)


def look(asked: Asked) -> Page:
    """The form of one, and what an end or a change would touch."""
    found, fields = the_hours(asked.tx, asked.path["id"]), Fields(asked)
    if "since" not in asked.query:
        return _one(asked, found, fields, None)
    return _one(asked, found, fields, _change(fields, found))


def end(asked: Asked) -> Page:
    """It is so from that day on, and everybody has been told."""
    found, fields = the_hours(asked.tx, asked.path["id"]), Fields(asked)
    change = _change(fields, found)
    if change is None:
        return _one(asked, found, fields, None, status=422)
    return carry_out(asked, change, ("/panel/hours", asked.say("hours_title")))


def take_back(asked: Asked) -> Go:
    """Hours that were to end go on."""
    go_on(asked.tx, asked.centre, asked.path["id"], by=asked.staff.person_id)
    return Go("/panel/hours", "done_hours_go_on")


def drop(asked: Asked) -> Go:
    """Hours that staff entered were a slip; if somebody is booked in them already, what becomes of that comes first."""
    found, today = the_hours(asked.tx, asked.path["id"]), local(asked.tx.now, asked.centre.zone).date()
    if affected(asked.tx, asked.centre, HoursOver(found.id, found.weekly, today)):
        return Go(f"/panel/hours/{found.id}?what=end&since={today}")
    remove(asked.tx, found.id, by=asked.staff.person_id)
    return Go("/panel/hours", "done_hours_removed")


def _change(fields: Fields, found: Hours) -> HoursOver | None:
    """None if something is missing or can't be."""
    asked = fields.asked
    since = _since(fields)
    instead = _weekly(fields) if fields.given.get("what") == "change" else None
    if since is None or fields.errors:
        return None
    try:
        if instead is not None:
            check(asked.tx, asked.centre, instead, since, instead_of=found.id)
    except Refused as error:
        fields.errors["starts"] = reason(asked.words, error)
        return None
    return HoursOver(found.id, found.weekly, since, instead)


def _since(fields: Fields) -> date | None:
    since = fields.day("since")
    if since and since < local(fields.asked.tx.now, fields.asked.centre.zone).date():
        fields.wrong("since", "closures_past")
    return since


def _weekly(fields: Fields) -> Weekly | None:
    asked = fields.asked
    whose = fields.one_of("specialist", {str(one) for one, _ in who_can_be_away(asked.tx)})
    service = fields.one_of("service", {one.code for one in asked.centre.enabled_services})
    weekday, where = fields.number("weekday", 1, 7), fields.one_of("where", dict(_places(asked)))
    starts, ends = fields.clock("starts"), fields.clock("ends")
    if starts and ends and ends <= starts:
        fields.wrong("ends", "hours_order")
    if fields.errors or not (whose and service and weekday and where and starts and ends):
        return None
    station, mode = (None, where) if where in APART else (where, "in_person")
    return Weekly(int(whose), service, weekday, starts, ends, station, mode)


def _places(asked: Asked) -> list[tuple[str, str]]:
    """Every station, then those who are spoken with from afar."""
    stations = [
        (one.code, f"{place(asked, one.code, '')}{f', {one.name}' if len(room.stations) > 1 else ''}")
        for room in asked.centre.rooms
        for one in room.stations
    ]
    return stations + [(mode, place(asked, None, mode)) for mode in APART]


def _list(asked: Asked, fields: Fields, status: int = 200) -> Page:
    lists: dict[str, list[Line]] = {}
    for one in hours(asked.tx):
        lists.setdefault(one.specialist, []).append(_line(asked, one))
    return Page("hours.html", _form(asked, fields) | {"lists": list(lists.items())}, status)


def _one(asked: Asked, found: Hours, fields: Fields, change: HoursOver | None, status: int = 200) -> Page:
    shown = {
        "line": _line(asked, found),
        "change": change,
        "after": _line(asked, _after(found, change.instead)) if change and change.instead else None,
    }
    values = _form(asked, fields, found.weekly) | shown | (touched(asked, change) if change else {})
    return Page("hours_one.html", values, status)


def _after(found: Hours, weekly: Weekly) -> Hours:
    return Hours(0, found.specialist, weekly, by_staff=True, since=None, until=None)


def _form(asked: Asked, fields: Fields, now: Weekly | None = None) -> dict[str, Any]:
    given = {name: fields.given.get(name, "") for name in (*FIELDS, "what")}
    if now is not None:
        known = {
            "specialist": str(now.specialist_id),
            "weekday": str(now.weekday),
            "starts": f"{now.starts:%H:%M}",
            "ends": f"{now.ends:%H:%M}",
            "service": now.service,
            "where": now.station or now.mode,
        }
        given |= {name: value for name, value in known.items() if not given[name]}
    language = asked.words.language
    return {
        "given": given,
        "errors": fields.errors,
        "people": who_can_be_away(asked.tx),
        "weekdays": [(number, name) for number, name in enumerate(WEEKDAYS[language], start=1)],
        "services": [(one.code, one.name.in_language(language)) for one in asked.centre.enabled_services],
        "places": _places(asked),
    }


def _line(asked: Asked, one: Hours) -> Line:
    its, today = one.weekly, local(asked.tx.now, asked.centre.zone).date()
    name = its.service
    if asked.centre.has_service(its.service):
        name = asked.centre.service(its.service).name.in_language(asked.words.language)
    is_over = one.until is not None and one.until < today
    where = place(asked, its.station, its.mode)
    return Line(one, WEEKDAYS[asked.words.language][its.weekday - 1], where, name, is_over)


PAGES = (
    Show("/hours", show, Right.TIMETABLE),
    Act("/hours/add", put, Right.TIMETABLE),
    Show("/hours/{id:int}", look, Right.TIMETABLE),
    Act("/hours/{id:int}/end", end, Right.TIMETABLE),
    Act("/hours/{id:int}/go-on", take_back, Right.TIMETABLE),
    Act("/hours/{id:int}/remove", drop, Right.TIMETABLE),
)
