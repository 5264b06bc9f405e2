"""Moving a visit: the nearest times of its service; until another is had, it stays where it is."""

from typing import Any

from panel.asked import Act, Answer, Asked, Go, Page, Show
from panel.book import taken_by
from panel.times import Wanted, choices, instant, offered, place, times
from scheduler.at_the_desk import Place, move_for
from scheduler.booked import visit as the_visit
from scheduler.errors import NoSuchVisit, Refused
from scheduler.free_times import Search
from scheduler.people import person
from scheduler.placing import check_open
from scheduler.rights import Right
from scheduler.visits import Visit


def show(asked: Asked) -> Page:
    """The times that are free.

    Raises:
        VisitOver, AlreadyGivenBack, NoSuchVisit.
    """
    visit = check_open(asked.tx, the_visit(asked.tx, asked.path["id"]))
    return _page(asked, visit, Wanted.of(asked.query))


def move(asked: Asked) -> Answer:
    """Move it; what can't be had is told in the same page."""
    visit = the_visit(asked.tx, asked.path["id"])
    wanted, starts_at = Wanted.of(asked.form), instant(asked.form.get("at"))
    if starts_at is None:
        return _page(asked, visit, wanted)
    to = Place(starts_at, wanted.specialist_id)
    by, told = asked.staff.person_id, "told" in asked.form
    try:
        with asked.tx.savepoint():
            move_for(asked.tx, asked.centre, visit.id, to, by=by, told=told)
    except NoSuchVisit:
        raise
    except Refused as error:
        return _refused(asked, visit, wanted, error)
    return Go(f"/panel/visits/{visit.id}", "done_moved")


def _refused(asked: Asked, visit: Visit, wanted: Wanted, error: Refused) -> Page:
    page, starts_at = _page(asked, visit, wanted), instant(asked.form.get("at"))
    found = [one for one in getattr(error, "nearest", ()) if one.starts_at != visit.starts_at]
    values = {**page.values, "why": taken_by(asked, visit.service, error, starts_at)}
    if found:
        values |= {"times": offered(asked, visit.service, found), "more": "", "nearest": True}
    return Page(page.template, values, 422)


def _page(asked: Asked, visit: Visit, wanted: Wanted) -> Page:
    someone = person(asked.tx, visit.participant_id)
    search = Search(
        visit.service,
        first_day=wanted.day,
        last_day=someone.contract_until,
        from_time=wanted.from_time,
        person_id=someone.id,
        moving=visit.id,
        specialist_id=wanted.specialist_id,
    )
    values: dict[str, Any] = {
        "id": visit.id,
        "person": someone,
        "starts_at": visit.starts_at,
        "place": place(asked, visit.station, visit.mode),
        "kept": {name: value for name, value in wanted.fields.items() if value},
        "why": "",
        "nearest": False,
    }
    return Page("visit_move.html", values | _times(asked, visit, search, wanted))


def _times(asked: Asked, visit: Visit, search: Search, wanted: Wanted) -> dict[str, Any]:
    """Without the time that it has; none where its service is no longer offered."""
    if visit.service not in {one.code for one in asked.centre.enabled_services}:
        return choices(asked, visit.service, wanted) | {"times": [], "more": ""}
    found = times(asked, search, wanted)
    return found | {"times": [one for one in found["times"] if one.at != visit.starts_at]}


MOVING: tuple[Show | Act, ...] = (
    Show("/visits/{id:int}/move", show, Right.VISITS),
    Act("/visits/{id:int}/move", move, Right.VISITS),
)
