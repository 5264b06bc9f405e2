"""Paces on a simulated clock, and how many parts a text takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.pace import Bucket, Window
from sandbox.twilio.gsm import segments

arrivals = st.lists(st.floats(min_value=0, max_value=3, allow_nan=False), max_size=60)


@given(arrivals)
def test_a_window_never_grants_more_than_its_number_in_any_span(gaps: list[float]) -> None:
    window, now, granted = Window(3, 2.0), 0.0, []
    for gap in gaps:
        now += gap
        if window.wait(now) == 0:
            window.take(now)
            granted.append(now)
    assert all(later - earlier >= 2.0 for earlier, later in zip(granted, granted[3:], strict=False))


@given(arrivals)
def test_a_window_says_exactly_how_long_to_wait(gaps: list[float]) -> None:
    window, now = Window(2, 5.0), 0.0
    for gap in gaps:
        now += gap + window.wait(now + gap) + 1e-6
        assert window.wait(now) == 0
        window.take(now)


@given(arrivals)
def test_a_bucket_never_grants_more_than_its_burst_and_its_rate(gaps: list[float]) -> None:
    bucket, now, granted = Bucket(1.0, 3), 0.0, []
    for gap in gaps:
        now += gap
        if bucket.wait(now) == 0:
            bucket.take(now)
            granted.append(now)
    for first, begin in enumerate(granted):
        for count, end in enumerate(granted[first:], start=1):
            assert count <= 3 + (end - begin) + 1e-6


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 153, 3),  # the euro sign does not fit into the first part
        ("ó" * 70, 1),
        ("ó" * 71, 2),
        ("ó" * 134, 2),
        ("ó" * 135, 3),
        ("🙂" * 35, 1),
        ("🙂" * 36, 2),
        ("🙂" * 66, 2),
        ("🙂" * 67, 3),  # 33 in each part: a pair is never split
        ("Klub: spotkanie jutro, sroda 14.10 godz. 10:00", 1),
    ],
)
def test_parts_are_counted_as_the_standard_does(text: str, parts: int) -> None:
    assert segments(text) == parts
