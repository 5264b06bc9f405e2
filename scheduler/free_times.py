"""Free times: computed from hours, absences, closures, holidays and claims, never stored.

The cost depends on the days looked at, not on how much the database remembers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from config.centre import Centre, Service
from scheduler.calendar import day_span, days_from, instant, is_holiday, local
from scheduler.errors import NoSuchService
from scheduler.policies import buffers
from scheduler.visits import FreeTime
from storage import absences, claims, closures, hours
from storage.database import Transaction

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for. Days and times are the club's local ones; None leaves it open.

    Attributes:
        at: just this time of day, where the others give a span of it.
        person_id: leave out when this participant is elsewhere.
        moving: a visit whose own time counts as free, because it is about to leave it.
        specialist_id: with whom.
    """

    service: str
    first_day: date | None = None
    last_day: date | None = None
    from_time: time | None = None
    until_time: time | None = None
    at: time | None = None
    person_id: int | None = None
    moving: int | None = None
    specialist_id: int | None = None

    def wants(self, clock: time) -> bool:
        """Whether a visit that starts at this time of day fits."""
        if self.at is not None:
            return clock == self.at
        return (self.from_time is None or clock >= self.from_time) and (
            self.until_time is None or clock < self.until_time
        )


def free_times(
    tx: Transaction, centre: Centre, search: Search, limit: int = 3, after: datetime | None = None
) -> list[FreeTime]:
    """The earliest times that can be had, equal hours merged into one.

    Args:
        after: only what starts later than this: how a list goes on.

    Raises:
        NoSuchService: there is none, or it is off.
    """
    found: list[FreeTime] = []
    for time_ in _merged(_search(tx, centre, search)):
        if after is None or time_.starts_at > after:
            found.append(time_)
        if len(found) == limit:
            break
    return found


def free_days(tx: Transaction, centre: Centre, search: Search, limit: int = 6) -> list[date]:
    """The earliest local days that have a free time."""
    found: list[date] = []
    for time_ in _search(tx, centre, search):
        day = local(time_.starts_at, centre.zone).date()
        if day not in found:
            found.append(day)
        if len(found) == limit:
            break
    return found


def nearest(
    tx: Transaction, centre: Centre, search: Search, wish: datetime, limit: int = 3
) -> tuple[FreeTime, ...]:
    """The free times closest to a wish that can't be had, from its day on, in order of time."""
    day = local(wish, centre.zone).date()
    open_search = replace(search, first_day=day, last_day=None, at=None, from_time=None, until_time=None)
    found = free_times(tx, centre, open_search, limit=limit * 4)
    closest = sorted(found, key=lambda free: abs(free.starts_at - wish))[:limit]
    return tuple(sorted(closest, key=lambda free: free.starts_at))


def last_day(centre: Centre, now: datetime) -> date:
    """The last local day that can be booked now."""
    return local(now, centre.zone).date() + timedelta(days=centre.rules.horizon_days)


def lead(tx: Transaction, centre: Centre) -> timedelta:
    """How long before it begins a time can be booked: to the last minute by staff, who have the person before them."""
    return timedelta(minutes=centre.rules.lead_minutes if tx.staff_id is None else 1)


def enabled(centre: Centre, code: str) -> Service:
    """That service.

    Raises:
        NoSuchService: there is none, or it is off.
    """
    found = next((service for service in centre.services if service.code == code and service.enabled), None)
    if found is None:
        raise NoSuchService
    return found


def starts_on(centre: Centre, service: Service, row: Any, day: date) -> Iterator[tuple[datetime, datetime]]:
    """Every (start, end) that a row of weekly hours offers on a day. An hour that the spring change skips offers none."""
    clock = datetime.combine(day, row.starts)
    lasts = timedelta(minutes=service.minutes)
    while clock + lasts <= datetime.combine(day, row.ends):
        starts_at = instant(day, clock.time(), centre.zone)
        if starts_at is not None:
            yield starts_at, starts_at + lasts
        clock += timedelta(minutes=service.every_minutes)


def _search(tx: Transaction, centre: Centre, search: Search) -> Iterator[FreeTime]:
    """Free times in order, a week of the diary read at a time, and no further than somebody asks."""
    service = enabled(centre, search.service)
    today = local(tx.now, centre.zone).date()
    first = max(search.first_day or today, today)
    last = min(search.last_day or last_day(centre, tx.now), last_day(centre, tx.now))
    week = _Week(tx, centre, search, service)
    while first <= last:
        week_ends = min(last, first + WEEK - timedelta(days=1))
        yield from week.free(first, week_ends)
        first = week_ends + timedelta(days=1)


class _Week:
    """What the diary knows of a few days, read at once."""

    def __init__(self, tx: Transaction, centre: Centre, search: Search, service: Service) -> None:
        self.tx, self.centre, self.search, self.service = tx, centre, search, service
        self.earliest = tx.now + lead(tx, centre)
        self.buffer = buffers(tx, centre)

    def free(self, first: date, last: date) -> Iterator[FreeTime]:
        days = self._open_days(first, last)
        served = hours.serving(self.tx, self.service.code, {day.isoweekday() for day in days}) if days else []
        rows = [row for row in served if self.search.specialist_id in {None, row.specialist_id}]
        if not rows:
            return
        busy = busy_of(
            self.tx, rows, day_span(first, last, self.centre.zone), self.search.person_id, self.search.moving
        )
        for day in days:
            offered = [
                FreeTime(starts_at, ends_at, row.specialist_id, row.station, row.mode)
                for row in rows
                if row.weekday == day.isoweekday() and hours.in_force(row, day)
                for starts_at, ends_at in starts_on(self.centre, self.service, row, day)
                if self._wanted(starts_at)
                and not busy.at(("person", self.search.person_id), starts_at, ends_at)
                and not busy.taken(row, starts_at, ends_at, self.buffer(starts_at))
            ]
            yield from sorted(offered, key=lambda free: (free.starts_at, free.specialist_id))

    def _open_days(self, first: date, last: date) -> list[date]:
        closed = closures.closures_within(self.tx, first, last)
        return [
            day
            for day in days_from(first, last)
            if not is_holiday(day) and not any(begin <= day <= end for begin, end in closed)
        ]

    def _wanted(self, starts_at: datetime) -> bool:
        return starts_at >= self.earliest and self.search.wants(local(starts_at, self.centre.zone).time())


class Busy:
    """When each holder of time is taken."""

    def __init__(self) -> None:
        self._spans: dict[tuple[str, int | None], list[tuple[datetime, datetime]]] = {}

    def add(self, holder: tuple[str, int | None], starts_at: datetime, ends_at: datetime) -> None:
        self._spans.setdefault(holder, []).append((starts_at, ends_at))

    def add_all(self, rows: Sequence[Any]) -> None:
        """Claims or absences, each a station's or a person's."""
        for row in rows:
            holder = ("station", row.station_id) if row.station_id else ("person", row.person_id)
            self.add(holder, row.starts_at, row.ends_at)

    def at(self, holder: tuple[str, int | None], starts_at: datetime, ends_at: datetime) -> bool:
        return any(begin < ends_at and starts_at < end for begin, end in self._spans.get(holder, ()))

    def taken(self, row: Any, starts_at: datetime, ends_at: datetime, buffer: timedelta) -> bool:
        """Whether the specialist or the station of a row of weekly hours is, the station with its airing."""
        return self.at(("person", row.specialist_id), starts_at, ends_at) or self.at(
            ("station", row.station_id), starts_at, ends_at + buffer
        )


def busy_of(
    tx: Transaction,
    rows: Sequence[Any],
    span: tuple[datetime, datetime],
    person_id: int | None = None,
    moving: int | None = None,
) -> Busy:
    """When the specialists and stations of those weekly hours are taken or away in the span, and that participant elsewhere.

    Args:
        moving: a visit whose own claims don't count.
    """
    people = {row.specialist_id for row in rows} | ({person_id} if person_id else set())
    stations = {row.station_id for row in rows if row.station_id}
    busy = Busy()
    found = claims.between(tx, stations, people, span, person_id)
    busy.add_all([row for row in found if moving is None or row.appointment_id != moving])
    busy.add_all(absences.absences_of(tx, people, span, stations))
    return busy


def _merged(times: Iterator[FreeTime]) -> Iterator[FreeTime]:
    """One of each hour: whoever chooses it gets the first who is free."""
    last: datetime | None = None
    for time_ in times:
        if time_.starts_at != last:
            yield time_
        last = time_.starts_at
