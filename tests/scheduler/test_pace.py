"""The pace of a channel account: never above its limit in any second, and full while there is enough to send."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.pace import Pace, granted, moved_on

START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_from_rest_one_goes_and_the_next_after_its_time() -> None:
    pace = Pace(per_second=25)
    assert granted(pace, LONG_AGO, START) == 1
    free_at = moved_on(pace, LONG_AGO, START, 1)
    assert granted(pace, free_at, START) == 0
    assert granted(pace, free_at, free_at) == 1
    assert timedelta(milliseconds=30) < free_at - START < timedelta(milliseconds=40)


def test_without_a_limit_a_claim_is_as_large_as_it_may_be_and_a_pause_is_kept() -> None:
    assert granted(Pace(), LONG_AGO, START) == 500
    assert granted(Pace(), START + SECOND, START) == 0


def test_a_message_of_two_parts_takes_twice_its_time() -> None:
    pace = Pace(per_second=1, by_parts=True)
    one, two = moved_on(pace, START, START, 1), moved_on(pace, START, START, 2)
    assert two - START == 2 * (one - START)


def test_a_fast_account_is_granted_several_at_once() -> None:
    assert granted(Pace(per_second=1000), LONG_AGO, START) == 10


@given(
    per_second=st.sampled_from([1, 2, 10, 25, 30, 1000]),
    looks=st.lists(
        st.tuples(st.integers(0, 400_000), st.integers(1, 40), st.integers(0, 30)), min_size=1, max_size=120
    ),
)
def test_no_sliding_second_has_more_than_the_limit(
    per_second: int, looks: list[tuple[int, int, int]]
) -> None:
    """Whatever the pauses between looks, however much is wanted, with a pause asked for now and then."""
    pace, now, free_at = Pace(per_second=per_second), START, LONG_AGO
    grants: list[datetime] = []
    for microseconds, wanted, retry_after in looks:
        now += timedelta(microseconds=microseconds)
        if retry_after == 30:
            free_at = max(free_at, now + 2 * SECOND)
        count = min(wanted, granted(pace, free_at, now))
        if count:
            free_at = moved_on(pace, free_at, now, count)
            grants += [now] * count
    for first in range(len(grants) - per_second):
        assert grants[first + per_second] - grants[first] >= SECOND


@given(lateness=st.lists(st.integers(0, 10_000), min_size=1500, max_size=1500))
def test_turns_that_come_within_the_slack_keep_the_pace_at_98_of_100(lateness: list[int]) -> None:
    pace, now, free_at = Pace(per_second=25), START, START
    for late in lateness:
        now = max(now, free_at) + timedelta(microseconds=late)
        assert granted(pace, free_at, now) >= 1
        free_at = moved_on(pace, free_at, now, 1)
    assert len(lateness) / (now - START).total_seconds() >= 0.98 * 25
