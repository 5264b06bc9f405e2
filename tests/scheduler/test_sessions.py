"""Groups' sessions: made ahead, once; claiming room, leader and people; and what stands in their way is shown."""

import asyncio
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from scheduler import groups
from scheduler.booking import book, give_back
from scheduler.errors import SlotTaken
from scheduler.free_times import Search, free_times
from scheduler.leaving import leave
from scheduler.policies import Record
from scheduler.policy_change import What, touched
from scheduler.sessions import SessionStatus, members_of
from scheduler.sessions_ahead import make_ahead
from storage import absences, closures, timetable
from storage.database import Database
from storage.tables import claim
from tests.builders import NOW, Club, warsaw
from tests.scheduler.groups import Groups, a_centre_with_a_hall, days

TUESDAY = date(2026, 10, 6)
TEN = warsaw(TUESDAY, "10:00")


@pytest.fixture
def club(database: Database) -> Groups:
    return Groups(database)


def adviser_at(club: Club, who: int, at: Any = TEN) -> Any:
    return club.do(lambda tx: book(tx, club.centre, person_id=who, service="doradca", starts_at=at))


def test_sessions_are_made_up_to_the_horizon_and_a_second_run_does_nothing(club: Groups) -> None:
    group = club.group(people=club.people(3))
    made = club.sessions(group)

    assert days(made) == [TUESDAY + timedelta(weeks=n) for n in range(9)], "60 days"
    assert {one.status for one in made} == {SessionStatus.PLANNED}
    assert club.make_ahead() == 0
    assert club.sessions(group) == made
    assert club.do(lambda tx: make_ahead(tx, club.centre), NOW + timedelta(weeks=1)) == 1


def test_a_session_is_at_the_same_local_hour_on_both_sides_of_a_clock_change(club: Groups) -> None:
    group = club.group()

    assert {one.starts_at.astimezone(club.centre.zone).time() for one in club.sessions(group)} == {time(10)}
    assert {one.starts_at.hour for one in club.sessions(group)} == {8, 9}


def test_a_holiday_and_a_closure_have_no_session(database: Database) -> None:
    centre = a_centre_with_a_hall(
        closures=[{"first": date(2026, 11, 18), "last": date(2026, 11, 18), "reason": "x"}]
    )
    club = Groups(database, centre)
    group = club.group(rule="FREQ=WEEKLY;BYDAY=WE", first_day=date(2026, 11, 1))

    assert days(club.sessions(group)) == [date(2026, 11, 4), date(2026, 11, 25), date(2026, 12, 2)], (
        "11 November is Independence Day"
    )


def test_a_session_claims_its_room_its_leader_and_its_people(club: Groups) -> None:
    people = club.people(2)
    club.group(people=people)
    first = [row for row in club.claims() if row[2] == TEN]

    assert len([row for row in first if row[0] is not None]) == 7
    assert {row[1] for row in first if row[1] is not None} == {club.specialist("dorota"), *people}
    assert {row[3] for row in first if row[0] is not None} == {TEN + timedelta(minutes=90)}, "with the gap"


def test_no_visit_can_be_booked_across_a_session(club: Groups) -> None:
    member, stranger = club.people(2)
    club.group(people=[member])

    assert TEN not in [
        one.starts_at for one in club.do(lambda tx: free_times(tx, club.centre, Search("doradca")))
    ]
    with pytest.raises(SlotTaken):
        adviser_at(club, stranger)
    for_member = Search("psycholog", first_day=TUESDAY, person_id=member)
    assert TEN not in [one.starts_at for one in club.do(lambda tx: free_times(tx, club.centre, for_member))]
    with pytest.raises(SlotTaken):
        club.do(lambda tx: book(tx, club.centre, person_id=member, service="psycholog", starts_at=TEN))


def test_not_even_bare_sql_puts_a_visit_across_a_session(club: Groups) -> None:
    (member,) = club.people(1)
    club.group(people=[member])
    visit = adviser_at(club, member, TEN + timedelta(hours=2))
    row = {
        "appointment_id": visit.id,
        "person_id": member,
        "starts_at": TEN + timedelta(minutes=30),
        "ends_at": TEN + timedelta(minutes=80),
    }

    with pytest.raises(IntegrityError, match="claim_person_overlap"):
        club.do(lambda tx: tx.connection.execute(insert(claim).values(row)))


def test_a_visit_that_stands_with_the_leader_is_shown_and_the_session_waits_for_it(club: Groups) -> None:
    member, stranger = club.people(2)
    visit = adviser_at(club, stranger)
    group = club.group(people=[member])
    first, *others = club.sessions(group)

    assert (first.status, {one.status for one in others}) == (SessionStatus.CLASH, {SessionStatus.PLANNED})
    assert club.todos() == ["todo_clash_visit"]
    assert club.make_ahead() == 0
    assert club.todos() == ["todo_clash_visit"], "once"
    club.do(lambda tx: give_back(tx, club.centre, visit_id=visit.id))
    later = NOW + timedelta(minutes=16)  # its hold has ended
    assert club.do(lambda tx: make_ahead(tx, club.centre), later) == 1
    assert club.todos() == []


def test_a_member_who_has_a_visit_is_left_out_and_shown_and_the_session_stands(club: Groups) -> None:
    one, other = club.people(2)
    pola = club.specialist("pola")
    wish: Any = {"person_id": one, "service": "psycholog", "starts_at": TEN, "specialist_id": pola}
    visit = club.do(lambda tx: book(tx, club.centre, **wish))
    group = club.group(people=[one, other])
    first = club.sessions(group)[0]

    assert first.is_planned
    assert [(who.person_id, who.is_expected) for who in club.do(lambda tx: members_of(tx, first))] == [
        (one, False),
        (other, True),
    ]
    assert club.todos() == ["todo_member_busy"]
    club.do(lambda tx: give_back(tx, club.centre, visit_id=visit.id))
    club.make_ahead()
    assert club.comes_to(one)[0] == first, "once the visit has gone"
    assert club.todos() == []


def test_one_leader_is_not_in_two_groups_at_once(club: Groups) -> None:
    club.group("Warsztaty")
    second = club.group("Wsparcie", room="snug")
    assert {one.status for one in club.sessions(second)} == {SessionStatus.CLASH}
    assert set(club.todos()) == {"todo_clash_session"}


@pytest.mark.parametrize(
    ("starts", "fits"),
    [(time(11, 29), False), (time(11, 30), True), (time(8, 31), False), (time(8, 30), True)],
)
def test_two_groups_of_a_zone_keep_the_gap(club: Groups, starts: time, fits: bool) -> None:
    club.group("Warsztaty")
    second = club.group("Wsparcie", room="snug", leader_id=club.specialist("pola"), starts=starts)
    wanted = SessionStatus.PLANNED if fits else SessionStatus.CLASH
    assert {one.status for one in club.sessions(second)} == {wanted}


def test_a_leader_who_is_away_and_a_room_that_is_shut_are_shown(club: Groups) -> None:
    day = (warsaw(TUESDAY, "00:00"), warsaw(TUESDAY, "23:59"))
    dorota = club.specialist("dorota")
    club.do(lambda tx: absences.add_absence(tx, day, person_id=dorota))
    for station in club.do(lambda tx: timetable.stations_of(tx, "hall")):
        club.do(lambda tx, one=station: absences.add_absence(tx, day, station_id=one.id))
    group = club.group()
    assert club.sessions(group)[0].status is SessionStatus.CLASH
    assert club.todos() == ["todo_clash_away", "todo_clash_room"]


def test_a_closure_that_comes_later_calls_nothing_off_and_is_shown(club: Groups) -> None:
    group = club.group(people=club.people(1))
    club.do(lambda tx: closures.add_closure(tx, TUESDAY, TUESDAY, "x"))
    club.make_ahead()
    club.make_ahead()
    assert club.sessions(group)[0].is_planned
    assert club.todos() == ["todo_clash_closed"]
    assert club.told() == []


def test_whoever_joins_later_is_let_into_the_sessions_to_come_and_whoever_leaves_has_their_time(
    club: Groups,
) -> None:
    group = club.group(people=club.people(2))
    (late,) = club.people(1, first=9)
    club.do(lambda tx: groups.join(tx, club.centre, group, late))
    assert club.comes_to(late) == club.sessions(group)
    club.do(lambda tx: groups.leave(tx, club.centre, group, late))
    assert club.comes_to(late) == []
    assert club.told() == []


def test_nobody_comes_after_the_last_day_of_their_contract(club: Groups) -> None:
    who = club.person("Krótki Kontrakt", "+48501000099", contract_until=TUESDAY + timedelta(weeks=1))
    club.group(people=[who])
    assert days(club.comes_to(who)) == [TUESDAY, TUESDAY + timedelta(weeks=1)]


async def test_two_workers_at_once_make_each_session_once(club: Groups) -> None:
    group = club.group(people=club.people(3))
    later = NOW + timedelta(weeks=6)
    works = (club.database.write(lambda tx: make_ahead(tx, club.centre), later) for _ in range(4))
    made = await asyncio.gather(*works)
    assert sorted(made) == [0, 0, 0, 6]
    assert len(set(days(club.sessions(group)))) == len(club.sessions(group))


def test_whoever_leaves_the_club_has_no_session_left(club: Groups) -> None:
    one, other = club.people(2)
    group = club.group(people=[one, other])
    club.do(lambda tx: leave(tx, one))
    assert (club.comes_to(one), club.comes_to(other)) == ([], club.sessions(group))
    club.make_ahead()
    assert club.comes_to(one) == []


def test_whoever_a_file_put_into_a_group_comes_too(club: Groups) -> None:
    group = club.group(people=club.people(2))
    new = club.person("Nowa Osoba", "+48501000077", groups=("warsztaty",))
    club.make_ahead()
    assert club.comes_to(new) == club.sessions(group)


def test_a_longer_distance_says_before_it_is_set_whom_it_touches(club: Groups) -> None:
    club.group(people=club.people(5))
    wider = Record("distance_m", 4.0, NOW)
    (found,) = club.do(lambda tx: touched(tx, club.centre, wider))
    assert (found.count, found.group, found.what) == (5, "Warsztaty", What.GROUP_TOO_LARGE)
    assert club.do(lambda tx: touched(tx, club.centre, Record("distance_m", 1.0, NOW))) == []
