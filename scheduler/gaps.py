"""What lies between the visits of one day: who serves where, the times that are free, and who is away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from config.centre import Centre
from scheduler.calendar import day_span, instant, is_holiday
from scheduler.free_times import Busy, last_day, lead, starts_on
from scheduler.policies import buffers
from storage import claims, closures, hours
from storage.absences import absences_of
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of a specialist's hours (UTC): free to be booked, or they or the station are away. No station by phone or remote."""

    starts_at: datetime
    ends_at: datetime
    specialist: str
    station: str | None
    mode: str
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Serving:
    """Whose hours there are at a place on that day."""

    specialist: str
    station: str | None


@dataclass(frozen=True, slots=True)
class Offer:
    """The day beside its visits."""

    serving: tuple[Serving, ...]
    gaps: tuple[Gap, ...]


def offer(tx: Transaction, centre: Centre, day: date) -> Offer:
    """The weekly hours of that local day and what is left of them; nothing on a day on which the club is closed."""
    is_shut = is_holiday(day) or closures.closures_within(tx, day, day)
    rows = [] if is_shut else hours.serving_on(tx, day)
    if not rows:
        return Offer((), ())
    span = day_span(day, day, centre.zone)
    people, stations = {row.specialist_id for row in rows}, {row.station_id for row in rows if row.station_id}
    absences = absences_of(tx, people, span, stations)
    gaps = (*_free(tx, centre, day, rows, absences), *_away(centre, day, rows, absences))
    serving = {Serving(row.specialist, row.station): None for row in rows}
    return Offer(tuple(serving), tuple(sorted(gaps, key=lambda gap: gap.starts_at)))


def _free(
    tx: Transaction, centre: Centre, day: date, rows: Sequence[Any], absences: Sequence[Any]
) -> Iterator[Gap]:
    """What can still be booked, by the same rules as whoever books by phone; of what is over nothing is read."""
    begins, ends = day_span(day, day, centre.zone)
    earliest = max(begins, tx.now + lead(tx, centre))
    if earliest >= ends or day > last_day(centre, tx.now):
        return
    people, stations = {row.specialist_id for row in rows}, {row.station_id for row in rows if row.station_id}
    busy, buffer = Busy(), buffers(tx, centre)
    busy.add_all(absences)
    busy.add_all(claims.between(tx, stations, people, (earliest, ends)))
    for row in rows:
        if not centre.has_service(row.service) or not centre.service(row.service).enabled:
            continue
        for starts_at, ends_at in starts_on(centre, centre.service(row.service), row, day):
            if starts_at >= earliest and not busy.taken(row, starts_at, ends_at, buffer(starts_at)):
                yield Gap(starts_at, ends_at, row.specialist, row.station, row.mode)


def _away(centre: Centre, day: date, rows: Sequence[Any], absences: Sequence[Any]) -> Iterator[Gap]:
    for row in rows:
        starts_at, ends_at = (instant(day, clock, centre.zone) for clock in (row.starts, row.ends))
        if starts_at is None or ends_at is None:  # in the hour that the spring change skips
            continue
        for one in absences:
            is_theirs = one.person_id == row.specialist_id or (
                one.station_id is not None and one.station_id == row.station_id
            )
            begins, ends = max(starts_at, one.starts_at), min(ends_at, one.ends_at)
            if is_theirs and begins < ends:
                yield Gap(begins, ends, row.specialist, row.station, row.mode, is_away=True)
