"""The waiting list: who waits for what, what each is being offered, and what became of the last offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from panel.asked import Act, Answer, Asked, Go, Page, Show
from panel.fields import Fields
from panel.refusals import reason
from panel.times import number
from scheduler.calendar import local
from scheduler.errors import ContractEnded, NotEnrolled
from scheduler.finding import find, is_enough
from scheduler.offered_lately import lately
from scheduler.offers import on_the_list
from scheduler.people import Person, person
from scheduler.rights import Right
from scheduler.waiting import Waiting, Wish, put_back, take_off, wait, waiting_of

FOUND = 8
BECAME = {"open": "wait", "taken": "good"}


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who waits, in words."""

    waiting: Waiting
    service: str
    wish: str
    offered: str
    until: str


def show(asked: Asked) -> Page:
    """Whoever waits longest first: they are asked in this order."""
    lines = [
        Line(
            one.waiting,
            service(asked, one.waiting.service),
            wished(asked, one.waiting),
            asked.words.moment(one.offered_at) if one.offered_at else "",
            asked.words.clock(one.answer_until) if one.answer_until else "",
        )
        for one in on_the_list(asked.tx, asked.centre)
    ]
    made = [(one, service(asked, one.service), BECAME.get(one.outcome, "quiet")) for one in lately(asked.tx)]
    return Page("waiting.html", {"lines": lines, "made": made})


def begin(asked: Asked) -> Page:
    """Whom to put on it, or, once that is known, what they wish."""
    who = number(asked.query.get("person"))
    return _whom() if who is None else _form(asked, _someone(asked, who), {})


def look(asked: Asked) -> Page:
    """Whoever may be meant."""
    text = asked.form.get("q", "")
    errors = {} if is_enough(text) else {"q": asked.say("book_too_short")}
    found = find(asked.tx, text, FOUND + 1)
    return _whom(q=text, errors=errors, found=found[:FOUND], is_more=len(found) > FOUND)


def add(asked: Asked) -> Answer:
    """They wait from now on; who waits for that already keeps their place."""
    who, fields = _someone(asked, number(asked.form.get("person")) or 0), Fields(asked)
    wish = _wish(asked, who, fields)
    if fields.errors:
        return _form(asked, who, fields.errors)
    waited = any(one.service == wish.service for one in waiting_of(asked.tx, asked.centre, [who.id]))
    try:
        with asked.tx.savepoint():
            made = wait(asked.tx, asked.centre, wish, by=asked.staff.person_id)
    except ContractEnded as error:
        return _form(asked, who, {"last_day": reason(asked.words, error)})
    return Go("/panel/waiting", "done_waiting_changed" if waited else "done_waiting_added", made.id)


def off(asked: Asked) -> Go:
    """They wait no more."""
    gone = take_off(asked.tx, asked.centre, asked.path["id"], by=asked.staff.person_id)
    return Go("/panel/waiting", "done_waiting_off", gone.id)


def back(asked: Asked) -> Go:
    """They do, in their old place."""
    put_back(asked.tx, asked.path["id"], by=asked.staff.person_id)
    return Go("/panel/waiting", "done_waiting_back")


def service(asked: Asked, code: str) -> str:
    """Its name; of one that the club has no more its code."""
    known = asked.centre.has_service(code)
    return asked.centre.service(code).name.in_language(asked.words.language) if known else code


def wished(asked: Asked, one: Waiting) -> str:
    """Days and times of day, and the visit that is to move."""
    date = asked.words.date
    parts = [
        asked.say("waiting_days", first=date(one.first_day), last=date(one.last_day))
        if one.first_day
        else asked.say("waiting_until", last=date(one.last_day))
    ]
    if one.from_time:
        parts.append(asked.say("waiting_from_time", at=f"{one.from_time:%H:%M}"))
    if one.until_time:
        parts.append(asked.say("waiting_until_time", at=f"{one.until_time:%H:%M}"))
    if one.visit_starts_at:
        key = "waiting_earlier" if one.earlier else "waiting_instead"
        parts.append(asked.say(key, at=asked.words.moment(one.visit_starts_at)))
    return ", ".join(parts)


def _wish(asked: Asked, who: Person, fields: Fields) -> Wish:
    chosen = fields.one_of("service", {one.code for one in asked.centre.enabled_services})
    first, last = fields.day("first_day", required=False), fields.day("last_day", required=False)
    begins, ends = fields.clock("from_time", required=False), fields.clock("until_time", required=False)
    today = local(asked.tx.now, asked.centre.zone).date()
    if last and last < max(first or today, today):
        fields.wrong("last_day", "waiting_last_first")
    if begins and ends and ends <= begins:
        fields.wrong("until_time", "waiting_ends_first")
    return Wish(who.id, chosen or "", first, last, begins, ends)


def _someone(asked: Asked, person_id: int) -> Person:
    """That participant.

    Raises:
        NotEnrolled: they are none, or have left. NoSuchPerson.
    """
    found = person(asked.tx, person_id)
    if found.kind != "participant" or found.ended_at is not None:
        raise NotEnrolled
    return found


def _whom(**more: Any) -> Page:
    values = {"someone": None, "q": "", "errors": {}, "found": None, "is_more": False, **more}
    return Page("waiting_new.html", values, 422 if values["errors"] else 200)


def _form(asked: Asked, someone: Person, errors: Mapping[str, str]) -> Page:
    names = ("service", "first_day", "last_day", "from_time", "until_time")
    given = {name: asked.form.get(name, asked.query.get(name, "")) for name in names}
    values = {
        "someone": someone,
        "given": given,
        "errors": errors,
        "services": [(one.code, service(asked, one.code)) for one in asked.centre.enabled_services],
        "weeks": asked.centre.waiting.days,
    }
    return Page("waiting_new.html", values, 422 if errors else 200)


PAGES = (
    Show("/waiting", show, Right.GROUPS),
    Show("/waiting/new", begin, Right.GROUPS),
    Act("/waiting/find", look, Right.GROUPS),
    Act("/waiting/add", add, Right.GROUPS),
    Act("/waiting/{id:int}/off", off, Right.GROUPS),
    Act("/waiting/{id:int}/back", back, Right.GROUPS),
)
