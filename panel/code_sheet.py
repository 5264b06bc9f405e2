"""What somebody takes home from the desk: how to write to the club, a code for Telegram, and the information clause."""

from datetime import date
from typing import Any

import segno
from markupsafe import Markup

from panel.asked import Asked
from scheduler.calendar import local
from scheduler.linking import VALID_FOR, new_code
from scheduler.people import Person
from words.compose import Style

PROSE = Style(buttons=True, plain=False)


def code_sheet(asked: Asked, someone: Person) -> dict[str, Any]:
    """A new code and the page it stands on, in the participant's language. Nobody can show that code again: only its hash is kept.

    Raises:
        HasNoCode: they have left.
    """
    code = new_code(asked.tx, someone.id)
    link = f"https://t.me/{asked.bot_name}?start={code}" if asked.bot_name else None
    title, *blocks = _clause(asked, someone.language).split("\n\n")
    return {
        "someone": someone,
        "code": code,
        "link": link,
        "qr": qr(link or code),
        "until": local(asked.tx.now + VALID_FOR, asked.centre.zone).date(),
        "their": asked.words.speech.in_language(someone.language),
        "sms_to": asked.account if (asked.account or "").startswith("+") else None,
        "office": asked.centre.contact,
        "clause_title": title,
        "clause": [block.partition("\n") for block in blocks],
    }


def qr(text: str) -> Markup:
    """A QR code as SVG, black on white whatever the page's colours: cameras want it so."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(omitsize=True, dark="#000", light="#fff")
    return Markup(drawn)  # noqa: S704  segno draws squares and repeats nothing of the text


def _clause(asked: Asked, language: str) -> str:
    return asked.words.composer.text(language, "clause", {}, PROSE, date.min)
