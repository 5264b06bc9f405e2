"""Visits and sessions at the same moment, on both databases: one has the time, and nothing is half done."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import date, time, timedelta
from itertools import combinations
from typing import Any

from scheduler.booking import book
from scheduler.clashes import SessionClash
from scheduler.errors import SlotTaken
from scheduler.session_changes import SessionOff, call_off, move
from scheduler.session_undo import stand_again, undo_move
from scheduler.sessions_ahead import make_ahead
from storage.database import Database
from tests.builders import NOW, warsaw
from tests.scheduler.groups import Groups

TUESDAY = date(2026, 10, 6)
TEN = warsaw(TUESDAY, "10:00")


async def at_once(club: Groups, *works: Callable[[Any], Any]) -> list[Any]:
    return await asyncio.gather(
        *(club.database.write(work, NOW, within_seconds=30) for work in works), return_exceptions=True
    )


def kinds(results: list[Any]) -> Counter[str]:
    return Counter(type(one).__name__ for one in results)


def overlapping(club: Groups) -> list[Any]:
    return [
        (one, other)
        for one, other in combinations(club.claims(), 2)
        if one[:2] == other[:2] and one[2] < other[3] and other[2] < one[3]
    ]


async def test_twenty_who_book_the_leader_while_a_session_moves_there(database: Database) -> None:
    club = Groups(database)
    people = club.people(20)
    group = club.group(people=people[:3])
    first = club.sessions(group)[0]
    at = warsaw(TUESDAY, "13:00")
    wishes = [
        lambda tx, who=who: book(tx, club.centre, person_id=who, service="doradca", starts_at=at)
        for who in people
    ]

    results = await at_once(club, *wishes[:10], lambda tx: move(tx, club.centre, first.id, at), *wishes[10:])

    assert overlapping(club) == []
    found = kinds(results)
    assert found["SlotTaken"] + found["Visit"] == 20
    assert (found["Visit"], found["Session"], found["SessionClash"]) in {(1, 0, 1), (0, 1, 0)}
    assert all(isinstance(one, SlotTaken | SessionClash) for one in results if isinstance(one, Exception))
    moved = club.sessions(group)[0]
    assert moved.starts_at == (at if found["Session"] else TEN)


async def test_visits_with_the_leader_and_the_members_while_sessions_are_made(database: Database) -> None:
    club = Groups(database)
    people = club.people(6)
    group = club.group(people=people, first_day=date(2026, 12, 1))
    later = NOW + timedelta(weeks=5)
    assert club.sessions(group) == club.sessions(group)[:1]

    async def make() -> int:
        made: int = await club.database.write(
            lambda tx: make_ahead(tx, club.centre), later, within_seconds=30
        )
        return made

    def wish(who: int, week: int) -> Callable[[Any], Any]:
        at = warsaw(date(2026, 12, 8) + timedelta(weeks=week), "10:00")
        service = "doradca" if who % 2 else "psycholog"
        return lambda tx: book(tx, club.centre, person_id=who, service=service, starts_at=at)

    bookings = [
        club.database.write(wish(who, week), later, within_seconds=30) for who in people for week in range(3)
    ]
    results = await asyncio.gather(make(), *bookings, make(), return_exceptions=True)

    assert overlapping(club) == []
    assert set(kinds(results)) <= {"int", "Visit", "SlotTaken", "TooManyVisits", "OwnClash"}
    keys = [(one.shift, one.series_day) for one in club.sessions(group)]
    assert len(keys) == len(set(keys))


async def test_two_groups_that_want_the_same_hour_of_a_zone_at_once(database: Database) -> None:
    club = Groups(database)
    one = club.group("Warsztaty", starts=time(10))
    other = club.group("Wsparcie", room="snug", leader_id=club.specialist("pola"), starts=time(13))
    first, second = club.sessions(one)[0], club.sessions(other)[0]
    at = warsaw(TUESDAY, "16:00")

    results = await at_once(
        club, lambda tx: move(tx, club.centre, first.id, at), lambda tx: move(tx, club.centre, second.id, at)
    )

    assert kinds(results) == {"Session": 1, "SessionClash": 1}


async def test_a_session_that_two_call_off_at_once_is_told_of_once(database: Database) -> None:
    club = Groups(database)
    people = club.people(3)
    group = club.group(people=people)
    first = club.sessions(group)[0]
    results = await at_once(club, *[lambda tx: call_off(tx, club.centre, first.id)] * 4)
    assert kinds(results) == {"Session": 1, "SessionOff": 3}
    assert all(isinstance(one, SessionOff) for one in results if isinstance(one, Exception))
    assert club.told() == [("session_off", one) for one in people]


async def test_a_calling_off_that_two_take_back_at_once_while_its_leader_is_booked(
    database: Database,
) -> None:
    club = Groups(database)
    stranger, *people = club.people(4)
    first = club.sessions(club.group(people=people))[0]
    club.do(lambda tx: call_off(tx, club.centre, first.id))

    results = await at_once(
        club,
        *[lambda tx: stand_again(tx, club.centre, first.id)] * 2,
        lambda tx: book(tx, club.centre, person_id=stranger, service="doradca", starts_at=TEN),
        *[lambda tx: stand_again(tx, club.centre, first.id)] * 2,
    )

    assert overlapping(club) == []
    found = kinds(results)
    assert found in ({"Session": 1, "NothingToUndo": 3, "SlotTaken": 1}, {"Visit": 1, "SessionClash": 4})
    assert all(one.obstacles for one in results if isinstance(one, SessionClash)), "each says who has it"


async def test_a_move_that_four_take_back_at_once_is_taken_back_once(database: Database) -> None:
    club = Groups(database)
    people = club.people(3)
    first = club.sessions(club.group(people=people))[0]
    club.do(lambda tx: move(tx, club.centre, first.id, first.starts_at + timedelta(hours=3)))

    results = await at_once(club, *[lambda tx: undo_move(tx, club.centre, first.id)] * 4)

    assert kinds(results) == {"Session": 1, "NothingToUndo": 3}
    assert {row.status for row in club.messages(text="session_moved")} == {"withdrawn"}
