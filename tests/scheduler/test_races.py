"""Everybody at once, on both databases: one has the time, the others are offered others, and nothing is half done."""

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from scheduler.booked import visit as the_visit
from scheduler.booked import with_specialist
from scheduler.booking import away, book, give_back, move, undo
from scheduler.changes import Became, Way, settle
from scheduler.errors import AlreadyGivenBack, OwnClash, Refused, SlotTaken
from scheduler.holds import HOLD
from scheduler.impact import Away
from scheduler.visits import Visit
from storage.database import Database
from storage.tables import claim
from tests.builders import NOW, Club, a_centre, warsaw

TUESDAY = date(2026, 10, 6)
TEN, ELEVEN = warsaw(TUESDAY, "10:00"), warsaw(TUESDAY, "11:00")


async def at_once(club: Club, *works: Callable[[Any], Any], now: datetime = NOW) -> list[Any]:
    """Run each work as a transaction of its own, all at the same time; return results and refusals."""
    return await asyncio.gather(
        *(club.database.write(work, now, within_seconds=30) for work in works), return_exceptions=True
    )


def booking(
    club: Club, who: int, at: datetime, service: str = "psycholog", **more: Any
) -> Callable[[Any], Any]:
    return lambda tx: book(tx, club.centre, person_id=who, service=service, starts_at=at, **more)


def absence(who: int, day: tuple[datetime, datetime]) -> Callable[[Any], Any]:
    return lambda tx: away(tx, specialist_id=who, starts_at=day[0], ends_at=day[1])


def crowd(club: Club, number: int) -> list[int]:
    return [club.person(f"Osoba {n}", f"+48501{n:06}") for n in range(number)]


async def test_fifty_people_and_one_time_of_one_specialist(database: Database) -> None:
    club = Club(database)
    pola, people = club.specialist("pola"), crowd(club, 50)
    results = await at_once(club, *(booking(club, who, TEN, specialist_id=pola) for who in people))
    assert Counter(type(result).__name__ for result in results) == {"Visit": 1, "SlotTaken": 49}
    assert all(result.nearest for result in results if isinstance(result, SlotTaken))
    assert len(club.claims()) == 3


async def test_fifty_people_and_an_hour_of_two_specialists(database: Database) -> None:
    club = Club(database)
    results = await at_once(club, *(booking(club, who, TEN) for who in crowd(club, 50)))
    assert Counter(type(result).__name__ for result in results) == {"Visit": 2, "SlotTaken": 48}
    assert len(club.claims()) == 6


def one_of_eight(url: str, people: list[int]) -> list[str]:
    """What a process of its own does: ask for the same time for each of its people."""
    database = Database(url)
    centre = a_centre()
    outcomes = []
    for who in people:
        try:
            database.run(
                lambda tx, who=who: book(tx, centre, person_id=who, service="psycholog", starts_at=TEN), NOW
            )  # type: ignore[misc]
            outcomes.append("booked")
        except SlotTaken as taken:
            outcomes.append(f"taken, {len(taken.nearest)} others")
    database.close()
    return outcomes


@pytest.mark.xdist_group("eight processes")
def test_eight_processes_and_one_hour(
    database: Database, database_url: str, eight: ProcessPoolExecutor
) -> None:
    club = Club(database)
    people = crowd(club, 40)
    shares = [people[n::8] for n in range(8)]
    outcomes = [one for share in eight.map(one_of_eight, [database_url] * 8, shares) for one in share]
    assert Counter(outcomes) == {"booked": 2, "taken, 3 others": 38}
    assert len(club.claims()) == 6


async def test_a_move_and_a_booking_that_cross(database: Database) -> None:
    club = Club(database)
    pola, (anna, jan) = club.specialist("pola"), crowd(club, 2)
    for _ in range(10):
        visit = club.do(booking(club, anna, TEN, specialist_id=pola))
        moved, booked = await at_once(
            club,
            lambda tx, visit=visit: move(
                tx, club.centre, visit_id=visit.id, starts_at=ELEVEN, specialist_id=pola
            ),  # type: ignore[misc]
            booking(club, jan, ELEVEN, specialist_id=pola),
        )
        assert sorted([isinstance(moved, SlotTaken), isinstance(booked, SlotTaken)]) == [False, True]
        still = club.do(lambda tx, visit=visit: the_visit(tx, visit.id))  # type: ignore[misc]
        assert still.starts_at == (TEN if isinstance(moved, SlotTaken) else ELEVEN)
        for left in (still, booked):
            if not isinstance(left, Refused):
                club.do(lambda tx, left=left: give_back(tx, club.centre, visit_id=left.id))  # type: ignore[misc]
        club.do(lambda tx: tx.connection.execute(claim.delete()))  # the holds


async def test_two_moves_that_want_each_others_time_leave_both_where_they_were(database: Database) -> None:
    club = Club(database)
    pola, (anna, jan) = club.specialist("pola"), crowd(club, 2)
    first = club.do(booking(club, anna, TEN, specialist_id=pola))
    second = club.do(booking(club, jan, ELEVEN, specialist_id=pola))
    results = await at_once(
        club,
        lambda tx: move(tx, club.centre, visit_id=first.id, starts_at=ELEVEN, specialist_id=pola),
        lambda tx: move(tx, club.centre, visit_id=second.id, starts_at=TEN, specialist_id=pola),
    )
    assert [type(result) for result in results] == [SlotTaken, SlotTaken]
    assert [club.do(lambda tx, one=one: the_visit(tx, one.id)) for one in (first, second)] == [first, second]  # type: ignore[misc]


@pytest.mark.parametrize("day", [6, 7, 8, 9, 12, 13, 14, 15])
async def test_a_booking_and_an_absence_that_cross_never_miss_each_other(
    database: Database, day: int
) -> None:
    club = Club(database)
    pola, anna = club.specialist("pola"), club.person()
    span = (warsaw(date(2026, 10, day), "00:00"), warsaw(date(2026, 10, day), "23:00"))
    works = [
        booking(club, anna, warsaw(date(2026, 10, day), "10:00"), specialist_id=pola),
        absence(pola, span),
    ]
    if day % 2:
        booked, touched = await at_once(club, *works)
    else:
        touched, booked = await at_once(club, *reversed(works))
    standing = club.do(lambda tx: with_specialist(tx, pola, span))
    assert touched == standing, "whoever recorded the absence was told of every visit that stands inside it"
    assert isinstance(booked, SlotTaken) == (touched == [])


async def test_one_person_can_not_have_two_visits_at_once_in_different_rooms(database: Database) -> None:
    club = Club(database)
    (anna,) = crowd(club, 1)
    results = await at_once(club, booking(club, anna, TEN), booking(club, anna, TEN, "doradca"))
    assert Counter(isinstance(result, OwnClash) for result in results) == {True: 1, False: 1}


async def test_a_visit_given_back_twice_at_once_is_given_back_once(database: Database) -> None:
    club = Club(database)
    (anna,) = crowd(club, 1)
    visit = club.do(booking(club, anna, TEN))
    results = await at_once(club, *[lambda tx: give_back(tx, club.centre, visit_id=visit.id)] * 5)
    assert Counter(type(result) for result in results)[AlreadyGivenBack] == 4
    assert club.do(lambda tx: the_visit(tx, visit.id)).version == 2


def a_hold(club: Club, who: int, day: int) -> datetime:
    """A time of Pola's that `who` has just given back."""
    at = warsaw(date(2026, 10, day), "10:00")
    visit = club.do(booking(club, who, at, specialist_id=club.specialist("pola")))
    club.do(lambda tx: give_back(tx, club.centre, visit_id=visit.id))
    return at


async def test_twenty_people_and_a_time_whose_hold_has_just_run_out(database: Database) -> None:
    club = Club(database)
    pola, (anna, *others) = club.specialist("pola"), crowd(club, 21)
    for day in (6, 7, 8):
        at = a_hold(club, anna, day)
        works = [booking(club, who, at, specialist_id=pola) for who in others]
        early = await at_once(club, *works[:5], now=NOW + HOLD - timedelta(seconds=1))
        assert {type(result) for result in early} == {SlotTaken}
        results = await at_once(club, *works, now=NOW + HOLD)
        assert Counter(type(result).__name__ for result in results) == {"Visit": 1, "SlotTaken": 19}
        del others[[isinstance(result, Visit) for result in results].index(True)]
        others.append(club.person(f"Osoba {day}", f"+48502{day:06}"))


@pytest.mark.parametrize("day", [6, 7, 8, 9, 12, 13])
async def test_undoing_and_booking_at_the_moment_at_which_the_hold_runs_out(
    database: Database, day: int
) -> None:
    club = Club(database)
    pola, (anna, jan) = club.specialist("pola"), crowd(club, 2)
    at = a_hold(club, anna, day)
    works = [lambda tx: undo(tx, club.centre, person_id=anna), booking(club, jan, at, specialist_id=pola)]
    results = await at_once(club, *(works if day % 2 else reversed(works)), now=NOW + HOLD)
    assert Counter(type(result).__name__ for result in results) == {"Visit": 1, "SlotTaken": 1}
    assert len(club.claims()) == 3


async def test_a_visit_undone_twice_at_once_stands_once(database: Database) -> None:
    club = Club(database)
    (anna,) = crowd(club, 1)
    a_hold(club, anna, 6)
    results = await at_once(club, *[lambda tx: undo(tx, club.centre, person_id=anna)] * 5)
    assert Counter(type(result).__name__ for result in results) == {"Visit": 1, "NothingToUndo": 4}
    assert len(club.claims()) == 3


async def test_ones_own_holds_never_stand_in_ones_way_while_others_give_back(database: Database) -> None:
    club = Club(database)
    people = crowd(club, 6)
    hours = [warsaw(TUESDAY, f"{hour:02}:00") for hour in range(9, 15)]
    visits = [club.do(booking(club, who, at)) for who, at in zip(people, hours, strict=True)]
    back = [lambda tx, one=one: give_back(tx, club.centre, visit_id=one.id) for one in visits]
    await at_once(club, *back)  # type: ignore[arg-type]
    again = await at_once(club, *(booking(club, who, at) for who, at in zip(people, hours, strict=True)))
    assert [visit.starts_at for visit in again] == hours
    assert len(club.claims()) == 18


@pytest.mark.parametrize("day", [6, 7, 8, 9])
async def test_an_absence_settled_while_people_book_and_give_back_leaves_nobody_with_nobody(
    database: Database, day: int
) -> None:
    club = Club(database)
    pola, people = club.specialist("pola"), crowd(club, 8)
    hours = [warsaw(date(2026, 10, day), f"{hour:02}:00") for hour in range(9, 13)]
    visits = [
        club.do(booking(club, who, at, specialist_id=pola)) for who, at in zip(people[:4], hours, strict=True)
    ]
    change = Away(pola, warsaw(date(2026, 10, day), "00:00"), warsaw(date(2026, 10, day), "23:00"))
    how = (Way.SAME_TIME, Way.ANOTHER_TIME, Way.GIVE_BACK, Way.SAME_TIME)[day - 6]
    works = [
        lambda tx: settle(tx, club.centre, change, how),
        *(booking(club, who, at) for who, at in zip(people[4:], hours, strict=True)),
        lambda tx: give_back(tx, club.centre, visit_id=visits[0].id),
        lambda tx: move(
            tx, club.centre, visit_id=visits[1].id, starts_at=warsaw(date(2026, 10, 12), "09:00")
        ),
    ]
    results = await at_once(club, *works)
    settled = results[0]
    assert not isinstance(settled, BaseException), settled
    left = {one.visit.id for one in settled if one.became is Became.LEFT}
    standing = club.do(lambda tx: with_specialist(tx, pola, (change.starts_at, change.ends_at)))
    stands = {visit.id for visit in standing}
    assert stands <= left, "nobody is left with somebody who is away, unless staff have it to do"
    assert left - stands <= {visits[0].id, visits[1].id}, "given back or moved by its owner after that"
    assert all(isinstance(result, (Visit, Refused)) for result in results[1:]), results
