"""Participants: found by name or number, and the roll, a page at a time."""

from collections.abc import Collection
from typing import Any

from panel.asked import Act, Asked, Download, Go, Page, Show
from scheduler.calendar import local
from scheduler.finding import find, is_enough
from scheduler.people import AddressState
from scheduler.rights import Right
from scheduler.roll import Only, Participant, roll_page
from scheduler.roll_file import roll_file
from storage import audit

FOUND, LONGEST_ID = 50, 9


def show(asked: Asked) -> Page | Go:
    """So many of the roll, by name; or on to whoever was chosen while somebody typed."""
    if chosen := _id(asked, "person"):
        return Go(f"/panel/people/{chosen}")
    only, after = _only(asked), _id(asked, "after")
    page = roll_page(asked.tx, asked.centre, only, after=after)
    return _page(asked, page.people, only=only, next=page.next, is_first=after is None)


def look_for(asked: Asked) -> Page | Go:
    """Whoever is meant; the one who is, at once. What was looked for stands in no address."""
    text = asked.form.get("text", "").strip()[:100]
    found = find(asked.tx, text, FOUND)
    if len(found) == 1:
        return Go(f"/panel/people/{found[0].id}")
    return Page("people_found.html", {"text": text, "found": found, "is_enough": is_enough(text)})


def take_along(asked: Asked) -> Download:
    """The roll as a file that can be imported again; noted, for it is everybody's names and numbers."""
    audit.note(asked.tx, "staff", "roll_taken")
    return Download("uczestnicy.csv", roll_file(asked.tx), "text/csv; charset=utf-8")


def _id(asked: Asked, name: str) -> int | None:
    given = asked.query.get(name, "")
    return int(given) if given.isdecimal() and len(given) <= LONGEST_ID else None


def _only(asked: Asked) -> Only:
    wanted = asked.query.get("only", "")
    return Only(wanted) if wanted in set(Only) else Only.HERE


def _page(asked: Asked, people: Collection[Participant], **values: Any) -> Page:
    today = local(asked.tx.now, asked.centre.zone).date()
    rows = [{"one": one, "reached": _reached(one)} for one in people]
    return Page("people.html", {"rows": rows, "parts": tuple(Only), "today": today, **values})


def _reached(one: Participant) -> list[str]:
    """The channels over which words reach them."""
    return sorted({where.channel for where in one.addresses if where.state is AddressState.ACTIVE})


PAGES = (
    Show("/people", show, Right.PEOPLE),
    Act("/people/find", look_for, Right.PEOPLE),
    Act("/people/list", take_along, Right.DATA),
)
