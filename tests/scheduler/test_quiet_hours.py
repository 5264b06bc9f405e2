"""Quiet hours, Sundays and holidays: earlier, never later than helps."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.ledger import Purpose
from scheduler.quiet_hours import earliest_allowed, is_quiet, latest_allowed
from tests.builders import WARSAW, a_centre, warsaw

CENTRE = a_centre(quiet_from=time(20), quiet_until=time(8))


@pytest.mark.parametrize(
    ("wanted", "allowed"),
    [
        (warsaw("2026-10-14", "10:00"), warsaw("2026-10-14", "10:00")),
        (warsaw("2026-10-14", "19:59"), warsaw("2026-10-14", "19:59")),
        (warsaw("2026-10-14", "20:00"), warsaw("2026-10-14", "19:30")),
        (warsaw("2026-10-14", "07:59"), warsaw("2026-10-13", "19:30")),
        (warsaw("2026-10-18", "10:00"), warsaw("2026-10-17", "19:30")),  # a Sunday
        (warsaw("2026-10-19", "07:00"), warsaw("2026-10-17", "19:30")),  # before dawn on Monday
        (warsaw("2026-11-11", "12:00"), warsaw("2026-11-10", "19:30")),  # Independence Day
        (
            warsaw("2026-12-27", "12:00"),
            warsaw("2026-12-23", "19:30"),
        ),  # a Sunday after three days of Christmas
        (warsaw("2026-10-25", "09:00"), warsaw("2026-10-24", "19:30")),  # the night of the change is between
    ],
)
def test_a_reminder_is_moved_to_the_latest_allowed_instant_before(
    wanted: datetime, allowed: datetime
) -> None:
    assert latest_allowed(wanted, CENTRE, Purpose.REMINDER) == allowed


@pytest.mark.parametrize("purpose", [Purpose.REPLY, Purpose.ADVICE, Purpose.URGENT, Purpose.HEALTH])
def test_an_answer_an_urgent_word_and_the_morning_check_go_at_any_hour(purpose: Purpose) -> None:
    night = warsaw("2026-10-18", "02:00")
    assert latest_allowed(night, CENTRE, purpose) == night


@given(st.integers(0, 5 * 365 * 24 * 60))
def test_it_is_never_later_and_never_quiet(minutes: int) -> None:
    wanted = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    allowed = latest_allowed(wanted, CENTRE, Purpose.REMINDER)
    assert allowed <= wanted
    assert not is_quiet(allowed, CENTRE)
    assert time(8) <= allowed.astimezone(WARSAW).time() < time(20)
    assert allowed == wanted or is_quiet(allowed + timedelta(minutes=30), CENTRE)


@pytest.mark.parametrize(
    ("wanted", "allowed"),
    [
        (warsaw("2026-10-14", "12:00"), warsaw("2026-10-14", "12:00")),
        (warsaw("2026-10-14", "22:00"), warsaw("2026-10-15", "08:00")),
        (warsaw("2026-10-14", "06:00"), warsaw("2026-10-14", "08:00")),
        (warsaw("2026-10-17", "22:00"), warsaw("2026-10-19", "08:00")),  # a Saturday evening
        (warsaw("2026-12-24", "22:00"), warsaw("2026-12-28", "08:00")),  # two days of Christmas and a Sunday
    ],
)
def test_what_nobody_hurries_for_goes_at_the_earliest_allowed_instant(
    wanted: datetime, allowed: datetime
) -> None:
    assert earliest_allowed(wanted, CENTRE, Purpose.ANNOUNCEMENT) == allowed
    assert earliest_allowed(wanted, CENTRE, Purpose.URGENT) == wanted
