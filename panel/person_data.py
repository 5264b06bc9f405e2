"""Ending somebody's taking part, their data to take along, and erasing it: each shows first what it touches."""

import json

from panel.asked import Act, Answer, Asked, Download, Go, Page, Show
from panel.person import whose
from scheduler.dossier import dossier
from scheduler.erasure import NotErasable, erase, what_goes
from scheduler.leaving import leave, what_leaves
from scheduler.returning import come_back
from scheduler.rights import Right
from storage import audit
from words.data_copy import DataCopy


def ending(asked: Asked) -> Page:
    """What would be given back, withdrawn and untied."""
    return Page("person_leave.html", {"left": what_leaves(asked.tx, whose(asked).id)})


def end(asked: Asked) -> Go:
    """They take part no more."""
    who = whose(asked)
    leave(asked.tx, who.id)
    return Go(f"/panel/people/{who.id}", "done_person_ended")


def return_(asked: Asked) -> Go:
    """Who left takes part again."""
    who = whose(asked)
    come_back(asked.tx, who.id, asked.account)
    return Go(f"/panel/people/{who.id}", "done_person_returned")


def export(asked: Asked) -> Download:
    """All that is kept of them: as a page to hand out, or to take elsewhere (art. 15 and 20 GDPR). No name in the file's name."""
    who = whose(asked)
    about = dossier(asked.tx, who.id)
    audit.note(asked.tx, "staff", "data_taken", person_id=who.id)
    if asked.form.get("as") == "json":
        text = json.dumps(about, default=_plain, ensure_ascii=False, indent=2)
        return Download(f"termin-{who.id}.json", text.encode(), "application/json")
    today = asked.words.local(asked.tx.now).date()
    copy = DataCopy(asked.words.composer, who.language, asked.centre.zone, today)
    return Download(f"termin-{who.id}.txt", copy.page(about).encode(), "text/plain; charset=utf-8")


def erasing(asked: Asked) -> Page:
    """What would go, and what stays; or what has to be done first."""
    return _erasing(asked, {})


def forget(asked: Asked) -> Answer:
    """They are forgotten, once their number was typed: this alone can't be undone."""
    who = whose(asked)
    if asked.form.get("number", "").strip() != str(who.id):
        return _erasing(asked, {"number": asked.say("erase_wrong_number", number=who.id)})
    erase(asked.tx, who.id)
    return Go("/panel/people", "done_person_erased")


def _erasing(asked: Asked, errors: dict[str, str]) -> Page:
    who = whose(asked)
    try:
        goes = what_goes(asked.tx, who.id)
    except NotErasable:
        goes = None
    values = {"someone": who, "goes": goes, "errors": errors}
    return Page("person_erase.html", values, 422 if errors else 200)


def _plain(value: object) -> str:
    """Days and instants in ISO 8601, as the command line prints them."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


PAGES = (
    Show("/people/{id:int}/leave", ending, Right.DATA),
    Act("/people/{id:int}/leave", end, Right.DATA),
    Act("/people/{id:int}/return", return_, Right.DATA),
    Act("/people/{id:int}/export", export, Right.DATA),
    Show("/people/{id:int}/erase", erasing, Right.DATA),
    Act("/people/{id:int}/erase", forget, Right.DATA),
)
