from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendar import is_holiday, local
from scheduler.series import BadSeries, Series, check, meetings
from tests.builders import WARSAW, warsaw

TUESDAYS = Series("FREQ=WEEKLY;BYDAY=TU", date(2026, 10, 6), time(10), 90)


def starts(series: Series, first: str, last: str, closed: frozenset[date] = frozenset()) -> list[datetime]:
    span = (date.fromisoformat(first), date.fromisoformat(last))
    found = meetings(series, span, WARSAW, lambda day: not is_holiday(day) and day not in closed)
    return [one.starts_at for one in found]


def test_a_weekly_group_meets_at_the_same_local_hour_on_both_sides_of_a_clock_change() -> None:
    assert starts(TUESDAYS, "2026-10-20", "2026-10-28") == [
        warsaw("2026-10-20", "10:00"),
        warsaw("2026-10-27", "10:00"),
    ]


def test_it_does_not_meet_on_a_holiday_or_on_a_day_the_club_is_closed() -> None:
    wednesdays = Series("FREQ=WEEKLY;BYDAY=WE", date(2026, 11, 1), time(10), 90)

    assert starts(wednesdays, "2026-11-02", "2026-11-20", frozenset({date(2026, 11, 18)})) == [
        warsaw("2026-11-04", "10:00")
    ], "11 November is Independence Day"


def test_a_meeting_keeps_its_number_when_the_club_is_closed_on_one_before() -> None:
    wednesdays = Series("FREQ=WEEKLY;BYDAY=WE", date(2026, 11, 4), time(10), 90)
    span = (date(2026, 11, 10), date(2026, 11, 20))

    assert [one.number for one in meetings(wednesdays, span, WARSAW, lambda day: not is_holiday(day))] == [2]


def test_a_series_that_ends_ends() -> None:
    twice = Series("FREQ=WEEKLY;COUNT=2", date(2026, 10, 6), time(10), 90)

    assert len(starts(twice, "2026-10-01", "2027-10-01")) == 2


def test_an_endless_series_is_asked_for_a_span_alone() -> None:
    assert len(starts(TUESDAYS, "2026-10-06", "2026-12-31")) == 13


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("", "needs FREQ"),
        ("BYDAY=TU", "needs FREQ"),
        ("FREQ=HOURLY", "needs FREQ"),
        ("FREQ=WEEKLY;BYHOUR=9", "BYHOUR"),
        ("FREQ=WEEKLY;BYDAY=XX", "can't be read"),
        ("FREQ=WEEKLY;INTERVAL=often", "can't be read"),
        ("co wtorek", "CO WTOREK"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused_with_what_is_wrong(rule: str, said: str) -> None:
    with pytest.raises(BadSeries, match=said):
        check(Series(rule, date(2026, 10, 6), time(10), 90))


@given(
    first=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    starts_at=st.times(time(6), time(20)).map(lambda one: one.replace(second=0, microsecond=0)),
    every=st.integers(1, 4),
)
def test_on_every_day_of_five_years_the_clock_in_the_room_shows_the_hour(
    first: date, starts_at: time, every: int
) -> None:
    series = Series(f"FREQ=WEEKLY;INTERVAL={every}", first, starts_at, 60)
    last = date(first.year + 1, first.month, min(first.day, 28))

    met = [local(one.starts_at, WARSAW) for one in meetings(series, (first, last), WARSAW, lambda _: True)]

    assert {at.time() for at in met} == {starts_at}
    assert {(at.date() - first).days % (7 * every) for at in met} == {0}
