"""Weekly hours: what staff enter beside the club's file, what a change of them touches, and that a restart keeps it."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from scheduler.changes import Apart, Became, Way, settle
from scheduler.errors import OutOfHours
from scheduler.free_times import Search, free_days
from scheduler.hours import (
    Hours,
    HoursClash,
    HoursTooShort,
    NoSuchHours,
    Weekly,
    add,
    go_on,
    hours,
    stop,
    the_hours,
)
from scheduler.impact import HoursOver, affected
from scheduler.morning import is_open_day
from scheduler.plant import plant
from scheduler.who_has import who_serve
from storage.database import Database
from tests.builders import Club, a_centre, warsaw
from tests.scheduler.test_changes import FRIDAY, TEN, booking, now_of, said, settling, todos, touched

SATURDAY, NEXT = date(2026, 10, 10), date(2026, 10, 16)


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database, a_centre())


def weekly(club: Club, code: str = "pola", **more: Any) -> Weekly:
    """On Saturdays at desk a."""
    known: dict[str, Any] = {
        "service": "psycholog",
        "weekday": 6,
        "starts": time(9),
        "ends": time(12),
        "station": "a",
        "mode": "in_person",
    }
    return Weekly(specialist_id=club.specialist(code), **(known | more))


def fridays(club: Club, code: str = "pola") -> int:
    """The number of somebody's hours on Fridays, of the file."""
    whose = club.specialist(code)
    found: list[Hours] = club.do(hours)
    return next(
        one.id
        for one in found
        if (one.weekly.specialist_id, one.weekly.weekday, one.until) == (whose, 5, None)
    )


def over(club: Club, since: date = FRIDAY, instead: Weekly | None = None) -> HoursOver:
    number = fridays(club)
    gone = club.do(lambda tx: the_hours(tx, number))
    return HoursOver(number, gone.weekly, since, instead)


def saturdays(club: Club) -> list[date]:
    search = Search("psycholog", specialist_id=club.specialist("pola"))
    return [day for day in club.do(lambda tx: free_days(tx, club.centre, search, 60)) if day.weekday() == 5]


def test_hours_that_staff_enter_can_be_booked_from_their_day_on_and_a_restart_keeps_them(club: Club) -> None:
    saturday, by = weekly(club), club.specialist("piotr")
    number = club.do(lambda tx: add(tx, club.centre, saturday, date(2026, 10, 11), by=by))
    club.do(lambda tx: plant(tx, club.centre))
    found = club.do(lambda tx: the_hours(tx, number))
    assert (found.weekly, found.by_staff, found.since, found.until) == (
        saturday,
        True,
        date(2026, 10, 11),
        None,
    )
    assert saturdays(club)[0] == date(2026, 10, 17)
    assert [club.do(lambda tx, d=day: is_open_day(tx, d)) for day in (SATURDAY, date(2026, 10, 17))] == [
        False,
        True,
    ]
    anna = club.person()
    with pytest.raises(OutOfHours):
        booking(club, anna, warsaw(SATURDAY, "09:00"))
    assert booking(club, anna, warsaw("2026-10-17", "09:00")).station == "a"


def test_hours_of_the_file_that_staff_ended_stay_ended_until_the_file_says_something_new(club: Club) -> None:
    number = fridays(club)
    club.do(lambda tx: stop(tx, number, FRIDAY))
    club.do(lambda tx: plant(tx, club.centre))
    assert club.do(lambda tx: the_hours(tx, number)).until == FRIDAY - timedelta(days=1)
    with pytest.raises(OutOfHours):
        booking(club, club.person())
    rows = [row.model_dump() for row in club.centre.timetable]
    newer = [
        row | ({"ends": time(14)} if (row["specialist"], row["weekday"]) == ("pola", 5) else {})
        for row in rows
    ]
    club.do(lambda tx: plant(tx, a_centre(timetable=newer)))
    assert club.do(lambda tx: the_hours(tx, fridays_of(tx, club))).weekly.ends == time(14)


def fridays_of(tx: Any, club: Club) -> int:
    return next(
        one.id
        for one in hours(tx)
        if one.specialist.startswith("Pola") and one.weekly.weekday == 5 and not one.until
    )


def test_what_ends_touches_only_the_visits_that_nothing_else_has(club: Club) -> None:
    anna = club.person()
    before, at_ten = booking(club, anna, warsaw("2026-10-07", "10:00")), booking(club, anna)
    later = booking(club, club.person("Ewa Testowa", "+48501000002"), warsaw(NEXT, "13:00"))
    booking(club, club.person("Ola Testowa", "+48501000003"), code="piotr")
    assert touched(club, over(club)) == [at_ten, later]
    assert touched(club, over(club, NEXT)) == [later]
    longer = weekly(club, weekday=5, starts=time(9), ends=time(13))
    assert touched(club, over(club, instead=longer)) == [later]
    assert before not in touched(club, over(club, date(2026, 10, 6)))


def test_new_hours_at_another_desk_take_their_visits_along_and_others_are_settled_in_their_way(
    club: Club,
) -> None:
    anna, ewa = club.person(), club.person("Ewa Testowa", "+48501000002")
    kept, moved = booking(club, anna), booking(club, ewa, warsaw(FRIDAY, "14:00"))
    by_phone = weekly(club, weekday=5, starts=time(9), ends=time(13), station=None, mode="phone")
    change = over(club, instead=by_phone)
    apart = Apart({moved.id: Way.BY_PHONE})
    settled = club.do(lambda tx: settle(tx, club.centre, change, Way.SAME_TIME, apart=apart))
    assert [one.became for one in settled] == [Became.OTHER_PLACE, Became.LEFT]
    after = now_of(club, kept)
    assert (after.specialist_id, after.mode, after.starts_at) == (club.specialist("pola"), "phone", TEN)
    assert (said(club), todos(club)) == (["club_new_place"], ["todo_by_phone"])
    assert now_of(club, moved) == moved


def test_a_change_that_can_not_be_changes_nothing(club: Club) -> None:
    booking(club, club.person())
    taken = weekly(club, weekday=5, station="b")  # Piotr's desk
    with pytest.raises(HoursClash):
        settling(club, over(club, instead=taken), Way.GIVE_BACK)
    assert club.do(lambda tx: the_hours(tx, fridays_of(tx, club))).until is None
    short, twice = weekly(club, ends=time(9, 30)), weekly(club, weekday=5, starts=time(14), ends=time(16))
    with pytest.raises(HoursTooShort):
        club.do(lambda tx: add(tx, club.centre, short, FRIDAY))
    with pytest.raises(HoursClash):
        club.do(lambda tx: add(tx, club.centre, twice, FRIDAY))
    assert said(club) == []


def test_hours_that_ended_go_on_unless_others_have_begun_there(club: Club) -> None:
    number, friday = fridays(club), weekly(club, weekday=5)
    club.do(lambda tx: stop(tx, number, FRIDAY))
    other = club.do(lambda tx: add(tx, club.centre, friday, FRIDAY))
    with pytest.raises(HoursClash):
        club.do(lambda tx: go_on(tx, club.centre, number))
    club.do(lambda tx: stop(tx, other, FRIDAY))  # they had not begun: gone
    with pytest.raises(NoSuchHours):
        club.do(lambda tx: the_hours(tx, other))
    club.do(lambda tx: go_on(tx, club.centre, number))
    assert booking(club, club.person()).station == "a"
    with pytest.raises(NoSuchHours):
        club.do(lambda tx: go_on(tx, club.centre, number))


def test_who_has_no_hours_any_more_serves_no_more(club: Club) -> None:
    whose = club.specialist("pola")
    for one in club.do(hours):
        if one.weekly.specialist_id == whose:
            club.do(lambda tx, n=one.id: stop(tx, n, date(2026, 10, 5)))
    assert whose not in dict(club.do(lambda tx: who_serve(tx, "psycholog")))
    assert club.do(lambda tx: affected(tx, club.centre, over_of(tx, club))) == []


def over_of(tx: Any, club: Club) -> HoursOver:
    one = hours(tx)[0]
    return HoursOver(one.id, one.weekly, FRIDAY)
