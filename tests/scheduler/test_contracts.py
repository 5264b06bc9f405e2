from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from scheduler.booking import book
from scheduler.contracts import watch_contracts
from scheduler.enrolment import Newcomer, enrol
from storage.database import Database
from storage.tables import todo
from tests.builders import MONDAY, Club, warsaw


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database)


def todos(club: Club) -> list[Any]:
    return list(club.do(lambda tx: tx.connection.execute(select(todo).order_by(todo.c.id)).all()))


@pytest.mark.parametrize(("days", "told"), [(15, 0), (14, 1), (0, 1), (-14, 1), (-15, 0)])
def test_staff_are_told_two_weeks_ahead_and_not_of_what_is_long_over(
    club: Club, days: int, told: int
) -> None:
    club.person(contract_until=MONDAY + timedelta(days=days))

    club.do(lambda tx: watch_contracts(tx, club.centre))

    assert len(todos(club)) == told


def test_it_is_told_once_and_again_of_a_contract_that_ends_on_another_day(club: Club) -> None:
    who = club.person(contract_until=date(2026, 10, 12))
    for _ in range(2):
        club.do(lambda tx: watch_contracts(tx, club.centre))
    club.do(lambda tx: enrol(tx, Newcomer("Jan Testowy", "+48501000001", contract_until=date(2026, 10, 31))))

    later = warsaw("2026-10-20")
    for _ in range(2):
        club.do(lambda tx: watch_contracts(tx, club.centre), later)

    assert [(one.text, one.person_id, one.params) for one in todos(club)] == [
        ("todo_contract_ends", who, {"ends_date": "2026-10-12"}),
        ("todo_contract_ends", who, {"ends_date": "2026-10-31"}),
    ]


def test_the_local_day_counts_over_the_clock_change(club: Club) -> None:
    """25 October 2026, 00:30 in Warsaw, is still the 24th in UTC."""
    club.person(contract_until=date(2026, 11, 8))

    club.do(lambda tx: watch_contracts(tx, club.centre), warsaw("2026-10-24", "23:30"))
    assert todos(club) == []
    club.do(lambda tx: watch_contracts(tx, club.centre), warsaw("2026-10-25", "00:30"))
    assert len(todos(club)) == 1


def test_a_visit_never_goes_because_a_contract_ends(club: Club) -> None:
    who = club.person(contract_until=date(2026, 10, 12))
    at = warsaw("2026-10-12", "10:00")
    club.do(lambda tx: book(tx, club.centre, person_id=who, service="psycholog", starts_at=at))

    club.do(lambda tx: watch_contracts(tx, club.centre))

    assert len(club.claims()) == 3
