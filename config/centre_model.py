"""What a club is: its services, rooms, people, hours and rules, as its file says them."""

from datetime import date
from functools import cached_property
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StringConstraints

from config.centre_announcements import AnnouncementRules
from config.centre_data import Data, Retention
from config.centre_digest import DigestRules
from config.centre_pages import Advice, Crisis, Works
from config.centre_parts import (
    LANGUAGES,
    Code,
    Count,
    Extension,
    Floor,
    Language,
    LocalTime,
    Minutes,
    Part,
    Phone,
    Postcode,
    Text,
    Texts,
    Weekday,
    known_zone,
)
from config.centre_policy import Health, PolicyRules
from config.centre_waiting import WaitingRules

__all__ = ["LANGUAGES", "Language", "Part", "Texts"]

Mode = Literal["in_person", "phone", "remote"]


class Opening(Part):
    """A stretch of a weekday (1 is Monday) in which the office answers."""

    weekday: Weekday
    starts: LocalTime
    ends: LocalTime


class Contact(Part):
    """Who answers, and where: the office behind every dead end."""

    name: Text
    phone: Phone
    extension: Extension = ""
    street: Text
    street_short: Text
    postcode: Postcode
    town: Text
    floor: Floor
    room: Text
    open: tuple[Opening, ...]
    hours: Texts


class Service(Part):
    """What can be booked: visits of so many minutes, one beginning every so many."""

    code: Code
    name: Texts
    short: Texts
    words: dict[Language, tuple[Text, ...]]
    minutes: Count
    every_minutes: Count
    enabled: bool = True


class Station(Part):
    """A desk at which one client sits at a time."""

    code: Code
    name: Text


class Room(Part):
    """A room with its stations; its area and zone bound what groups may do in it."""

    code: Code
    number: Text
    floor: Floor
    name: Texts
    area_m2: Annotated[float, Field(gt=0)]
    zone: Text
    stations: tuple[Station, ...]


class Specialist(Part):
    """Who is booked: a psychologist, an adviser; the initials stand where names would be too long."""

    code: Code
    full_name: Text
    initials: Annotated[str, StringConstraints(min_length=1, max_length=4)]


class Hours(Part):
    """A stretch of every week (1 is Monday) in which a specialist serves one service in one place."""

    specialist: str
    service: str
    weekday: Weekday
    starts: LocalTime
    ends: LocalTime
    station: str | None = None
    mode: Mode = "in_person"


class Closure(Part):
    """Days on which the club is closed, both included, beside public holidays."""

    first: date
    last: date
    reason: Text


class Rules(Part):
    """The club's own numbers."""

    lead_minutes: Minutes
    horizon_days: Annotated[int, Field(ge=1, le=365)]
    open_visits_per_service: Count
    open_visits: Count
    reminder_days: tuple[Annotated[int, Field(ge=1, le=30)], ...]
    buffer_minutes: Minutes
    quiet_from: LocalTime
    quiet_until: LocalTime
    sms_parts_a_day: Count
    sms_parts_a_month: Count
    redact_at_provider: bool = True
    telegram_per_second: Annotated[int, Field(ge=1, le=30)] = 25


class Centre(Part):
    """A whole club. What its parts owe each other is looked at when its file is loaded."""

    name: Text
    short_name: Text
    description: Texts
    time_zone: Annotated[str, AfterValidator(known_zone)]
    contact: Contact
    services: tuple[Service, ...]
    rooms: tuple[Room, ...]
    specialists: tuple[Specialist, ...]
    timetable_is_example: bool = False
    timetable: tuple[Hours, ...]
    closures: tuple[Closure, ...] = ()
    rules: Rules
    policy: PolicyRules
    waiting: WaitingRules
    announcements: AnnouncementRules
    digest: DigestRules = DigestRules()
    health: Health
    crisis: Crisis
    advice: Advice
    works: Works
    data: Data
    retention: Retention

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def enabled_services(self) -> tuple[Service, ...]:
        return tuple(service for service in self.services if service.enabled)

    def service(self, code: str) -> Service:
        return self._services[code]

    def station(self, code: str) -> Station:
        return self._stations[code][0]

    def room_of(self, station_code: str) -> Room:
        return self._stations[station_code][1]

    def room(self, code: str) -> Room:
        return self._rooms[code]

    def has_room(self, code: str) -> bool:
        return code in self._rooms

    def rooms_beside(self, code: str) -> tuple[Room, ...]:
        """The rooms of one zone with that one, itself among them: people meet between them."""
        zone = self.room(code).zone
        return tuple(room for room in self.rooms if room.zone == zone)

    def specialist(self, code: str) -> Specialist:
        return self._specialists[code]

    def has_station(self, code: str) -> bool:
        return code in self._stations

    def has_service(self, code: str) -> bool:
        return code in self._services

    @cached_property
    def _services(self) -> dict[str, Service]:
        return {service.code: service for service in self.services}

    @cached_property
    def _rooms(self) -> dict[str, Room]:
        return {room.code: room for room in self.rooms}

    @cached_property
    def _specialists(self) -> dict[str, Specialist]:
        return {specialist.code: specialist for specialist in self.specialists}

    @cached_property
    def _stations(self) -> dict[str, tuple[Station, Room]]:
        return {station.code: (station, room) for room in self.rooms for station in room.stations}
