"""What lies between a day's visits: times that can be booked, and who is away."""

from datetime import date, datetime

import pytest

from scheduler.booking import book, give_back
from scheduler.gaps import Gap, offer
from storage.absences import add_absence
from storage.closures import add_closure
from storage.database import Database
from tests.builders import Club, warsaw

FRIDAY = date(2026, 10, 9)
SUNDAY = date(2026, 10, 11)


def at(clock: str) -> datetime:
    return warsaw(FRIDAY, clock)


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database)


def gaps(club: Club, day: date = FRIDAY, now: datetime | None = None) -> list[Gap]:
    return list(club.do(lambda tx: offer(tx, club.centre, day), now).gaps)


def free_at(club: Club, station: str | None, now: datetime | None = None) -> list[str]:
    return [
        f"{gap.starts_at.astimezone(club.centre.zone):%H:%M}"
        for gap in gaps(club, now=now)
        if gap.station == station and not gap.is_away
    ]


def test_what_is_not_booked_is_free_by_place_and_time(club: Club) -> None:
    anna = club.person()
    visit = club.do(
        lambda tx: book(tx, club.centre, person_id=anna, service="psycholog", starts_at=at("10:00"))
    )

    assert free_at(club, "a") == ["09:00", "11:00", "12:00", "13:00", "14:00"]
    assert free_at(club, "b") == free_at(club, None) == ["09:00", "10:00", "11:00", "12:00", "13:00", "14:00"]
    club.do(lambda tx: give_back(tx, club.centre, visit_id=visit.id))
    assert "10:00" not in free_at(club, "a"), "held for whoever gave it back"


def test_nothing_is_free_that_is_over_or_too_soon_or_beyond_the_horizon(club: Club) -> None:
    assert free_at(club, "a", at("11:30")) == ["13:00", "14:00"]
    assert gaps(club, date(2027, 1, 4)) == []
    assert gaps(club, now=warsaw("2026-10-12")) == []


def test_nobody_serves_on_a_sunday_or_while_the_club_is_closed(club: Club) -> None:
    assert club.do(lambda tx: offer(tx, club.centre, SUNDAY)).serving == ()
    club.do(lambda tx: add_closure(tx, FRIDAY, FRIDAY, "remont"))
    assert club.do(lambda tx: offer(tx, club.centre, FRIDAY)) == club.do(
        lambda tx: offer(tx, club.centre, SUNDAY)
    )


def test_who_is_away_is_named_for_as_long_as_they_would_be_here(club: Club) -> None:
    pola = club.specialist("pola")
    span = warsaw(FRIDAY, "00:00"), at("11:00")
    club.do(lambda tx: add_absence(tx, span, person_id=pola))

    away = [gap for gap in gaps(club) if gap.is_away]

    assert [(gap.starts_at, gap.ends_at, gap.specialist, gap.station) for gap in away] == [
        (at("09:00"), at("11:00"), "Pola Przykładowa", "a")
    ]
    assert free_at(club, "a") == ["11:00", "12:00", "13:00", "14:00"]
