"""Makes HTML of a page: the layout, who is logged in, the panel's words."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from config.centre import LANGUAGES, Centre
from panel.asked import Page
from panel.menu import menu
from panel.speech import Speech, Words
from scheduler.accounts import Signed
from scheduler.phones import readable
from scheduler.rights import Right, may

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a page is made, and at which address; `staff` is None before the log-in."""

    staff: Signed | None
    language: str
    path: str
    form_token: str
    query: Mapping[str, str]


class Renderer:
    """The templates, read once."""

    def __init__(self, centre: Centre, speech: Speech) -> None:
        self.centre, self.speech = centre, speech

    @cached_property
    def environment(self) -> Environment:
        return Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def html(self, page: Page, reader: Reader) -> str:
        words = self.speech.in_language(reader.language)
        return self.environment.get_template(page.template).render(
            **_around(self.centre, words, reader), **page.values
        )


def _around(centre: Centre, words: Words, reader: Reader) -> dict[str, Any]:
    """What every template can say and ask."""
    staff = reader.staff
    return {
        "club": centre.name,
        "t": words.say,
        "day": words.day,
        "date": words.date,
        "clock": words.clock,
        "moment": words.moment,
        "zloty": words.zloty,
        "local": words.local,
        "number": readable,
        "language": words.language,
        "languages": LANGUAGES,
        "staff": staff,
        "right": Right,
        "may": lambda right: staff is not None and may(staff.role, right),
        "menu": menu(staff, reader.path) if staff else (),
        "here": reader.path,
        "form_token": reader.form_token,
        "fresh": lambda: secrets.token_hex(8),
        "done": _done(words, reader.query),
    }


def _done(words: Words, query: Mapping[str, str]) -> dict[str, Any] | None:
    """What was just done, as the address says: a text of ours and a number, nothing else of it is shown."""
    key, of = query.get("done", ""), query.get("of", "")
    if not key.startswith("done_") or not words.has(key):
        return None
    undo = f"undo_{key.removeprefix('done_')}"
    number = of if of.isdecimal() and len(of) < 16 else None
    is_undone = number is not None and words.has(undo)
    return {"text": words.say(key), "undo": words.say(undo, of=number) if is_undone else None}
