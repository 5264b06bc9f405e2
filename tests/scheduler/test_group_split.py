"""A group too large for its room: proposed in shifts, confirmed by staff, and nobody moved silently."""

import itertools
from collections import Counter
from datetime import date, time, timedelta

import pytest

from scheduler import groups
from scheduler.group_import import import_members, read_members
from scheduler.group_shifts import DayTooShort
from scheduler.group_split import Split, confirm, propose
from scheduler.groups import Group
from scheduler.policies import Record, set_policy
from scheduler.session_changes import move
from scheduler.sessions import members_of
from scheduler.sessions_ahead import make_ahead
from scheduler.shifts import NoRoomForAnyone, TooManyShifts, TooManyTogether
from scheduler.spreadsheet import FileRefused
from storage.database import Database
from tests.builders import NOW, warsaw
from tests.scheduler.groups import Groups, a_centre_with_a_hall, days

TUESDAY = date(2026, 10, 6)


@pytest.fixture
def club(database: Database) -> Groups:
    return Groups(database)


def proposing(club: Groups, group: Group) -> Split:
    return club.do(lambda tx: propose(tx, club.centre, group))  # type: ignore[no-any-return]


def confirming(club: Groups, group: Group) -> Split:
    return club.do(lambda tx: confirm(tx, club.centre, group))  # type: ignore[no-any-return]


def set_rule(club: Groups, rule: str, value: object) -> None:
    club.do(lambda tx: set_policy(tx, Record(rule, value, NOW)))


def sizes(club: Groups, group: Group) -> list[list[int]]:
    """How many are expected at each session, by the day of the series."""
    found: dict[date, list[int]] = {}
    for one in club.sessions(group):
        if one.is_planned:
            coming = sum(who.is_expected for who in club.do(lambda tx, one=one: members_of(tx, one)))
            found.setdefault(one.series_day, []).append(coming)
    return list(found.values())


def test_seventeen_in_a_room_for_seven_wait_for_staff_and_then_come_in_three_even_shifts(
    club: Groups,
) -> None:
    people = club.people(17)
    group = club.group(people=people)
    assert (club.sessions(group), club.todos()) == ([], ["todo_group_to_split"])

    split = proposing(club, group)
    assert (split.most, split.is_new) == (7, True)
    assert sorted(len(one.people) for one in split.shifts) == [5, 6, 6]
    assert [[f"{at.astimezone(club.centre.zone):%H:%M}" for at in one.arrivals] for one in split.shifts] == [
        ["10:00", "11:30", "13:00"],
        ["11:30", "13:00", "10:00"],
        ["13:00", "10:00", "11:30"],
    ]
    assert club.sessions(group) == []

    confirming(club, group)
    assert club.todos() == []
    assert not proposing(club, group).is_new
    assert {tuple(sorted(one)) for one in sizes(club, group)} == {(5, 6, 6)}
    assert club.told() == [], "nobody had another time before"
    turns = {
        one: [f"{at.starts_at.astimezone(club.centre.zone):%H:%M}" for at in club.comes_to(one)]
        for one in people
    }
    assert all(Counter(own) == {"10:00": 3, "11:30": 3, "13:00": 3} for own in turns.values())
    assert club.make_ahead() == 0


def test_people_who_ask_to_be_together_are(club: Groups) -> None:
    people = club.people(12)
    group = club.group(people=people)
    for one in (people[0], people[11], people[5]):
        club.do(lambda tx, one=one: groups.join(tx, club.centre, group, one, together="razem"))
    confirming(club, group)
    assert club.comes_to(people[0]) == club.comes_to(people[11]) == club.comes_to(people[5])


def test_a_group_that_grows_out_of_its_room_goes_on_as_it_is_until_staff_confirm(club: Groups) -> None:
    people = club.people(7)
    group = club.group(people=people)
    before = club.sessions(group)
    (late,) = club.people(1, first=20)
    club.do(lambda tx: groups.join(tx, club.centre, group, late))

    assert club.todos() == ["todo_group_to_split"]
    assert (club.comes_to(late), club.comes_to(people[0])) == ([], before)
    club.make_ahead()
    assert club.todos() == ["todo_group_to_split"], "once for each change"

    confirming(club, group)
    assert {tuple(one) for one in sizes(club, group)} == {(4, 4)}
    assert {text for text, _ in club.told()} == {"session_new_times"}
    assert len(club.told()) == len(set(club.told())), "once"
    assert late not in {one for _, one in club.told()}


def test_another_policy_proposes_anew_and_moves_nobody(club: Groups) -> None:
    group = club.group(people=club.people(6))
    before = club.sessions(group)
    set_rule(club, "group_limit", 4)
    club.make_ahead()
    assert (club.todos(), club.sessions(group), club.told()) == (["todo_group_to_split"], before, [])
    confirming(club, group)
    assert {tuple(one) for one in sizes(club, group)} == {(3, 3)}
    set_rule(club, "group_limit", 10)
    club.make_ahead()
    assert club.todos() == ["todo_group_to_split"], "one shift would do again"
    confirming(club, group)
    assert {tuple(one) for one in sizes(club, group)} == {(6,)}
    assert club.todos() == []


def test_a_longer_distance_makes_more_shifts(club: Groups) -> None:
    group = club.group(people=club.people(6))
    set_rule(club, "distance_m", 4.0)  # 60 square metres: three people
    assert [len(one.people) for one in proposing(club, group).shifts] == [3, 3]


def test_a_group_that_no_day_can_hold_is_refused_with_a_plain_word(club: Groups) -> None:
    group = club.group(people=club.people(19), room="snug")
    with pytest.raises(TooManyShifts, match="19 people, 3 at a time, need more than 6 shifts a day"):
        confirming(club, group)
    assert club.todos() == ["todo_group_too_large"]
    late = club.group("Późna", people=club.people(8, first=30), starts=time(18))
    with pytest.raises(DayTooShort, match="2 shifts, one after the other, would end after the club's day"):
        proposing(club, late)
    with pytest.raises(groups.Incomplete, match="room"):
        proposing(club, club.do(lambda tx: groups.add(tx, "Bez sali", "other")))


def test_more_together_than_a_shift_holds_are_refused(club: Groups) -> None:
    people = club.people(9)
    group = club.group(people=people)
    for one in people:
        club.do(lambda tx, one=one: groups.join(tx, club.centre, group, one, together="wszyscy"))
    with pytest.raises(TooManyTogether):
        proposing(club, group)


def test_nobody_may_be_in_a_room_too_small_for_one(database: Database) -> None:
    known = a_centre_with_a_hall().model_dump()
    known["rooms"] = [one | {"area_m2": 2} for one in known["rooms"]]
    club = Groups(database, type(a_centre_with_a_hall()).model_validate(known))
    group = club.group(people=club.people(1), room="snug")
    with pytest.raises(NoRoomForAnyone, match="not one person may be in that room"):
        proposing(club, group)
    assert club.todos() == ["todo_group_too_large"]


def test_a_shift_that_staff_moved_stays_so_when_the_split_changes(club: Groups) -> None:
    group = club.group(people=club.people(8))
    confirming(club, group)
    first = club.sessions(group)[0]
    at = warsaw(TUESDAY, "16:00")
    club.do(lambda tx: move(tx, club.centre, first.id, at))
    (late,) = club.people(1, first=20)
    club.do(lambda tx: groups.join(tx, club.centre, group, late))
    confirming(club, group)
    assert at in [one.starts_at for one in club.sessions(group)]


def test_every_member_is_in_exactly_one_shift_of_each_day(club: Groups) -> None:
    people = club.people(15)
    group = club.group(people=people)
    confirming(club, group)
    for one in people:
        assert len(set(days(club.comes_to(one)))) == len(club.comes_to(one)) == 9


def test_members_come_from_a_file_and_importing_it_again_changes_nothing(club: Groups) -> None:
    club.people(3)
    group = club.group()
    file = (
        b"group;full_name;phone;together\n"
        b"warsztaty;Osoba 1;501 000 001;a\n"
        b"Warsztaty;osoba 2;;a\n"
        b"Warsztaty;Nikt Taki;;\n"
        b"Inna;Osoba 3;;\n"
    )
    wishes = read_members("members.csv", file)
    first = club.do(lambda tx: import_members(tx, club.centre, wishes))
    again = club.do(lambda tx: import_members(tx, club.centre, wishes))
    assert [one.fate for one in first] == ["joined", "joined", "refused", "refused"]
    assert [one.fate for one in again] == ["known", "known", "refused", "refused"]
    assert "participants import" in first[2].remark
    assert "no group 'Inna'" in first[3].remark
    assert sizes(club, group)[0] == [2]
    with pytest.raises(FileRefused, match="group and full_name are needed"):
        read_members("members.csv", b"full_name;wiek\nOsoba 1;7\n")


def test_the_shifts_of_one_group_keep_the_gap_between_them(club: Groups) -> None:
    group = club.group(people=club.people(17))
    confirming(club, group)
    by_day = sorted(club.sessions(group), key=lambda one: one.starts_at)
    same_day = [(a, b) for a, b in itertools.pairwise(by_day) if a.series_day == b.series_day]
    assert {b.starts_at - a.ends_at for a, b in same_day} == {timedelta(minutes=30)}


def test_shifts_that_no_longer_fit_are_not_made_further_until_staff_confirm_others(club: Groups) -> None:
    group = club.group(people=club.people(8))
    confirming(club, group)
    before = club.sessions(group)
    set_rule(club, "group_limit", 3)
    in_a_week = NOW + timedelta(weeks=1)
    assert club.do(lambda tx: make_ahead(tx, club.centre), in_a_week) == 0
    assert (club.sessions(group), club.todos()) == (before, ["todo_group_to_split"])
    club.do(lambda tx: confirm(tx, club.centre, group), in_a_week)
    assert sizes(club, group)[-1] == [3, 3, 2]
