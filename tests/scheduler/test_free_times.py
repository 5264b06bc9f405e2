"""Free times are what the hours leave over, in local time, on every day of the year."""

from datetime import date, time, timedelta

import pytest

from scheduler.booking import away, book
from scheduler.errors import NoSuchService
from scheduler.free_times import Search, free_days, free_times
from scheduler.visits import FreeTime
from storage.database import Database
from tests.builders import MONDAY, NOW, WARSAW, Club, a_centre, a_row, warsaw

# Europe/Warsaw, 2026 to 2030: the last Sundays of March and October.
SPRING = [date(2026, 3, 29), date(2027, 3, 28), date(2028, 3, 26), date(2029, 3, 25), date(2030, 3, 31)]
# Easter of 2027 and All Saints' Day of that year fall on or beside a change.
HOLIDAYS = {date(2027, 3, 28), date(2027, 3, 29), date(2027, 11, 1)}
AUTUMN = [date(2026, 10, 25), date(2027, 10, 31), date(2028, 10, 29), date(2029, 10, 28), date(2030, 10, 27)]


def clocks(times: list[FreeTime]) -> list[str]:
    return [free.starts_at.astimezone(WARSAW).strftime("%d.%m %H:%M") for free in times]


def found(club: Club, search: Search, **more: object) -> list[FreeTime]:
    return club.do(lambda tx: free_times(tx, club.centre, search, **more))  # type: ignore[no-any-return]


def test_the_nearest_times_come_first_and_not_before_the_lead_time(database: Database) -> None:
    club = Club(database)
    assert clocks(found(club, Search("psycholog"))) == ["05.10 10:00", "05.10 11:00", "05.10 12:00"]


def test_a_list_goes_on_after_its_last_time(database: Database) -> None:
    club = Club(database)
    first = found(club, Search("psycholog"), limit=5)
    assert clocks(found(club, Search("psycholog"), limit=2, after=first[-1].starts_at)) == [
        "06.10 09:00",
        "06.10 10:00",
    ]


def test_days_and_times_of_day_narrow_it(database: Database) -> None:
    club = Club(database)
    thursday = Search(
        "psycholog", first_day=date(2026, 10, 8), last_day=date(2026, 10, 8), from_time=time(12)
    )
    assert clocks(found(club, thursday, limit=9)) == ["08.10 12:00", "08.10 13:00", "08.10 14:00"]
    assert clocks(found(club, Search("psycholog", at=time(10)), limit=2)) == ["05.10 10:00", "06.10 10:00"]


def test_an_hour_of_two_specialists_is_offered_once_until_both_are_taken(database: Database) -> None:
    club = Club(database)
    at = warsaw(MONDAY, "10:00")
    for n in range(2):
        assert "05.10 10:00" in clocks(found(club, Search("psycholog")))
        anna = club.person(f"Anna {n}", f"+4850100000{n}")
        club.do(
            lambda tx, anna=anna: book(tx, club.centre, person_id=anna, service="psycholog", starts_at=at)
        )
    assert "05.10 10:00" not in clocks(found(club, Search("psycholog")))


def test_a_station_is_not_offered_while_it_is_aired_and_cleaned(database: Database) -> None:
    club = Club(
        database,
        a_centre(
            buffer_minutes=20,
            timetable=[
                a_row("pola", "psycholog", 1, "09:00", "15:00") | {"station": "a", "mode": "in_person"}
            ],
        ),
    )
    anna = club.person()
    club.do(
        lambda tx: book(
            tx, club.centre, person_id=anna, service="psycholog", starts_at=warsaw(MONDAY, "11:00")
        )
    )
    assert clocks(found(club, Search("psycholog"), limit=3)) == ["05.10 13:00", "05.10 14:00", "12.10 09:00"]


def test_a_participant_is_not_offered_a_time_at_which_they_are_elsewhere(database: Database) -> None:
    club = Club(database)
    anna = club.person()
    club.do(
        lambda tx: book(tx, club.centre, person_id=anna, service="doradca", starts_at=warsaw(MONDAY, "10:00"))
    )
    assert clocks(found(club, Search("psycholog", person_id=anna), limit=1)) == ["05.10 11:00"]


def test_an_absence_takes_its_hours_away(database: Database) -> None:
    club = Club(database)
    for code in ("pola", "piotr"):
        who = club.specialist(code)
        club.do(
            lambda tx, who=who: away(tx, specialist_id=who, starts_at=NOW, ends_at=warsaw(MONDAY, "13:30"))
        )
    assert clocks(found(club, Search("psycholog"), limit=1)) == ["05.10 14:00"]


@pytest.mark.parametrize(
    "day", [date(2026, 11, 11), date(2026, 12, 24), date(2026, 12, 25), date(2027, 3, 29)]
)
def test_nothing_is_offered_on_a_polish_holiday(database: Database, day: date) -> None:
    club = Club(database, now=warsaw(day - timedelta(days=2)))
    assert found(club, Search("psycholog", first_day=day, last_day=day)) == []


def test_nothing_is_offered_while_the_club_is_closed(database: Database) -> None:
    closed = {"first": MONDAY, "last": date(2026, 10, 7), "reason": "remont"}
    club = Club(database, a_centre(closures=[closed]))
    assert clocks(found(club, Search("psycholog"), limit=1)) == ["08.10 09:00"]


def test_nothing_is_offered_beyond_the_horizon_or_before_now(database: Database) -> None:
    club = Club(database, a_centre(horizon_days=7))
    assert found(club, Search("psycholog", first_day=date(2026, 10, 13))) == []
    assert found(club, Search("psycholog", last_day=date(2026, 10, 2))) == []


def test_days_with_a_free_time_are_listed_once_each(database: Database) -> None:
    club = Club(database)
    assert club.do(lambda tx: free_days(tx, club.centre, Search("psycholog"), limit=3)) == [
        MONDAY,
        date(2026, 10, 6),
        date(2026, 10, 7),
    ]


def test_a_service_that_is_off_or_unknown_is_refused(database: Database) -> None:
    club = Club(database)
    with pytest.raises(NoSuchService):
        found(club, Search("szaman"))


@pytest.mark.parametrize("change", SPRING + AUTUMN)
def test_around_a_clock_change_the_hours_are_the_same_on_the_wall(database: Database, change: date) -> None:
    saturday, monday = change - timedelta(days=1), change + timedelta(days=1)
    rows = [a_row("pola", "psycholog", weekday, "09:00", "11:00") for weekday in (1, 6, 7)]
    club = Club(database, a_centre(timetable=rows), now=warsaw(change - timedelta(days=3)))
    open_days = [day for day in (saturday, change, monday) if day not in HOLIDAYS]
    assert clocks(found(club, Search("psycholog", first_day=saturday, last_day=monday), limit=9)) == [
        f"{day:%d.%m} {clock}" for day in open_days for clock in ("09:00", "10:00")
    ]


@pytest.mark.parametrize("change", [day for day in SPRING if day not in HOLIDAYS])
def test_the_hour_that_spring_skips_is_not_offered(database: Database, change: date) -> None:
    club = Club(
        database,
        a_centre(timetable=[a_row("pola", "psycholog", 7, "01:00", "05:00")]),
        now=warsaw(change - timedelta(days=2)),
    )
    offered = clocks(found(club, Search("psycholog", first_day=change, last_day=change), limit=9))
    assert offered == [f"{change:%d.%m} 01:00", f"{change:%d.%m} 03:00", f"{change:%d.%m} 04:00"]


@pytest.mark.parametrize("change", AUTUMN)
def test_the_hour_that_autumn_repeats_is_offered_once(database: Database, change: date) -> None:
    club = Club(
        database,
        a_centre(timetable=[a_row("pola", "psycholog", 7, "01:00", "05:00")]),
        now=warsaw(change - timedelta(days=2)),
    )
    offered = found(club, Search("psycholog", first_day=change, last_day=change), limit=9)
    assert clocks(offered) == [f"{change:%d.%m} 0{hour}:00" for hour in (1, 2, 3, 4)]
    assert offered[2].starts_at - offered[1].starts_at == timedelta(hours=2)
