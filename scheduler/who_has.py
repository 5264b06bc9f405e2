"""Who serves when, and who has a time that somebody else wanted: for staff, who may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from config.centre import Centre
from scheduler.agenda import AgendaRow, agenda
from scheduler.calendar import local
from scheduler.free_times import enabled
from scheduler.policies import buffer_at
from scheduler.visits import VisitStatus
from storage import hours, people
from storage.database import Transaction

EXPECTED = {VisitStatus.BOOKED, VisitStatus.CONFIRMED, VisitStatus.ARRIVED}
WEEKDAYS = range(1, 8)


@dataclass(frozen=True, slots=True)
class Serving:
    """What is served at a place at some hour, and by whom."""

    service: str
    specialist_id: int


def serving_there(
    tx: Transaction, centre: Centre, station: str | None, day: date, clock: time
) -> Serving | None:
    """Whose hour it is at that station (None: by phone or remote); the first, if it is several people's."""
    found = [
        Serving(row.service, row.specialist_id)
        for row in _serving(tx, day, clock)
        if row.station == station and centre.has_service(row.service) and centre.service(row.service).enabled
    ]
    return found[0] if found else None


def who_serve(tx: Transaction, service: str) -> list[tuple[int, str]]:
    """Everybody with weekly hours of that service that are not over, as id and name, by name."""
    rows = hours.serving(tx, service, WEEKDAYS)
    ids = {row.specialist_id for row in rows if row.until is None or row.until >= tx.now.date()}
    found = [row for one in ids if (row := people.person_of(tx, one)) is not None]
    return sorted(((row.id, row.full_name) for row in found), key=lambda one: one[1])


def who_has(tx: Transaction, centre: Centre, service: str, starts_at: datetime) -> list[AgendaRow]:
    """The visits that take that hour of those who serve it, by start; what else takes it is not told.

    Raises:
        NoSuchService: there is none, or it is off.
    """
    ends_at = starts_at + timedelta(minutes=enabled(centre, service).minutes)
    begins, buffer = local(starts_at, centre.zone), buffer_at(tx, centre, starts_at)
    serving = [row for row in _serving(tx, begins.date(), begins.time()) if row.service == service]
    names, stations = {row.specialist for row in serving}, {row.station for row in serving if row.station}
    return [
        one
        for one in agenda(tx, centre, begins.date(), begins.date())
        if one.status in EXPECTED
        and _touches(one, starts_at, ends_at, buffer)
        and (one.specialist in names or one.station in stations)
    ]


def _serving(tx: Transaction, day: date, clock: time) -> Sequence[Any]:
    return [row for row in hours.serving_on(tx, day) if row.starts <= clock < row.ends]


def _touches(one: AgendaRow, starts_at: datetime, ends_at: datetime, buffer: timedelta) -> bool:
    """A station is aired after each visit."""
    airing = buffer if one.station else timedelta(0)
    return one.starts_at < ends_at + airing and starts_at < one.ends_at + airing
