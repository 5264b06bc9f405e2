"""Whoever is on duty is told of what can't wait: once in a while, on their own phone, and nothing of whom or why."""

from datetime import timedelta

import pytest

from scheduler.duty import AGAIN, REST, tell_urgent
from scheduler.staff import Colleague, Role, add_staff
from scheduler.todos import done, open_todo, take
from storage.addresses import change_address
from storage.database import Database
from storage.people import change_person
from tests.builders import NOW, Club

MINUTE = timedelta(minutes=1)


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database)


def a_colleague(club: Club, name: str, role: Role, phone: str | None) -> int:
    return int(club.do(lambda tx: add_staff(tx, Colleague(name, role, phone), "sms")))


def something_urgent(club: Club, key: str = "a", minutes: int = 0) -> int:
    club.do(lambda tx: open_todo(tx, key=key, text="todo_callback", urgent=True), NOW + minutes * MINUTE)
    return ord(key) - ord("a") + 1


def told(club: Club, minutes: int = 0) -> int:
    return int(club.do(lambda tx: tell_urgent(tx, club.centre), NOW + minutes * MINUTE))


def test_the_coordinator_is_told_once_and_nothing_but_that_there_is_something(club: Club) -> None:
    a_colleague(club, "Adam Recepcyjny", Role.RECEPTION, "+48501000008")
    ewa = a_colleague(club, "Ewa Koordynatorka", Role.COORDINATOR, "+48501000009")
    something_urgent(club)
    assert (told(club), told(club), told(club, 29)) == (1, 0, 0)
    (message,) = club.messages()
    assert (message.person_id, message.purpose, message.text, message.params) == (
        ewa,
        "urgent",
        "staff_urgent",
        {},
    )


def test_nothing_urgent_is_no_message(club: Club) -> None:
    a_colleague(club, "Ewa Koordynatorka", Role.COORDINATOR, "+48501000009")
    club.do(lambda tx: open_todo(tx, key="a", text="todo_callback"))
    assert (told(club), club.messages()) == (0, [])


def test_what_comes_up_soon_after_waits_for_the_next_message_and_has_one(club: Club) -> None:
    a_colleague(club, "Ewa Koordynatorka", Role.COORDINATOR, "+48501000009")
    rest = int(REST / MINUTE)
    something_urgent(club, "a")
    assert told(club) == 1
    something_urgent(club, "b", 1)
    something_urgent(club, "c", 2)
    assert [told(club, minute) for minute in (2, rest - 1, rest, rest + 1, 2 * rest - 1)] == [0, 0, 1, 0, 0]


def test_what_nobody_takes_is_told_everybody_on_duty_once_more_and_then_no_more(club: Club) -> None:
    a_colleague(club, "Ewa Koordynatorka", Role.COORDINATOR, "+48501000009")
    a_colleague(club, "Adam Recepcyjny", Role.RECEPTION, "+48501000008")
    a_colleague(club, "Iza Administracyjna", Role.ADMINISTRATOR, "+48501000007")
    something_urgent(club)
    again = int(AGAIN / MINUTE)
    assert [told(club, minute) for minute in (0, again - 1, again, again + 1, 600)] == [1, 0, 2, 0, 0]


def test_what_comes_up_as_another_is_told_again_has_its_own_second_time(club: Club) -> None:
    a_colleague(club, "Ewa Koordynatorka", Role.COORDINATOR, "+48501000009")
    again = int(AGAIN / MINUTE)
    something_urgent(club, "a")
    assert told(club) == 1
    something_urgent(club, "b", again - 1)
    assert [told(club, minute) for minute in (again, 2 * again - 1, 2 * again, 600)] == [1, 0, 1, 0]
    assert len(club.messages()) == 3


def test_what_could_be_told_late_only_is_told_once(club: Club) -> None:
    something_urgent(club)
    a_colleague(club, "Ewa Koordynatorka", Role.COORDINATOR, "+48501000009")
    assert [told(club, minute) for minute in (60, 120, 180)] == [1, 0, 0]


def test_an_administrator_is_told_where_there_is_nobody_else(club: Club) -> None:
    iza = a_colleague(club, "Iza Administracyjna", Role.ADMINISTRATOR, "+48501000007")
    something_urgent(club)
    assert told(club) == 1
    assert [message.person_id for message in club.messages()] == [iza]


@pytest.mark.parametrize("step", [take, done])
def test_what_somebody_has_taken_up_is_told_nobody(club: Club, step: object) -> None:
    a_colleague(club, "Ewa Koordynatorka", Role.COORDINATOR, "+48501000009")
    number = something_urgent(club)
    club.do(lambda tx: step(tx, number))  # type: ignore[operator]
    assert told(club) == 0


def test_who_has_left_or_can_not_be_written_to_is_passed_over(club: Club) -> None:
    gone = a_colleague(club, "Ola Dawna", Role.COORDINATOR, "+48501000007")
    club.do(lambda tx: change_person(tx, gone, ended_at=NOW))
    a_colleague(club, "Ewa Koordynatorka", Role.COORDINATOR, None)
    dead = a_colleague(club, "Iza Niema", Role.COORDINATOR, "+48501000006")
    adam = a_colleague(club, "Adam Recepcyjny", Role.RECEPTION, "+48501000008")
    club.do(lambda tx: change_address(tx, 2, state="dead"))
    something_urgent(club)
    assert told(club) == 1
    assert [message.person_id for message in club.messages()] == [adam]
    assert dead not in {message.person_id for message in club.messages()}


def test_where_nobody_can_be_reached_it_is_told_as_soon_as_somebody_can(club: Club) -> None:
    something_urgent(club)
    assert told(club) == 0
    a_colleague(club, "Adam Recepcyjny", Role.RECEPTION, "+48501000008")
    assert told(club, 1) == 1
