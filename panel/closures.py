"""Days on which the club is closed, or closes early: the list, what a new one touches, and taking one back."""

from datetime import date
from typing import Any

from panel.asked import Act, Asked, Go, Page, Show
from panel.fields import Fields
from panel.settling import carry_out, days, touched
from scheduler.calendar import local
from scheduler.closures import closures, reopen
from scheduler.impact import Closed
from scheduler.rights import Right

LONGEST = 366  # days
FIELDS = ("first", "last", "after", "reason")


def show(asked: Asked) -> Page:
    """Those to come, and the form of a new one."""
    return _page(asked, Fields(asked), None)


def look(asked: Asked) -> Page:
    """What it would touch."""
    fields = Fields(asked)
    return _page(asked, fields, _closed(fields, "-"))


def close(asked: Asked) -> Page:
    """It is closed then, and everybody has been told."""
    fields = Fields(asked)
    reason = fields.text("reason", most=100)
    change = _closed(fields, reason)
    if change is None or fields.errors:
        return _page(asked, fields, _closed(Fields(asked), "-"), status=422)
    return carry_out(asked, change, ("/panel/closures", asked.say("closures_title")))


def take_back(asked: Asked) -> Go:
    """Those days can be booked again."""
    reopen(asked.tx, asked.path["id"], by=asked.staff.person_id)
    return Go("/panel/closures", "done_closure_taken_back")


def _closed(fields: Fields, reason: str) -> Closed | None:
    """None if something is missing or wrong."""
    first = fields.day("first")
    last = fields.day("last", required=False) or first
    after = fields.clock("after", required=False)
    if first and last:
        _check(fields, first, last)
    return Closed(first, last, reason, after) if first and last and not fields.errors else None


def _check(fields: Fields, first: date, last: date) -> None:
    today = local(fields.asked.tx.now, fields.asked.centre.zone).date()
    if first < today:
        fields.wrong("first", "closures_past")
    if last < first:
        fields.wrong("last", "closures_order")
    if (last - first).days > LONGEST:
        fields.wrong("last", "closures_long")


def _page(asked: Asked, fields: Fields, change: Closed | None, status: int = 200) -> Page:
    values: dict[str, Any] = {
        "closures": closures(asked.tx, asked.centre),
        "given": {name: fields.given.get(name, "") for name in FIELDS},
        "errors": fields.errors,
        "change": change,
        "days": days(asked, change.first, change.last) if change else "",
    }
    return Page("closures.html", values | (touched(asked, change) if change else {}), status)


PAGES = (
    Show("/closures", show, Right.TIMETABLE),
    Show("/closures/new", look, Right.TIMETABLE),
    Act("/closures/close", close, Right.TIMETABLE),
    Act("/closures/{id:int}/take-back", take_back, Right.TIMETABLE),
)
