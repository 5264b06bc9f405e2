"""Reads what was filled in; what can't be read is an error beside its field."""

from collections.abc import Collection
from datetime import date, datetime, time

from panel.asked import Asked
from scheduler.calendar import instant


class Fields:
    """A form's values. Each reader returns None for what is missing or wrong, and keeps why in `errors`, by the field's name."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.given = {**asked.query, **asked.form}
        self.errors: dict[str, str] = {}

    def wrong(self, name: str, key: str, **values: object) -> None:
        """Say of a field what is wrong with it; the first reason stays."""
        self.errors.setdefault(name, self.asked.say(key, **values))

    def text(self, name: str, *, most: int = 200, required: bool = True) -> str:
        """Without spaces around it; "" if it is missing."""
        said = " ".join(self.given.get(name, "").split())
        if not said and required:
            self.wrong(name, "field_missing")
        if len(said) > most:
            self.wrong(name, "field_too_long", most=most)
        return said

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number from `least` to `most`."""
        said = self.given.get(name, "").strip()
        if said.isascii() and said.isdigit() and len(said) < 10 and least <= int(said) <= most:
            return int(said)
        self.wrong(name, "field_number", least=least, most=most)
        return None

    def one_of(self, name: str, allowed: Collection[str]) -> str | None:
        """One of the values that the page offered."""
        said = self.given.get(name, "")
        if said in allowed:
            return said
        self.wrong(name, "field_choose")
        return None

    def day(self, name: str, *, required: bool = True) -> date | None:
        """A local day, as a date field sends it."""
        said = self.given.get(name, "").strip()
        if not said and not required:
            return None
        try:
            found = date.fromisoformat(said)
        except ValueError:
            self.wrong(name, "field_day")
            return None
        if not 2000 <= found.year <= 2100:
            self.wrong(name, "field_day")
            return None
        return found

    def clock(self, name: str, *, required: bool = True) -> time | None:
        """A local time of day."""
        said = self.given.get(name, "").strip()
        if not said and not required:
            return None
        try:
            return time.fromisoformat(said).replace(second=0, microsecond=0, tzinfo=None)
        except ValueError:
            self.wrong(name, "field_clock")
            return None

    def moment(self, day: date, clock: time, name: str) -> datetime | None:
        """That local day and time as an instant."""
        found = instant(day, clock, self.asked.centre.zone)
        if found is None:
            self.wrong(name, "field_skipped")
        return found
