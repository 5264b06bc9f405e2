"""Reminders go out so many calendar days before at the visit's own hour, earlier where that is quiet, never in vain."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.quiet_hours import is_quiet
from scheduler.reminders import reminders
from scheduler.visits import Visit, VisitStatus
from tests.builders import WARSAW, a_centre, warsaw

CHANGES = [
    date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31), date(2028, 3, 26),
    date(2028, 10, 29), date(2029, 3, 25), date(2029, 10, 28), date(2030, 3, 31), date(2030, 10, 27),
]  # fmt: skip


def a_visit(starts_at: datetime) -> Visit:
    return Visit(
        1,
        "psycholog",
        1,
        2,
        "a",
        "in_person",
        starts_at,
        starts_at + timedelta(minutes=50),
        VisitStatus.BOOKED,
        1,
    )


def due(starts_at: datetime, now: datetime, **rules: object) -> list[str]:
    planned = reminders(a_centre(**rules), a_visit(starts_at), now)  # type: ignore[arg-type]
    return [f"{one.days}d {one.send_after.astimezone(WARSAW):%a %d.%m %H:%M}" for one in planned]


def test_three_days_and_one_day_before_at_the_visits_own_hour() -> None:
    assert due(warsaw("2026-10-16", "10:00"), warsaw("2026-10-05")) == [
        "3d Tue 13.10 10:00",
        "1d Thu 15.10 10:00",
    ]


def test_a_sunday_is_moved_to_the_saturday_before_and_two_on_one_day_become_one() -> None:
    assert due(warsaw("2026-10-19", "10:00"), warsaw("2026-10-05")) == [
        "3d Fri 16.10 10:00",
        "1d Sat 17.10 19:30",
    ]
    assert due(warsaw("2026-10-19", "10:00"), warsaw("2026-10-05"), reminder_days=(2, 1)) == [
        "1d Sat 17.10 19:30"
    ]


def test_a_holiday_is_moved_before_it() -> None:
    assert due(warsaw("2026-11-12", "10:00"), warsaw("2026-11-01")) == [
        "3d Mon 09.11 10:00",
        "1d Tue 10.11 19:30",
    ]


def test_a_reminder_whose_time_has_passed_is_not_written() -> None:
    assert due(warsaw("2026-10-16", "10:00"), warsaw("2026-10-13", "10:01")) == ["1d Thu 15.10 10:00"]


def test_a_visit_made_within_a_day_has_no_reminder() -> None:
    assert due(warsaw("2026-10-16", "10:00"), warsaw("2026-10-15", "10:00")) == []
    assert due(warsaw("2026-10-16", "10:00"), warsaw("2026-10-15", "09:00")) == ["1d Thu 15.10 10:00"]


def test_an_earlier_reminder_is_useless_once_the_next_is_due_and_the_last_half_an_hour_before() -> None:
    first, last = reminders(a_centre(), a_visit(warsaw("2026-10-16", "10:00")), warsaw("2026-10-05"))
    assert first.useless_after == last.send_after
    assert last.useless_after == warsaw("2026-10-16", "09:30")


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_around_a_clock_change_the_hour_on_the_wall_stays(change: date, after: int) -> None:
    starts_at = warsaw(change + timedelta(days=after), "10:00")
    for one in reminders(a_centre(), a_visit(starts_at), starts_at - timedelta(days=20)):
        assert one.send_after.astimezone(WARSAW).strftime("%H:%M") in {"10:00", "19:30"}
        assert one.send_after.astimezone(WARSAW).date() <= starts_at.astimezone(WARSAW).date() - timedelta(
            days=one.days
        )


@pytest.mark.parametrize("change", CHANGES)
def test_a_visit_in_the_hour_after_a_change_still_has_its_reminders(change: date) -> None:
    for clock in ("02:30", "03:00", "01:30"):
        starts_at = warsaw(change + timedelta(days=1), clock)
        assert len(reminders(a_centre(), a_visit(starts_at), starts_at - timedelta(days=20))) == 2


INSTANTS = st.integers(0, 5 * 365 * 24 * 12).map(
    lambda n: warsaw("2026-01-01", "00:00") + timedelta(minutes=5 * n)
)


@given(
    starts_at=INSTANTS,
    ahead=st.timedeltas(timedelta(minutes=1), timedelta(days=40)),
    days=st.lists(st.integers(1, 30), min_size=1, max_size=4),
)
def test_no_reminder_is_late_quiet_past_or_too_many(
    starts_at: datetime, ahead: timedelta, days: list[int]
) -> None:
    centre = a_centre(reminder_days=tuple(days))
    now = starts_at - ahead
    planned = reminders(centre, a_visit(starts_at), now)
    assert len(planned) <= len(set(days))
    assert len({one.send_after.astimezone(WARSAW).date() for one in planned}) == len(planned)
    for one in planned:
        assert now < one.send_after < one.useless_after < starts_at
        assert not is_quiet(one.send_after, centre)
