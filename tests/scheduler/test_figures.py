"""What a month comes to: counts alone."""

from datetime import date, timedelta
from decimal import Decimal

from scheduler.booking import book, give_back
from scheduler.figures import Month, figures
from scheduler.outcomes import attend, miss
from scheduler.visits import Visit
from storage.database import Database
from tests.builders import NOW, Club, a_centre, warsaw

DAY = timedelta(days=1)


def a_visit(club: Club, day: str, clock: str, number: int) -> Visit:
    person = club.person(f"Osoba {'abcdef'[number]}", f"+4850100000{number}")
    starts_at = warsaw(day, clock)
    return club.do(  # type: ignore[no-any-return]
        lambda tx: book(tx, club.centre, person_id=person, service="psycholog", starts_at=starts_at)
    )


def test_visits_are_counted_in_their_local_month_by_what_became_of_them(database: Database) -> None:
    club = Club(database, a_centre())
    late, early = a_visit(club, "2026-10-08", "10:00", 0), a_visit(club, "2026-10-09", "10:00", 1)
    came, gone = a_visit(club, "2026-10-07", "09:00", 2), a_visit(club, "2026-10-07", "10:00", 3)
    a_visit(club, "2026-11-02", "09:00", 4)
    club.do(lambda tx: give_back(tx, club.centre, visit_id=early.id), NOW)
    club.do(lambda tx: give_back(tx, club.centre, visit_id=late.id), late.starts_at - timedelta(hours=2))
    club.do(lambda tx: attend(tx, club.centre, visit_id=came.id, by=None), came.ends_at)
    club.do(lambda tx: miss(tx, club.centre, visit_id=gone.id, by=None), gone.ends_at)

    *before, october, november = club.do(lambda tx: figures(tx, club.centre), warsaw(date(2026, 11, 3)))

    assert october == Month(date(2026, 10, 1), visits=4, came=1, missed=1, given_back=2, in_time=1)
    assert (november.visits, november.first) == (1, date(2026, 11, 1))
    assert [one.first for one in before[:1]] == [date(2025, 12, 1)]
    assert sum(one.visits for one in before) == 0


def test_an_empty_club_has_months_of_noughts(database: Database) -> None:
    club = Club(database)

    assert club.do(lambda tx: figures(tx, club.centre, 2)) == [
        Month(date(2026, 9, 1)),
        Month(date(2026, 10, 1)),
    ]
    assert Month(date(2026, 9, 1)).zloty == Decimal(0)
