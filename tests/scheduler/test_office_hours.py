"""When somebody answers in the office."""

from datetime import date

import pytest
from sqlalchemy import insert

from scheduler.office_hours import is_open
from storage.database import Database
from storage.tables import closure
from tests.builders import Club, the_centre, warsaw


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        ("2026-10-05", "07:29", False),
        ("2026-10-05", "07:30", True),
        ("2026-10-05", "15:29", True),
        ("2026-10-05", "15:30", False),
        ("2026-10-10", "10:00", False),  # a Saturday
        ("2026-11-11", "10:00", False),  # a holiday, a Wednesday
        ("2026-10-26", "07:30", True),  # the Monday after the clocks went back
        ("2026-10-23", "15:29", True),
    ],
)
def test_it_is_open_on_the_clubs_own_clock(database: Database, day: str, clock: str, expected: bool) -> None:
    club = Club(database, the_centre(), warsaw(day, clock))

    assert club.do(lambda tx: is_open(tx, club.centre)) is expected


def test_it_is_closed_while_the_club_is(database: Database) -> None:
    club = Club(database, the_centre(), warsaw("2026-10-06", "10:00"))
    row = insert(closure).values(first_day=date(2026, 10, 5), last_day=date(2026, 10, 7), reason="szkolenie")
    club.do(lambda tx: tx.connection.execute(row))

    assert club.do(lambda tx: is_open(tx, club.centre)) is False
