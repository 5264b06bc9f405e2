"""A slip to print for somebody without a phone: each visit to come on a page of its own, and no word of what it is about."""

from panel.asked import Asked, Page, Show
from panel.code_sheet import PROSE
from panel.person import whose
from scheduler.booked import coming
from scheduler.rights import Right
from scheduler.visits import Visit


def show(asked: Asked) -> Page:
    """One slip for each visit to come, in the participant's language."""
    who = whose(asked)
    visits = [one for one in coming(asked.tx, [who.id]) if one.starts_at > asked.tx.now]
    slips = [_slip(asked, who.language, one) for one in visits]
    return Page("person_slip.html", {"someone": who, "slips": slips, "said": _said(asked, who.language)})


def _slip(asked: Asked, language: str, visit: Visit) -> dict[str, object]:
    here = asked.words.local(visit.starts_at)
    day = {"on_day": here.date().isoformat()}
    return {
        "at": here,
        "day": _say(asked, language, "option_day", **day),
        "place": _say(asked, language, "slip_place", place=visit.place),
    }


def _said(asked: Asked, language: str) -> dict[str, str]:
    keys = {"title": "ics_title", "change": "slip_change", "hours": "slip_hours", "found": "slip_found"}
    return {name: _say(asked, language, key) for name, key in keys.items()}


def _say(asked: Asked, language: str, key: str, **params: object) -> str:
    today = asked.words.local(asked.tx.now).date()
    return asked.words.composer.text(language, key, params, PROSE, today)


PAGES = (Show("/people/{id:int}/slip", show, Right.PEOPLE),)
