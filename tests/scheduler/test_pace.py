"""The pace of a channel account: never above its limit in any second, and full while there is enough to send."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.pace import Account, Pace, free_at, granted, moved_on

START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
RESTED = Account(datetime(2000, 1, 1, tzinfo=UTC))
SECOND = timedelta(seconds=1)


def test_a_turn_that_comes_in_time_is_followed_by_the_next_after_its_time() -> None:
    pace, account = Pace(per_second=25), Account(START)
    assert granted(pace, account, START) == 1
    after = moved_on(pace, account, START, 1)
    assert granted(pace, after, START) == 0
    assert free_at(pace, after) - START == timedelta(milliseconds=40)
    assert granted(pace, after, free_at(pace, after)) == 1


def test_what_a_late_turn_missed_goes_at_once() -> None:
    pace = Pace(per_second=25)
    after = moved_on(pace, Account(START), START, 1)
    assert granted(pace, after, START + timedelta(milliseconds=125)) == 3


def test_from_rest_no_more_goes_than_the_slack_forgives() -> None:
    assert granted(Pace(per_second=25), RESTED, START) == 3


def test_without_a_limit_a_claim_is_as_large_as_it_may_be_and_a_pause_is_kept() -> None:
    assert granted(Pace(), RESTED, START) == 500
    assert granted(Pace(), Account(START + SECOND), START) == 0


def test_a_message_of_two_parts_takes_twice_its_time() -> None:
    pace = Pace(per_second=1, by_parts=True)
    one, two = (moved_on(pace, Account(START), START, count) for count in (1, 2))
    assert two.next_free_at - START == 2 * (one.next_free_at - START)


def test_a_pace_of_less_than_one_a_second_is_kept() -> None:
    pace = Pace(per_second=0.5)
    after = moved_on(pace, RESTED, START, 1)
    assert free_at(pace, after) - START == 2 * SECOND


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
    pace, now, account = Pace(per_second=per_second), START, RESTED
    grants: list[datetime] = []
    for microseconds, wanted, retry_after in looks:
        now += timedelta(microseconds=microseconds)
        if retry_after == 30:
            account = Account(max(account.next_free_at, now + 2 * SECOND), account.recent)
        count = min(wanted, granted(pace, account, now))
        if count:
            account = moved_on(pace, account, now, count)
            grants += [now] * count
    for first in range(len(grants) - per_second):
        assert grants[first + per_second] - grants[first] >= SECOND


@given(lateness=st.lists(st.integers(0, 60_000), min_size=500, max_size=500))
def test_turns_that_come_late_keep_the_pace_at_98_of_100(lateness: list[int]) -> None:
    """Up to 60 ms after their time, each of them."""
    pace, now, account, sent = Pace(per_second=25), START, Account(START), 0
    for late in lateness:
        now = max(now, free_at(pace, account)) + timedelta(microseconds=late)
        count = granted(pace, account, now)
        assert count >= 1
        account, sent = moved_on(pace, account, now, count), sent + count
    assert sent / (now - START).total_seconds() >= 0.98 * 25
