"""Who comes today, as the door sees it."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from scheduler.booking import book, confirm, give_back
from scheduler.today import Coming, SelfCheck, today, words
from scheduler.visits import VisitStatus
from storage import declarations
from storage.database import Database
from storage.tables import appointment
from tests.builders import Club, the_centre, warsaw
from tests.words.builders import the_composer

TUESDAY = date(2026, 10, 6)
THURSDAY = date(2026, 10, 8)


class Door:
    """The club, and who comes to it."""

    def __init__(self, database: Database) -> None:
        self.club = Club(database, the_centre())

    def books(
        self, name: str, clock: str, service: str = "career_adviser", day: date = TUESDAY
    ) -> tuple[int, int]:
        """Enrol somebody and book; return their id and the visit's."""
        person_id = self.club.person(name)
        starts_at = warsaw(day, clock)
        visit = self.club.do(
            lambda tx: book(tx, self.club.centre, person_id=person_id, service=service, starts_at=starts_at)
        )
        return person_id, int(visit.id)

    def today(self, day: date = TUESDAY) -> list[Coming]:
        return list(self.club.do(lambda tx: today(tx, self.club.centre, day)))

    def asks(self, *people: int, declared: bool = False) -> None:
        self.club.do(lambda tx: declarations.ask(tx, people, TUESDAY, "1"))
        if declared:
            self.club.do(lambda tx: declarations.declare(tx, people, TUESDAY))

    def said(self, row: Coming) -> Any:
        return words(the_composer(), self.club.centre, row)


@pytest.fixture
def door(database: Database) -> Door:
    return Door(database)


def test_the_list_is_by_room_and_time_and_who_only_phones_comes_last(door: Door) -> None:
    door.books("Anna Testowa", "12:00", "career_adviser", THURSDAY)
    door.books("Ola Testowa", "13:00", "psychologist", THURSDAY)
    door.books("Iza Testowa", "12:00", "psychologist", THURSDAY)
    door.books("Ewa Testowa", "12:00", "specialist", THURSDAY)
    rows = door.today(THURSDAY)
    assert [(row.room, row.person) for row in rows] == [
        ("103", "Ewa Testowa"),
        ("105", "Iza Testowa"),
        ("105", "Ola Testowa"),
        (None, "Anna Testowa"),
    ]


def test_the_morning_question_has_four_outcomes_at_the_door(door: Door) -> None:
    declared, _ = door.books("Anna Testowa", "09:00")
    silent, _ = door.books("Ola Testowa", "10:00")
    door.books("Iza Testowa", "11:00")
    back, visit = door.books("Ewa Testowa", "12:00")
    door.asks(declared, declared=True)
    door.asks(silent, back)
    door.club.do(lambda tx: give_back(tx, door.club.centre, visit_id=visit))
    assert [row.self_check for row in door.today()] == [
        SelfCheck.DECLARED,
        SelfCheck.NO_ANSWER,
        SelfCheck.NOT_ASKED,
        SelfCheck.GIVEN_BACK,
    ]


def test_what_is_said_of_another_day_does_not_count(door: Door) -> None:
    anna, _ = door.books("Anna Testowa", "13:00", "psychologist", THURSDAY)
    door.asks(anna, declared=True)
    (row,) = door.today(THURSDAY)
    assert row.self_check is SelfCheck.NOT_ASKED


def test_given_back_after_declaring_is_given_back_of_whatever_cause(door: Door) -> None:
    anna, visit = door.books("Anna Testowa", "09:00")
    door.asks(anna, declared=True)
    door.club.do(lambda tx: give_back(tx, door.club.centre, visit_id=visit))
    (row,) = door.today()
    assert row.self_check is SelfCheck.GIVEN_BACK
    assert (door.said(row).status, door.said(row).self_check) == ("odwołane", "")


def test_who_confirmed_is_late_or_has_company_is_said_in_words(door: Door) -> None:
    _, visit = door.books("Anna Testowa", "09:00")
    door.club.do(lambda tx: confirm(tx, visit_id=visit))
    late = update(appointment).values(late_minutes=10, accompanied=True)
    door.club.do(lambda tx: tx.connection.execute(late))
    (row,) = door.today()
    assert (row.confirmed, row.late_minutes, row.accompanied) == (True, 10, True)
    said = door.said(row)
    assert (said.service, said.place, said.status) == ("doradca zawodowy", "pokój 103", "potwierdzone")
    assert said.remarks == ("spóźnienie 10 min", "z osobą towarzyszącą")


def test_late_and_nobody_knows_how_much_is_said_without_minutes(door: Door) -> None:
    door.books("Anna Testowa", "09:00")
    late = update(appointment).values(late_minutes=0)
    door.club.do(lambda tx: tx.connection.execute(late))
    (row,) = door.today()
    assert door.said(row).remarks == ("spóźnienie",)


def test_only_who_is_still_to_come_in_is_asked_at_the_door(door: Door) -> None:
    anna, _ = door.books("Anna Testowa", "09:00")
    door.asks(anna)
    (row,) = door.today()
    assert door.said(row).self_check == "bez odpowiedzi: zapytać"
    door.club.do(lambda tx: tx.connection.execute(update(appointment).values(status="arrived")))
    (row,) = door.today()
    assert (door.said(row).status, door.said(row).self_check) == ("już jest", "")


@pytest.mark.parametrize("language", ["pl", "uk", "en"])
def test_every_state_has_its_words(door: Door, language: str) -> None:
    door.books("Anna Testowa", "09:00")
    for status in VisitStatus:
        set_ = update(appointment).values(status=status)
        door.club.do(lambda tx, set_=set_: tx.connection.execute(set_))
        (row,) = door.today()
        assert words(the_composer(), door.club.centre, row, language).status
