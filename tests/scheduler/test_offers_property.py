"""Whoever waits longest goes first: nobody is asked about a time while somebody who has waited longer could have it and is asked nothing."""

import shutil
from contextlib import suppress
from datetime import time, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.errors import Refused
from scheduler.free_times import Search, free_times
from scheduler.offers import accept, decline
from scheduler.waiting import everybody
from storage.database import Database
from tests.builders import NOW
from tests.examples import examples
from tests.scheduler.test_offers import ELEVEN, TEN, TUESDAY, Full

AT_ELEVEN = time(11)
WISHES = st.sampled_from(
    [
        {},
        {"first_day": TUESDAY},
        {"until_time": AT_ELEVEN},
        {"from_time": AT_ELEVEN},
        {"last_day": NOW.date()},
    ]
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("waits"), WISHES),
        st.tuples(st.just("back"), st.integers(0, 1)),
        st.tuples(st.just("no"), st.integers(1, 8)),
        st.tuples(st.just("takes"), st.integers(1, 8)),
        st.tuples(st.just("time"), st.sampled_from([5, 16, 61])),
    ),
    min_size=3,
    max_size=12,
)


@settings(max_examples=examples(20), deadline=None)
@given(steps=STEPS, at_once=st.integers(1, 3))
def test_whoever_waits_longest_goes_first(sqlite_template: Path, steps: list[Any], at_once: int) -> None:
    folder = Path(mkdtemp())
    shutil.copy(sqlite_template, folder / "termin.db")
    club = Full(Database(f"sqlite:///{folder / 'termin.db'}"), at_once=at_once)
    now = NOW
    try:
        for number, (what, value) in enumerate(steps):
            now = does(club, now, number, what, value)
            before = len(club.made())
            club.offers(now)
            is_fair(club, now, before, at_once)
    finally:
        club.database.close()
        shutil.rmtree(folder)


def does(club: Full, now: Any, number: int, what: str, value: Any) -> Any:
    """One step of the story; what can't be done is left out."""
    if what == "time":
        return now + timedelta(minutes=value)
    if what == "waits":
        club.waits(number + 1, now, **value)
    elif what == "back":
        attempt(lambda: club.gives_back(club.visits[value], now))
    elif what == "no":
        club.do(lambda tx: decline(tx, value), now)
    else:
        attempt(lambda: club.do(lambda tx: accept(tx, club.centre, value), now))
    return now + timedelta(seconds=1)


def attempt(work: Any) -> None:
    with suppress(Refused):
        work()


def is_fair(club: Full, now: Any, before: int, at_once: int) -> None:
    made = club.made()
    open_ones = {row[0] for row in made if row[2] == "open"}
    assert len(open_ones) == len([row for row in made if row[2] == "open"]), "nobody has two open ones"
    assert len({row[:2] for row in made}) == len(made), "nobody is offered one time twice"
    for at in (TEN, ELEVEN):
        assert len([row for row in made if row[1:] == (at, "open")]) <= at_once
    waiting = club.do(lambda tx: everybody(tx, club.centre), now)
    free = club.do(lambda tx: free_times(tx, club.centre, Search("psycholog")), now)
    order = [one.person_id for one in waiting]
    for who, at, _ in made[before:]:
        assert at in {one.starts_at for one in free}
        for longer in waiting[: order.index(who)]:
            had = (longer.person_id, at) in {row[:2] for row in made}
            assert had or longer.person_id in open_ones or not longer.fits(at, club.centre.zone), (longer, at)
