"""Makes words of what the ledger holds: a text's key, its values as JSON, and the choices it offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from config.centre_model import LANGUAGES, Centre
from words import sms
from words.catalogue import Catalogue
from words.days import say_date, say_day, say_moment, say_time

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Style:
    """What a channel can show: choices as buttons, and whether only plain letters are wanted."""

    buttons: bool
    plain: bool


@dataclass(frozen=True, slots=True)
class Say:
    """A text of the catalogue with its values."""

    key: str
    params: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """A choice: what is answered for it, and what it says."""

    mark: str
    say: Say


@dataclass(frozen=True, slots=True)
class _Manner:
    """How values are said: with the text's variant for buttons, at length, and with which day as today (or unsaid)."""

    language: str
    buttons: bool
    long: bool
    today: date | None


class Composer:
    """Says things in a club's name.

    Values are named by what they are: `*_at` an instant (ISO, with its offset), `*_time` the same as a clock shows it,
    `*_day` a date near today, `*_date` one of any year, `*_zloty` an amount, `service` a service's code (gives
    `service_name` too, its full name; None leaves it unnamed), `place` a station's or a room's code or `phone` or `remote` (gives
    `place_signed` too, which names the office where there is no room), a list a line for each of its
    {"key": ..., "params": ...}. Anything else is said as it is. Every text can name {office}, {phone},
    {address}, {office_room}, {hours}, {club}, {description}, {emergency} and {crisis_lines} without being given them.
    """

    def __init__(self, catalogue: Catalogue, centre: Centre) -> None:
        self._catalogue = catalogue
        self._centre = centre
        self._zone = centre.zone
        self._known: dict[tuple[str, bool], dict[str, str]] = {
            (language, long): self._office(_Manner(language, long, long, None))
            for language in LANGUAGES
            for long in (False, True)
        }

    def text(
        self,
        language: str,
        key: str,
        params: Values,
        style: Style,
        today: date,
        options: Sequence[Option] = (),
    ) -> str:
        """The whole message; `{options}` in it becomes the numbered choices, one a line.

        A text may have a variant `key_named`, for when {first_name} is given: it goes to a phone that several people share.
        """
        if "first_name" in params and self._catalogue.has(language, f"{key}_named"):
            key = f"{key}_named"
        manner = _Manner(language, style.buttons, style.buttons, today)
        values = self._said(params, manner)
        values["options"] = "\n".join(
            f"{option.mark}) {self._choice(option.say, manner)}" for option in options if _is_numbered(option)
        )
        return _finished(_capital(self._filled(key, values, manner)), style)

    def label(self, language: str, say: Say, style: Style, today: date) -> str:
        """What a choice says: after its number, or with a capital on a button."""
        said = self._choice(say, _Manner(language, style.buttons, style.buttons, today))
        return _finished(_capital(said) if style.buttons else said, style)

    def _choice(self, say: Say, manner: _Manner) -> str:
        """Short, and without `jutro`: choices stand in lists and on narrow buttons."""
        brief = replace(manner, long=False, today=None)
        return self._filled(say.key, self._said(say.params, brief), brief)

    def _line(self, item: Values, manner: _Manner) -> str:
        """One of a list's things; an SMS has no room for `jutro` in each."""
        shown = manner if manner.buttons else replace(manner, today=None)
        return self._filled(item["key"], self._said(item.get("params", {}), shown), shown)

    def _filled(self, key: str, values: dict[str, str], manner: _Manner) -> str:
        variant = f"{key}:buttons"
        chosen = variant if manner.buttons and self._catalogue.has(manner.language, variant) else key
        return self._catalogue.fill(
            manner.language, chosen, {**self._known[manner.language, manner.long], **values}
        )

    def _said(self, params: Values, manner: _Manner) -> dict[str, str]:
        said: dict[str, str] = {}
        for name, value in params.items():
            if name == "service":
                said |= self._service(value, manner)
            elif name == "place":
                said |= self._place(value, manner)
            else:
                said[name] = self._value(name, value, manner)
        return said

    def _value(self, name: str, value: Any, manner: _Manner) -> str:
        if isinstance(value, list):
            return "\n".join(self._line(item, manner) for item in value)
        _, parted, kind = name.rpartition("_")
        return self._of_kind(kind, value, manner) if parted else str(value)

    def _of_kind(self, kind: str, value: Any, manner: _Manner) -> str:
        language, long = manner.language, manner.long
        match kind:
            case "at":
                said = say_moment(self._local(value), language, long=long, today=manner.today)
            case "time":
                said = say_time(self._local(value))
            case "day":
                said = say_day(date.fromisoformat(value), language, long=long)
            case "date":
                said = say_date(date.fromisoformat(value), language)
            case "zloty":
                said = str(value) if language == "en" else str(value).replace(".", ",")
            case _:
                said = str(value)
        return said

    def _service(self, code: str | None, manner: _Manner) -> dict[str, str]:
        """A service that has left the club's file since is named by its code, rather than stop the message."""
        if code is None:
            unnamed = self._filled("service_unnamed", {}, manner)
            return {"service": unnamed, "service_name": unnamed}
        if not self._centre.has_service(code):
            return {"service": code, "service_name": code}
        service = self._centre.service(code)
        name = service.name.in_language(manner.language)
        return {
            "service": name if manner.long else service.short.in_language(manner.language),
            "service_name": name,
        }

    def _place(self, place: str, manner: _Manner) -> dict[str, str]:
        if place in ("phone", "remote"):
            said = self._filled(f"place_{place}", {}, manner)
            return {"place": said, "place_signed": self._filled("place_signed", {"place": said}, manner)}
        said = self._known[manner.language, manner.long]["address"]
        if self._centre.has_station(place) or self._centre.has_room(place):
            centre = self._centre
            room = centre.room_of(place) if centre.has_station(place) else centre.room(place)
            floor = self._filled(f"floor_{room.floor}", {}, manner)
            said = self._filled("place_room", {"room": room.number, "floor": floor}, manner)
        return {"place": said, "place_signed": said}

    def _office(self, manner: _Manner) -> dict[str, str]:
        contact, say = self._centre.contact, self._catalogue.say
        extension = (
            say(manner.language, "extension", extension=contact.extension) if contact.extension else ""
        )
        floor = say(manner.language, f"floor_{contact.floor}")
        return {
            "office": f"{contact.phone} {extension}".strip(),
            "phone": contact.phone,
            "address": contact.street if manner.long else contact.street_short,
            "office_room": say(manner.language, "room", room=contact.room, floor=floor),
            "hours": contact.hours.in_language(manner.language),
            "club": self._centre.name,
            "description": self._centre.description.in_language(manner.language),
            **self._data(manner),
            "emergency": self._centre.crisis.emergency,
            "crisis_lines": ", ".join(
                f"{line.who.in_language(manner.language)} {line.phone}" for line in self._centre.crisis.lines
            ),
        }

    def _data(self, manner: _Manner) -> dict[str, str]:
        """What the information clause names."""
        data, kept = self._centre.data, self._centre.retention
        return {
            "controller": data.controller,
            "inspector": data.inspector.in_language(manner.language),
            "clause_version": data.version,
            **{
                f"keep_{kind}": str(getattr(kept, kind))
                for kind in ("bodies", "ledger", "declarations", "visits", "audit", "left")
            },
        }

    def _local(self, instant: str) -> datetime:
        """On the club's clock, by the instant's own offset: so an hour that comes twice is never mistaken."""
        moment = datetime.fromisoformat(instant)
        if moment.tzinfo is None:
            raise ValueError(f"an instant without its offset: {instant}")
        return moment.astimezone(self._zone)


def _is_numbered(option: Option) -> bool:
    """`0` and words such as TAK stand in the text's own sentence."""
    return option.mark.isdigit() and option.mark != "0"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _finished(text: str, style: Style) -> str:
    return sms.plain(text) if style.plain else text
