"""A longer buffer: who is booked stays as they are, who books next gets the new one."""

from datetime import timedelta

import pytest

from scheduler import booking
from scheduler.errors import OutOfHours, SlotTaken
from scheduler.free_times import Search, free_times
from scheduler.policies import Record, set_policy
from storage.database import Database
from tests.builders import MONDAY, NOW, Club, a_centre, a_row, warsaw

TUESDAY = MONDAY + timedelta(days=1)


def a_club(database: Database) -> Club:
    """One psychologist at one desk, on every hour."""
    row = a_row("pola", "psycholog", 2, "09:00", "14:00") | {"station": "a", "mode": "in_person"}
    return Club(database, a_centre(timetable=[row, a_row("dorota", "doradca", 2, "09:00", "14:00")]))


def starts(club: Club) -> list[str]:
    found = club.do(lambda tx: free_times(tx, club.centre, Search("psycholog", last_day=TUESDAY), limit=5))
    return [time_.starts_at.astimezone(club.centre.zone).strftime("%H:%M") for time_ in found]


def book(club: Club, hour: str, person: int) -> None:
    at = warsaw(TUESDAY, hour)
    club.do(lambda tx: booking.book(tx, club.centre, person_id=person, service="psycholog", starts_at=at))


def test_a_new_booking_is_measured_with_the_buffer_of_its_own_day(database: Database) -> None:
    club = a_club(database)
    book(club, "10:00", club.person())
    before = starts(club)
    club.do(lambda tx: set_policy(tx, Record("buffer_minutes", 30, warsaw(TUESDAY, "00:00"))))

    assert before == ["09:00", "11:00", "12:00", "13:00"]
    assert starts(club) == ["11:00", "12:00", "13:00"]  # nine o'clock would be aired until ten twenty
    with pytest.raises(SlotTaken):
        book(club, "09:00", club.person("Ola Druga", "+48501000002"))


def test_a_booked_visit_keeps_its_claims_when_the_buffer_grows(database: Database) -> None:
    club = a_club(database)
    book(club, "10:00", club.person())
    before = club.claims()
    club.do(lambda tx: set_policy(tx, Record("buffer_minutes", 30, NOW)))

    assert club.claims() == before
    book(club, "11:00", club.person("Ola Druga", "+48501000002"))
    aired = [until for station, _, _, until in club.claims() if station is not None]
    assert aired == [warsaw(TUESDAY, "11:00"), warsaw(TUESDAY, "12:20")]


def test_an_hour_beside_the_grid_is_still_no_hour(database: Database) -> None:
    club = a_club(database)
    with pytest.raises(OutOfHours):
        book(club, "09:30", club.person())
