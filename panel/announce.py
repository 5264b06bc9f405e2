"""Writing an announcement: what, to whom, how urgent. Nothing goes before its page has shown what would happen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from panel.asked import Act, Asked, Go, Page, Show
from panel.fields import Fields
from scheduler import announcements as use
from scheduler import drafts
from scheduler.announced import Announcement, Draft, Status, announcement
from scheduler.announcing import LONGEST, NothingSaid, TooLong, Words, worded
from scheduler.audience import Audience
from scheduler.calendar import day_span
from scheduler.impact import Closed
from scheduler.purposes import Purpose
from scheduler.rights import Right
from storage import groups

PURPOSES = (Purpose.ANNOUNCEMENT, Purpose.URGENT)
CHANNELS = ("telegram", "sms")
CLOSED = "closed"  # the reason that a closure's row keeps


@dataclass(frozen=True, slots=True)
class _Days:
    """From one local day to another, both counted; an hour on the first alone."""

    first: date
    last: date
    after: time | None = None


def show(asked: Asked) -> Page:
    """An empty form, or that of one which its writer changes."""
    before = _begun(asked)
    return _form(asked, _as_typed(asked, before) if before else {}, {})


def write(asked: Asked) -> Page | Go:
    """It stands as a draft that only its writer sees; its page shows what would happen."""
    fields = Fields(asked)
    draft = _draft(asked, fields)
    if draft is None:
        return _form(asked, asked.form, fields.errors, 422)
    if before := _begun(asked):
        use.undo(asked.tx, before.id, by=asked.staff.person_id)
    known = drafts.begin(asked.tx, draft, by=asked.staff.person_id)
    return Go(f"/panel/announcements/{known.id}")


def _begun(asked: Asked) -> Announcement | None:
    """What is written anew, if it is theirs and not sent."""
    said = asked.form.get("instead") or asked.query.get("instead", "")
    if not (said.isdecimal() and len(said) < 10):
        return None
    known = announcement(asked.tx, int(said))
    is_theirs = known.status is Status.BEGUN and known.written_by_id == asked.staff.person_id
    return known if is_theirs else None


def _form(asked: Asked, given: Mapping[str, Any], errors: dict[str, str], status: int = 200) -> Page:
    everybody = ("", asked.say("announce_everybody"))
    values = {
        "given": {name: given.get(name, "") for name in FIELDS},
        "groups": [everybody, *((name, name) for name in groups.ids_by_name(asked.tx))],
        "purposes": [(one.value, asked.say(f"announce_purpose_{one}")) for one in PURPOSES],
        "channels": [
            ("", asked.say("announce_any_channel")),
            *((one, asked.say(f"messages_channel_{one}")) for one in CHANNELS),
        ],
        "longest": LONGEST,
        "errors": errors,
    }
    return Page("announce.html", values, status)


FIELDS = (
    "pl", "uk", "en", "group", "channel", "visit_from", "visit_to", "purpose", "asks",
    "closed_from", "closed_at", "closed_to", "instead",
)  # fmt: skip


def _draft(asked: Asked, fields: Fields) -> Draft | None:
    words, audience = _words(asked, fields), _audience(asked, fields)
    closed = _days(fields, "closed_from", "closed_to", "closed_at")
    purpose = fields.one_of("purpose", [one.value for one in PURPOSES])
    if fields.errors or words is None or purpose is None:
        return None
    shut = Closed(closed.first, closed.last, CLOSED, closed.after) if closed else None
    return Draft(words, audience, Purpose.URGENT if shut else Purpose(purpose), shut)


def _words(asked: Asked, fields: Fields) -> Words | None:
    try:
        return worded({one: asked.form.get(one) for one in ("pl", "uk", "en")}, asks="asks" in asked.form)
    except NothingSaid:
        fields.wrong("pl", "field_missing")
    except TooLong:
        fields.wrong("pl", "field_too_long", most=LONGEST)
    return None


def _audience(asked: Asked, fields: Fields) -> Audience:
    group = fields.one_of("group", ["", *groups.ids_by_name(asked.tx)])
    channel = fields.one_of("channel", ["", *CHANNELS])
    visits = _days(fields, "visit_from", "visit_to")
    begins, ends = day_span(visits.first, visits.last, asked.centre.zone) if visits else (None, None)
    return Audience(group or None, begins, ends, channel or None)


def _days(fields: Fields, first: str, last: str, after: str = "") -> _Days | None:
    begins, ends = fields.day(first, required=False), fields.day(last, required=False)
    clock = fields.clock(after, required=False) if after else None
    if begins is None:
        if ends or clock:
            fields.wrong(first, "announce_first_day")
        return None
    ends = ends or begins
    if ends < begins:
        fields.wrong(last, "announce_last_first")
    if clock and ends != begins:
        fields.wrong(after, "announce_one_day")
    return _Days(begins, ends, clock)


def _as_typed(asked: Asked, known: Announcement) -> dict[str, Any]:
    """The form's fields of a draft."""
    draft, closed = known.draft, known.draft.closed
    return {
        **draft.words.texts,
        "group": draft.audience.group or "",
        "channel": draft.audience.channel or "",
        "visit_from": _local_day(asked, draft.audience.begins),
        "visit_to": _local_day(asked, draft.audience.ends, ends=True),
        "purpose": draft.purpose.value,
        "asks": draft.words.asks,
        "closed_from": closed.first if closed else "",
        "closed_to": closed.last if closed else "",
        "closed_at": f"{closed.after:%H:%M}" if closed and closed.after else "",
        "instead": known.id,
    }


def _local_day(asked: Asked, at: datetime | None, *, ends: bool = False) -> str:
    """The day; of an end, which is the next day's first instant, the one before."""
    if at is None:
        return ""
    local = asked.words.local(at)
    day = local.date()
    return (date.fromordinal(day.toordinal() - 1) if ends else day).isoformat()


PAGES = (
    Show("/announcements/new", show, Right.ANNOUNCE),
    Act("/announcements/write", write, Right.ANNOUNCE),
)
