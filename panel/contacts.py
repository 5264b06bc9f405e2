"""Who held the same room as somebody, for the sanitary station; every look is in the log, with its purpose."""

from panel.asked import Act, Asked, Page, Show
from panel.fields import Fields
from scheduler.contacts import LONGEST, contacts
from scheduler.finding import find
from scheduler.people import person
from scheduler.rights import Right

FOUND, DAYS, FURTHEST = 20, 14, 365


def show(asked: Asked) -> Page:
    """Whom it is about: looked for by name or number, or named by the address."""
    said, number = asked.query.get("q", ""), asked.query.get("person", "")
    about = person(asked.tx, int(number)) if number.isdecimal() and len(number) < 10 else None
    found = find(asked.tx, said, FOUND)
    return Page("contacts.html", {"q": said, "found": found, "about": about, "days": DAYS, "errors": {}})


def look(asked: Asked) -> Page:
    """The list. It is made and noted in one step."""
    about, fields = person(asked.tx, asked.path["id"]), Fields(asked)
    days, purpose = fields.number("days", 0, FURTHEST), fields.text("purpose", most=LONGEST)
    if fields.errors or days is None:
        values = {
            "q": "",
            "found": [],
            "about": about,
            "days": asked.form.get("days", ""),
            "errors": fields.errors,
        }
        return Page("contacts.html", values, 422)
    found = contacts(
        asked.tx, asked.centre, about.id, days=days, purpose=purpose, by_id=asked.staff.person_id
    )
    return Page("contacts_found.html", {"about": about, "days": days, "found": found})


PAGES = (Show("/contacts", show, Right.CONTACTS), Act("/contacts/{id:int}", look, Right.CONTACTS))
