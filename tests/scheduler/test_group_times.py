"""When a group meets from a day on, its end, and who leaves it from a day on; and the weekly rhythm as staff say it."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from scheduler import group_times, groups
from scheduler.group_times import Times, TooFarAhead
from scheduler.groups import Group, GroupExists
from scheduler.weekly import Weekly, rule_of, weekly
from storage import sessions
from storage.database import Database
from tests.builders import MONDAY, warsaw
from tests.scheduler.groups import Groups, days

TUESDAY = date(2026, 10, 6)
WEEK = timedelta(weeks=1)


@pytest.fixture
def club(database: Database) -> Groups:
    return Groups(database)


def thursdays(first_day: date, last_day: date | None = None) -> Times:
    return Times(Weekly((3,)), time(12), 60, first_day, last_day)


def set_times(club: Groups, group: Group, times: Times) -> Group:
    return club.do(lambda tx: group_times.set_times(tx, club.centre, group, times))  # type: ignore[no-any-return]


def planned(club: Groups, group: Group) -> list[date]:
    return days([one for one in club.sessions(group) if one.is_planned])


def test_new_times_hold_from_their_day_on_and_everybody_is_told_once(club: Groups) -> None:
    people = club.people(2)
    group = club.group(people=people)
    first_day = MONDAY + 2 * WEEK

    set_times(club, group, thursdays(first_day))

    assert planned(club, group)[:4] == [TUESDAY, TUESDAY + WEEK, date(2026, 10, 22), date(2026, 10, 29)]
    assert not [one for one in planned(club, group) if one >= first_day and one.weekday() == 1]
    assert club.told() == [("session_new_times", one) for one in people]
    club.make_ahead()
    assert planned(club, group)[:3] == [TUESDAY, TUESDAY + WEEK, date(2026, 10, 22)]


def test_new_times_can_not_begin_beyond_what_is_planned(club: Groups) -> None:
    group = club.group(people=club.people(1))
    with pytest.raises(TooFarAhead):
        set_times(club, group, thursdays(MONDAY + timedelta(days=100)))
    assert planned(club, group)[0] == TUESDAY


def test_a_group_ends_with_a_day_that_still_counts(club: Groups) -> None:
    (person_id,) = people = club.people(1)
    group = club.group(people=people)

    club.do(lambda tx: group_times.end(tx, club.centre, group, TUESDAY + WEEK))

    assert planned(club, group) == [TUESDAY, TUESDAY + WEEK]
    assert club.told() == [("session_off_span", person_id)]


def test_a_last_day_can_be_set_with_the_times(club: Groups) -> None:
    group = set_times(club, club.group(people=club.people(1)), thursdays(MONDAY, date(2026, 10, 15)))
    assert planned(club, group) == [date(2026, 10, 8), date(2026, 10, 15)]
    assert group.ended_on == date(2026, 10, 16)


def test_who_leaves_from_a_day_on_comes_until_then(club: Groups) -> None:
    goes, stays = people = club.people(2)
    group = club.group(people=people)
    on = TUESDAY + WEEK

    club.do(lambda tx: groups.leave(tx, club.centre, group, goes, on=on))
    club.make_ahead()

    assert days(club.comes_to(goes)) == [TUESDAY]
    assert days(club.comes_to(stays))[:2] == [TUESDAY, on]
    club.now = warsaw(on, "00:10")
    club.make_ahead()
    assert [one.person_id for one in club.do(lambda tx: sessions.members(tx, group.id))] == [stays]


def test_who_joins_again_before_that_day_stays(club: Groups) -> None:
    (goes,) = people = club.people(1)
    group = club.group(people=people)

    club.do(lambda tx: groups.leave(tx, club.centre, group, goes, on=TUESDAY + WEEK))
    club.do(lambda tx: groups.join(tx, club.centre, group, goes))

    assert days(club.comes_to(goes))[:2] == [TUESDAY, TUESDAY + WEEK]


def test_a_group_takes_no_name_that_another_has(club: Groups) -> None:
    club.group("Kuchnia", rule=None)
    other = club.group("Teatr", rule=None)
    with pytest.raises(GroupExists):
        club.change(other, name="kuchnia")
    assert club.change(other, name="TEATR").name == "TEATR"


@pytest.mark.parametrize(
    "rhythm", [Weekly((1,)), Weekly((0, 3), 2), Weekly((6,), 4)], ids=["weekly", "two days", "every fourth"]
)
def test_a_weekly_rhythm_is_read_as_it_was_written(rhythm: Weekly) -> None:
    assert weekly(rule_of(rhythm)) == rhythm


@pytest.mark.parametrize(
    "rule", [None, "", "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=1TU", "FREQ=WEEKLY;BYDAY=TU;COUNT=3"]
)
def test_another_rhythm_is_none(rule: Any) -> None:
    assert weekly(rule) is None


@pytest.mark.parametrize("ended_on", [MONDAY, date(2026, 9, 1)], ids=["today", "before"])
def test_a_group_that_is_over_at_once_has_no_session_to_come(club: Groups, ended_on: date) -> None:
    (person_id,) = people = club.people(1)
    group = club.group(people=people)

    club.change(group, ended_on=ended_on)
    club.make_ahead()

    assert planned(club, group) == []
    assert club.comes_to(person_id) == []
    assert club.told() == [("session_off_span", person_id)]
