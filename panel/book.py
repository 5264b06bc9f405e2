"""Booking for somebody who phones: who, what, when, each step an address of its own, so that it works by keyboard and without JavaScript."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from panel.asked import Act, Answer, Asked, Go, Page, Show
from panel.refusals import reason
from panel.times import Wanted, instant, number, offered, place, times
from scheduler.booked import coming
from scheduler.booked_by_staff import book_for
from scheduler.calendar import local
from scheduler.errors import AlreadyYours, ContractEnded, NotEnrolled, Refused
from scheduler.finding import find, is_enough
from scheduler.free_times import Search
from scheduler.limits import check_number
from scheduler.people import Person, person
from scheduler.rights import Right
from scheduler.who_has import serving_there, who_has

FOUND = 8


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is: who, what and when are known or not."""

    person_id: int | None
    service: str
    station: str
    wanted: Wanted

    @classmethod
    def of(cls, asked: Asked, fields: Mapping[str, str]) -> "Step":
        """As the address or the form says; a gap of the day's table names whose hour it is."""
        step = cls(
            number(fields.get("person")),
            fields.get("service", ""),
            fields.get("station", ""),
            Wanted.of(fields),
        )
        if "station" not in fields or step.wanted.day is None or step.wanted.from_time is None:
            return step
        there = serving_there(
            asked.tx, asked.centre, step.station or None, step.wanted.day, step.wanted.from_time
        )
        if there is None or step.service not in {"", there.service}:
            return step
        wanted = replace(step.wanted, specialist_id=there.specialist_id)
        return replace(step, service=there.service, station="", wanted=wanted)

    @property
    def fields(self) -> dict[str, str]:
        """What the next step has to keep."""
        kept = {"person": str(self.person_id or ""), "service": self.service, "station": self.station}
        return {name: value for name, value in (kept | self.wanted.fields).items() if value}


def show(asked: Asked) -> Page:
    """The step that is due."""
    return _page(asked, Step.of(asked, asked.query))


def people(asked: Asked) -> Page:
    """Whoever may be meant, as one types."""
    return Page("book_people.html", _found(asked, asked.query.get("q", "")))


def look(asked: Asked) -> Page:
    """The same as a page of its own."""
    text = asked.form.get("q", "")
    found = _found(asked, text)
    errors = {} if found["enough"] else {"q": asked.say("book_too_short")}
    page = _page(asked, Step.of(asked, asked.form))
    values = {**page.values, **found, "q": text, "errors": errors}
    return Page("book.html", values, 422 if errors else 200)


def book(asked: Asked) -> Answer:
    """Book it; what can't be had is told in the same page, with the nearest that can."""
    step = Step.of(asked, asked.form)
    starts_at = instant(asked.form.get("at"))
    if step.person_id is None or starts_at is None:
        return _page(asked, step)
    try:
        with asked.tx.savepoint():
            booked = book_for(
                asked.tx,
                asked.centre,
                person_id=step.person_id,
                service=step.service,
                starts_at=starts_at,
                specialist_id=step.wanted.specialist_id,
                by=asked.staff.person_id,
            )
    except AlreadyYours as error:
        return Go(f"/panel/visits/{error.visit.id}", "done_booked_before")
    except NotEnrolled:
        raise
    except Refused as error:
        return _refused(asked, step, error)
    return Go(f"/panel/visits/{booked.visit.id}", "done_booked", booked.visit.id)


def taken_by(asked: Asked, service: str, error: Refused, starts_at: Any) -> str:
    """Why not, and who has it, if somebody has."""
    if not hasattr(error, "nearest"):
        return reason(asked.words, error)
    names = [
        f"{one.person} ({place(asked, one.station, one.mode)})" for one in _holders(asked, service, starts_at)
    ]
    if not names:
        return reason(asked.words, error)
    return asked.say("book_taken", when=asked.words.moment(starts_at), who=", ".join(names))


def _holders(asked: Asked, service: str, starts_at: Any) -> list[Any]:
    return who_has(asked.tx, asked.centre, service, starts_at)


def _refused(asked: Asked, step: Step, error: Refused) -> Page:
    page = _page(asked, step)
    starts_at = instant(asked.form.get("at"))
    found = getattr(error, "nearest", None)
    values = {**page.values, "why": taken_by(asked, step.service, error, starts_at)}
    if found:
        values |= {"times": offered(asked, step.service, found), "more": "", "nearest": True}
    return Page("book.html", values, 422)


def _page(asked: Asked, step: Step) -> Page:
    """The step that is due, with everything that a template of it needs."""
    someone = _someone(asked, step.person_id) if step.person_id else None
    services = [
        (one.code, one.name.in_language(asked.words.language)) for one in asked.centre.enabled_services
    ]
    known = step.service in dict(services)
    values: dict[str, Any] = {
        "kept": step.fields,
        "someone": someone,
        "services": services,
        "service": step.service if known else "",
        "step": "who" if someone is None else "when" if known else "what",
        "q": "",
        "errors": {},
        "found": None,
        "enough": True,
        "why": "",
        "nearest": False,
    }
    if someone is None:
        return Page("book.html", values)
    values |= {"coming": _coming(asked, someone), "stands_against": _against(asked, someone, step.service)}
    if values["step"] == "when":
        values |= _times(asked, step, someone)
    return Page("book.html", values)


def _times(asked: Asked, step: Step, someone: Person) -> dict[str, Any]:
    search = Search(
        step.service,
        first_day=step.wanted.day,
        last_day=someone.contract_until,
        from_time=step.wanted.from_time,
        person_id=someone.id,
        specialist_id=step.wanted.specialist_id,
    )
    return times(asked, search, step.wanted)


def _someone(asked: Asked, person_id: int) -> Person:
    """That participant.

    Raises:
        NotEnrolled: they are none, or have left. NoSuchPerson.
    """
    found = person(asked.tx, person_id)
    if found.kind != "participant" or found.ended_at is not None:
        raise NotEnrolled
    return found


def _coming(asked: Asked, someone: Person) -> list[dict[str, Any]]:
    """What they have already: whoever phones may want that moved."""
    return [
        {"id": one.id, "at": one.starts_at, "place": place(asked, one.station, one.mode)}
        for one in coming(asked.tx, [someone.id])
    ]


def _against(asked: Asked, someone: Person, service: str) -> str:
    """Why nothing can be booked for them, whatever the time; empty if something can."""
    today = local(asked.tx.now, asked.centre.zone).date()
    try:
        if someone.contract_until is not None and someone.contract_until < today:
            raise ContractEnded
        check_number(asked.centre, service, coming(asked.tx, [someone.id]))
    except Refused as error:
        return reason(asked.words, error)
    return ""


def _found(asked: Asked, text: str) -> dict[str, Any]:
    """One more than is shown says that there are more."""
    found = find(asked.tx, text, FOUND + 1)
    return {"found": found[:FOUND], "is_more": len(found) > FOUND, "enough": is_enough(text)}


PAGES = (
    Show("/book", show, Right.VISITS),
    Show("/book/people", people, Right.VISITS),
    Act("/book/find", look, Right.VISITS),
    Act("/book", book, Right.VISITS),
)
