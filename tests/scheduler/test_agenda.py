from datetime import date

from sqlalchemy import update

from scheduler.agenda import agenda
from scheduler.booking import book, give_back
from scheduler.visits import VisitStatus
from storage.database import Database
from storage.tables import appointment
from tests.builders import Club, a_centre, warsaw


def booked(club: Club, person_id: int, service: str, day: str, clock: str) -> int:
    starts_at = warsaw(day, clock)
    visit = club.do(
        lambda tx: book(tx, club.centre, person_id=person_id, service=service, starts_at=starts_at)
    )
    return int(visit.id)


def test_the_agenda_names_who_comes_when_and_where(database: Database) -> None:
    club = Club(database)
    anna = club.person("Anna Testowa")
    visit = booked(club, anna, "psycholog", "2026-10-14", "10:00")
    (row,) = club.do(lambda tx: agenda(tx, club.centre, date(2026, 10, 14), date(2026, 10, 14)))
    assert (row.id, row.service, row.specialist, row.person_id, row.person) == (
        visit,
        "psycholog",
        "Pola Przykładowa",
        anna,
        "Anna Testowa",
    )
    assert (row.room, row.station, row.mode) == (club.centre.rooms[0].number, "a", "in_person")
    assert (row.starts_at, row.ends_at) == (warsaw("2026-10-14", "10:00"), warsaw("2026-10-14", "10:50"))
    assert (row.status, row.late_minutes, row.accompanied) == (VisitStatus.BOOKED, None, False)


def test_a_remote_visit_has_neither_room_nor_station(database: Database) -> None:
    club = Club(database)
    booked(club, club.person(), "doradca", "2026-10-14", "10:00")
    (row,) = club.do(lambda tx: agenda(tx, club.centre, date(2026, 10, 14), date(2026, 10, 14)))
    assert (row.room, row.station, row.mode) == (None, None, "remote")


def test_both_days_count_and_days_are_local(database: Database) -> None:
    club = Club(database)
    anna = club.person()
    first = booked(club, anna, "psycholog", "2026-10-13", "09:00")
    last = booked(club, anna, "psycholog", "2026-10-15", "14:00")

    def listed(from_day: int, to_day: int) -> list[int]:
        days = date(2026, 10, from_day), date(2026, 10, to_day)
        return [row.id for row in club.do(lambda tx: agenda(tx, club.centre, *days))]

    assert listed(13, 15) == [first, last]
    assert listed(13, 14) == [first]
    assert listed(14, 14) == []
    assert listed(15, 13) == []
    late = warsaw("2026-10-14", "00:30"), warsaw("2026-10-14", "01:20")
    club.do(
        lambda tx: tx.connection.execute(
            update(appointment).where(appointment.c.id == last).values(starts_at=late[0], ends_at=late[1])
        )
    )
    assert listed(14, 14) == [last]


def test_what_was_given_back_stays_on_the_agenda(database: Database) -> None:
    club = Club(database)
    visit = booked(club, club.person(), "psycholog", "2026-10-14", "10:00")
    club.do(lambda tx: give_back(tx, club.centre, visit_id=visit))
    (row,) = club.do(lambda tx: agenda(tx, club.centre, date(2026, 10, 14), date(2026, 10, 14)))
    assert row.status is VisitStatus.GIVEN_BACK


def test_a_station_that_left_the_file_still_has_its_room(database: Database) -> None:
    club = Club(database)
    booked(club, club.person(), "psycholog", "2026-10-14", "10:00")
    known = a_centre().model_dump()
    known["rooms"][0]["stations"] = [{"code": "other", "name": "O"}]
    other = type(club.centre).model_validate(known)
    (row,) = club.do(lambda tx: agenda(tx, other, date(2026, 10, 14), date(2026, 10, 14)))
    assert (row.room, row.station) == ("r1", "a")
