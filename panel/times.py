"""Free times as a page lists them: what is wanted, and each in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar

from panel.asked import Asked
from scheduler.free_times import Search, free_times
from scheduler.visits import FreeTime
from scheduler.who_has import who_serve
from words.compose import Say, Style

SHOWN = 8
HOURS = range(7, 20)
YEARS = range(2000, 2100)
PLAIN = Style(buttons=False, plain=False)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows a list of times down; whatever can't be read narrows nothing.

    Attributes:
        after: the list goes on from there.
    """

    day: date | None = None
    from_time: time | None = None
    specialist_id: int | None = None
    after: datetime | None = None

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> "Wanted":
        return cls(
            read(date.fromisoformat, fields.get("day")),
            read(_on_the_wall, fields.get("time")),
            number(fields.get("specialist")),
            instant(fields.get("after")),
        )

    @property
    def fields(self) -> dict[str, str]:
        """The same as an address or a form holds it, but for `after`."""
        return {
            "day": self.day.isoformat() if self.day else "",
            "time": f"{self.from_time:%H:%M}" if self.from_time else "",
            "specialist": str(self.specialist_id or ""),
        }


@dataclass(frozen=True, slots=True)
class Offered:
    """A free time in words."""

    value: str
    at: datetime
    note: str


def times(asked: Asked, search: Search, wanted: Wanted) -> dict[str, Any]:
    """What a template needs for a list of free times."""
    found = free_times(asked.tx, asked.centre, search, SHOWN + 1, wanted.after)
    more = found[SHOWN - 1].starts_at.isoformat() if len(found) > SHOWN else ""
    return choices(asked, search.service, wanted) | {
        "times": offered(asked, search.service, found[:SHOWN]),
        "more": more,
    }


def choices(asked: Asked, service: str, wanted: Wanted) -> dict[str, Any]:
    """What a list of times can be narrowed down by, and is now."""
    hours = sorted({f"{hour:02}:00" for hour in HOURS} | {wanted.fields["time"]} - {""})
    anybody, any_hour = ("", asked.say("times_anybody")), ("", asked.say("times_any_hour"))
    return {
        "wanted": wanted.fields,
        "hours": [any_hour, *((hour, asked.say("times_from", hour=hour)) for hour in hours)],
        "specialists": [anybody, *who_serve(asked.tx, service)],
    }


def offered(asked: Asked, service: str, found: Iterable[FreeTime]) -> list[Offered]:
    """Each with who serves, and where."""
    names = dict(who_serve(asked.tx, service))
    return [
        Offered(
            one.starts_at.isoformat(),
            one.starts_at,
            f"{names.get(one.specialist_id, '')}, {place(asked, one.station, one.mode)}",
        )
        for one in found
    ]


def place(asked: Asked, station: str | None, mode: str) -> str:
    """The room, or how they speak instead, in the bot's words."""
    room = asked.centre.room_of(station).number if station and asked.centre.has_station(station) else station
    say = Say("door_room", {"room": room}) if station else Say(f"place_{mode}")
    return asked.words.composer.label(asked.words.language, say, PLAIN, asked.tx.now.date())


def _on_the_wall(text: str) -> time:
    return time.fromisoformat(text).replace(tzinfo=None)


def instant(text: str | None) -> datetime | None:
    """An instant with its offset, of a year that a diary could have; None if it is none."""
    found = read(datetime.fromisoformat, text)
    return found if found is not None and found.tzinfo is not None and found.year in YEARS else None


def number(text: str | None) -> int | None:
    """An id; None if it is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


def read(how: Callable[[str], T], text: str | None) -> T | None:
    """What the text says, if it can be read so."""
    try:
        return how(text) if text else None
    except ValueError:
        return None
