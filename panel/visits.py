"""One visit: who, when and where, what happened to it, what was told to whom, and what can be done with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from panel.asked import Act, Asked, Page, Show
from panel.day import KINDS
from panel.log_words import Done, in_words
from panel.times import place
from panel.visit_acts import ACTS
from panel.visit_move import MOVING
from scheduler import today as day
from scheduler.at_the_desk import channel_of, facts
from scheduler.booked import visit as the_visit
from scheduler.calendar import local
from scheduler.ledger_view import LedgerRow, ledger_rows
from scheduler.people import person
from scheduler.person_page import Line
from scheduler.rights import Right
from scheduler.states import MessageState
from scheduler.visits import Visit, VisitStatus
from storage import visit_history
from words.compose import Style

PROSE = Style(buttons=True, plain=False)
GONE = {MessageState.FAILED, MessageState.EXPIRED}
THERE = {MessageState.SENT, MessageState.DELIVERED}


@dataclass(frozen=True, slots=True)
class Told:
    """One message about the visit; `text` is empty for whoever may not read messages."""

    at: datetime
    what: str
    channel: str
    status: MessageState
    text: str

    @property
    def kind(self) -> str:
        """How its state looks."""
        if self.status in THERE:
            return "good"
        return "bad" if self.status in GONE else "quiet" if self.status is MessageState.WITHDRAWN else "wait"


def show(asked: Asked) -> Page:
    """All of it."""
    return Page("visit.html", _visit(asked, the_visit(asked.tx, asked.path["id"])))


def told(asked: Asked) -> Page:
    """What was told, which changes while the page is open."""
    visit = the_visit(asked.tx, asked.path["id"])
    return Page("visit_told.html", {"told": _told(asked, visit), "id": visit.id})


def _visit(asked: Asked, visit: Visit) -> dict[str, Any]:
    tx, centre, words = asked.tx, asked.centre, asked.words
    shown = local(visit.starts_at, centre.zone).date()
    row = next(one for one in day.today(tx, centre, shown) if one.id == visit.id)
    said = day.words(words.composer, centre, row, words.language)
    is_ahead = visit.starts_at > tx.now
    return {
        "id": visit.id,
        "visit": row,
        "said": said,
        "look": KINDS[visit.status],
        "day_shown": shown,
        "place": place(asked, visit.station, visit.mode),
        "with_details": asked.may(Right.DETAILS),
        "told": _told(asked, visit),
        "lines": _lines(asked, visit.id),
        "to_tell": _to_tell(asked, visit) if is_ahead else "",
        "can_change": visit.is_open and is_ahead,
        "can_undo": visit.status is VisitStatus.GIVEN_BACK and is_ahead,
        "can_note": visit.is_open and visit.ends_at > tx.now,
    }


def _to_tell(asked: Asked, visit: Visit) -> str:
    """What somebody has to say who speaks with the participant, where nothing can be written to them; else empty."""
    if channel_of(asked.tx, visit.participant_id) is not None:
        return ""
    key = "club_booked" if visit.is_open else "club_given_back"
    whose = person(asked.tx, visit.participant_id).language
    today = local(asked.tx.now, asked.centre.zone).date()
    return asked.words.composer.text(whose, key, facts(visit), PROSE, today)


def _told(asked: Asked, visit: Visit) -> list[Told]:
    """By when each goes or went."""
    about = {row.id: row for row in visit_history.messages(asked.tx, visit.id)}
    if not about:
        return []
    rows = ledger_rows(asked.tx, asked.centre, asked.words.composer, person_id=visit.participant_id)
    found = [_of(asked, row, about[row.id]) for row in rows if row.id in about]
    return sorted(found, key=lambda one: one.at)


def _of(asked: Asked, row: LedgerRow, stored: Any) -> Told:
    channel = row.attempts[-1].channel if row.attempts else stored.channel
    text = (row.text or "") if asked.may(Right.DETAILS) else ""
    return Told(
        max(row.send_after, stored.posted_at), _what(asked, row, stored), channel or "", row.status, text
    )


def _what(asked: Asked, row: LedgerRow, stored: Any) -> str:
    """What a message is about: by its text where that says more than its purpose."""
    own = f"told_of_{stored.text}"
    return asked.say(own if asked.words.has(own) else f"messages_purpose_{row.purpose}")


def _lines(asked: Asked, visit_id: int) -> list[Done]:
    """What the log says of it."""
    return [
        in_words(asked.words, Line(row.at, row.actor, _by(row), row.action, row.details))
        for row in visit_history.lines(asked.tx, visit_id)
    ]


def _by(row: Any) -> str | None:
    """The name of whoever on the staff did it, if it is known; the participant is not named again."""
    return row.who if row.actor == "staff" else None


PAGES: tuple[Show | Act, ...] = (
    Show("/visits/{id:int}", show, Right.VISITS),
    Show("/visits/{id:int}/told", told, Right.VISITS),
    *MOVING,
    *ACTS,
)
