"""A specialist's calendar for their own program, RFC 5545: "Spotkanie" and initials, in the club's own time zone."""

from datetime import UTC, datetime, timedelta

from icalendar import CLASS, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from panel.desk import Parts
from panel.speech import Speech, Words
from scheduler.calendar_feed import Entry, Feed, feed

OFTEN = timedelta(minutes=15)  # how often programs shall look
HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


# Poland's clock as the EU's directive 2000/84/EC has it. The library's own list of dates has each change an hour late,
# which one of the two programs of the tests reads as winter time all year.
SUMMER, WINTER = timedelta(hours=2), timedelta(hours=1)
CHANGES = (
    (TimezoneDaylight, datetime(1996, 3, 31, 2), 3, WINTER, SUMMER),  # noqa: DTZ001  by the clock on the wall
    (TimezoneStandard, datetime(1996, 10, 27, 3), 10, SUMMER, WINTER),  # noqa: DTZ001
)


def calendars(parts: Parts) -> Starlette:
    """Everything under /calendar."""
    speech = Speech(parts.composer, parts.centre.zone)

    async def show(request: Request) -> Response:
        now, token = parts.clock.now(), request.path_params["token"]
        found = await parts.database.read(lambda tx: feed(tx, parts.centre, token, parts.key), now)
        if found is None:
            return PlainTextResponse("There is no such calendar.", 404, HEADERS)
        content = _calendar(parts, speech.in_language(found.language), found).to_ical()
        return Response(content, headers=HEADERS, media_type="text/calendar; charset=utf-8")

    return Starlette(routes=[Route("/{token}.ics", show)])


def _calendar(parts: Parts, words: Words, found: Feed) -> Calendar:
    calendar = Calendar.new(prodid="-//Termin//PL", name=parts.centre.name, refresh_interval=OFTEN)
    calendar.add_component(_zone(parts.centre.zone.key))
    stamp = parts.clock.now().astimezone(UTC)
    for entry in found.entries:
        event = _event(words, entry)
        event.DTSTAMP = stamp
        calendar.add_component(event)
    return calendar


def _zone(name: str) -> Timezone:
    zone = Timezone()
    zone.add("TZID", name)
    for kind, since, month, before, after in CHANGES:
        change = kind()
        change.add("DTSTART", since)
        change.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        change.add("TZOFFSETFROM", before)
        change.add("TZOFFSETTO", after)
        zone.add_component(change)
    return zone


def _event(words: Words, entry: Entry) -> Event:
    title = words.say("calendar_title", initials=entry.initials).strip()
    return Event.new(
        uid=entry.uid,
        sequence=entry.version,
        start=words.local(entry.starts_at),
        end=words.local(entry.ends_at),
        summary=title,
        location=words.say("calendar_room", room=entry.room) if entry.room else None,
        classification=CLASS.PRIVATE,
    )
