"""A week as staff read it: who serves where, who comes, the sessions, who is away, and when the club is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from config.centre import Centre
from scheduler.absences import Absence, absences_between, absences_to_come
from scheduler.calendar import day_span, days_from, is_holiday, local
from scheduler.closures import Closure, closures_between
from scheduler.sessions import Session, sessions_between
from scheduler.visits import VisitStatus
from storage import agenda, hours
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hours that are offered on one day, local times. No station where nobody comes to the club."""

    day: date
    starts: time
    ends: time
    service: str
    specialist_id: int
    specialist: str
    station: str | None
    mode: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One that was not given back. Instants are UTC."""

    id: int
    day: date
    starts_at: datetime
    ends_at: datetime
    person: str
    specialist_id: int
    specialist: str
    station: str | None
    room: str | None
    mode: str


@dataclass(frozen=True, slots=True)
class WeekDay:
    """What is said of the whole day."""

    day: date
    is_holiday: bool
    closures: tuple[Closure, ...]

    @property
    def is_open(self) -> bool:
        return not self.is_holiday and not self.closures


@dataclass(frozen=True, slots=True)
class Week:
    """Seven local days, Monday first; everything else by its start."""

    days: tuple[WeekDay, ...]
    hours: tuple[Stretch, ...]
    visits: tuple[Visit, ...]
    sessions: tuple[Session, ...]
    absences: tuple[Absence, ...]


def week_of(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())


def week(tx: Transaction, centre: Centre, monday: date) -> Week:
    """The week that begins on that Monday, in as many statements however much is in it."""
    sunday = monday + timedelta(days=6)
    span = day_span(monday, sunday, centre.zone)
    closed = closures_between(tx, monday, sunday)
    days = tuple(
        WeekDay(day, is_holiday(day), tuple(one for one in closed if one.first <= day <= one.last))
        for day in days_from(monday, sunday)
    )
    return Week(
        days,
        tuple(_hours(tx, [one.day for one in days if one.is_open])),
        tuple(_visits(tx, centre, span)),
        tuple(sessions_between(tx, span)),
        tuple(absences_between(tx, span)),
    )


def here_today(tx: Transaction, centre: Centre) -> list[tuple[int, str]]:
    """Who has hours today and is not away at this moment, as id and name, by name; nobody while the club is closed."""
    day = local(tx.now, centre.zone).date()
    if is_holiday(day) or closures_between(tx, day, day):
        return []
    away = {one.specialist_id for one in absences_to_come(tx) if one.starts_at <= tx.now}
    serving = {row.specialist_id: row.specialist for row in _hours(tx, [day])}
    return sorted(((one, name) for one, name in serving.items() if one not in away), key=lambda one: one[1])


def _hours(tx: Transaction, days: Sequence[date]) -> list[Stretch]:
    rows = hours.weekly(tx)
    return [
        Stretch(
            day,
            row.starts,
            row.ends,
            row.service,
            row.specialist_id,
            row.specialist,
            row.station,
            row.mode,
        )
        for day in days
        for row in rows
        if row.weekday == day.isoweekday() and hours.in_force(row, day)
    ]


def _visits(tx: Transaction, centre: Centre, span: tuple[datetime, datetime]) -> list[Visit]:
    return [
        Visit(
            row.id,
            local(row.starts_at, centre.zone).date(),
            row.starts_at,
            row.ends_at,
            row.person,
            row.specialist_id,
            row.specialist,
            row.station,
            row.room,
            row.mode,
        )
        for row in agenda.visits_between(tx, span)
        if row.status != VisitStatus.GIVEN_BACK
    ]
