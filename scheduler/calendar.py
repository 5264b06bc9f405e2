"""The club's calendar: which days it is open on by law and habit, and which instant a local time is."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    from holidays.countries.poland import Poland  # noqa: PLC0415 - half a second, for it brings every country

    return frozenset(Poland(years=year))  # type: ignore[no-untyped-call]


def is_holiday(day: date) -> bool:
    """Whether `day` is free from work in Poland (Act of 18 January 1951, as the holidays library keeps it)."""
    return day in _holidays(day.year)


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime | None:
    """The UTC instant at which `zone` shows that day and time.

    Returns:
        None for a time that the spring change skips; for one that the autumn change repeats, the first.
    """
    at = datetime.combine(day, clock, zone).astimezone(UTC)
    return at if at.astimezone(zone).time() == clock else None


def local(at: datetime, zone: ZoneInfo) -> datetime:
    """What the clock on the wall shows at `at`."""
    return at.astimezone(zone)


def days_from(first: date, last: date) -> list[date]:
    """Every day from `first` to `last`, both counted; none if `last` is before."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def day_span(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the first instant of `first` to the last of `last`, as UTC; 23 or 25 hours on the days of a change."""
    begins = datetime.combine(first, time(0), zone).astimezone(UTC)
    ends = datetime.combine(last + timedelta(days=1), time(0), zone).astimezone(UTC)
    return begins, ends
