"""What is attached to a message: a booked visit for one's own calendar (neutral, for others look into calendars), or a page of text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from scheduler.channels import Outgoing
from words.compose import Composer, Style

KIND = "ics"
TEXT = "text"
_PROSE = Style(buttons=True, plain=False)


@dataclass(frozen=True, slots=True)
class Attached:
    """What is attached."""

    name: str
    content: bytes


class CalendarFiles:
    """Makes files of what the ledger's parameter `file` says.

    It is {"kind": "ics", "appointment_id", "version", "starts_at", "ends_at" (ISO, UTC), "place"}: the same visit keeps its uid,
    and a later version its higher sequence, so that a calendar moves the entry instead of adding another. Or it is {"kind":
    "text", "name", "text"}.
    """

    def __init__(self, composer: Composer) -> None:
        self._composer = composer

    def of(self, outgoing: Outgoing) -> Attached | None:
        """None if the message has no such file."""
        given = outgoing.file
        if given is not None and given.get("kind") == TEXT:
            return Attached(given["name"], given["text"].encode())
        if given is None or given.get("kind") != KIND:
            return None
        from icalendar import CLASS, Calendar, Event  # noqa: PLC0415  a tenth of the whole start, if it were above

        starts_at = datetime.fromisoformat(given["starts_at"])
        event = Event.new(
            uid=f"visit-{given['appointment_id']}@termin",
            sequence=int(given.get("version", 0)),
            stamp=datetime.now(UTC),
            start=starts_at.astimezone(UTC),
            end=datetime.fromisoformat(given["ends_at"]).astimezone(UTC),
            summary=self._say(outgoing.language, "ics_title", {}, starts_at.date()),
            description=self._say(
                outgoing.language, "ics_description", {"place": given["place"]}, starts_at.date()
            ),
            classification=CLASS.PRIVATE,
        )
        calendar = Calendar.new(prodid="-//Termin//PL", subcomponents=[event])
        return Attached("spotkanie.ics", calendar.to_ical())

    def _say(self, language: str, key: str, params: Mapping[str, Any], day: date) -> str:
        return self._composer.text(language, key, params, _PROSE, day)
