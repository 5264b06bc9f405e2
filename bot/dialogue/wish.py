"""What somebody wishes to have: a service, days and hours, and perhaps the visit that is to move there."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from typing import Any, Self
from zoneinfo import ZoneInfo

from bot.dialogue.questions import Value
from bot.dialogue.reading.when import When
from scheduler.calendar import instant
from scheduler.free_times import Search
from scheduler.people import Person
from scheduler.visits import Visit

_DAYS = ("first_day", "last_day")
_TIMES = ("at", "from_time", "until_time")


@dataclass(frozen=True, slots=True)
class Wish:
    """Days and times are the club's local ones; None leaves it open. `version` is of the visit that moves."""

    service: str | None = None
    visit_id: int | None = None
    version: int | None = None
    person_id: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    at: time | None = None
    from_time: time | None = None
    until_time: time | None = None

    @classmethod
    def of(cls, value: Value) -> Self:
        """As a choice kept it."""
        known: dict[str, Any] = {name: value.get(name) for name in cls.__slots__}
        known |= {name: date.fromisoformat(known[name]) for name in _DAYS if known[name]}
        known |= {name: time.fromisoformat(known[name]) for name in _TIMES if known[name]}
        return cls(**known)

    @classmethod
    def to_move(cls, visit: Visit) -> Self:
        """The same visit at another time."""
        return cls(visit.service, visit.id, visit.version, visit.participant_id)

    @property
    def is_open(self) -> bool:
        """Whether any time will do."""
        return all(getattr(self, name) is None for name in (*_DAYS, *_TIMES))

    @property
    def is_any_hour(self) -> bool:
        """Whether no hour was named."""
        return all(getattr(self, name) is None for name in _TIMES)

    @property
    def day(self) -> date | None:
        """The one day that was named."""
        return self.first_day if self.first_day == self.last_day else None

    def when(self, said: When) -> Self:
        """The same at the days and times that were said."""
        return replace(self, **{name: getattr(said, name) for name in (*_DAYS, *_TIMES)})

    def on(self, day: date) -> Self:
        """The same on just that day, at the hours that were wished for."""
        return replace(self, first_day=day, last_day=day)

    def any_time(self) -> Self:
        """The same with no wish for a day or an hour."""
        return replace(self, **dict.fromkeys((*_DAYS, *_TIMES)))

    def search(self, person: Person) -> Search:
        """What to look for in the diary, and not after the last day on which the person may come."""
        last = min(filter(None, (self.last_day, person.contract_until)), default=None)
        assert self.service is not None
        return Search(
            self.service,
            self.first_day,
            last,
            self.from_time,
            self.until_time,
            self.at,
            person_id=person.id,
            moving=self.visit_id,
        )

    def moment(self, zone: ZoneInfo) -> datetime | None:
        """The one instant that was named, if a day and an hour were."""
        return instant(self.day, self.at, zone) if self.day and self.at else None

    def as_value(self, do: str, **more: Any) -> dict[str, Any]:
        """As a choice keeps it: JSON, without what was not said."""
        parts = {"do": do, **asdict(self), **more}
        return {
            name: part.isoformat() if isinstance(part, date | time) else part
            for name, part in parts.items()
            if part is not None
        }
