"""At the door: the card of the four steps, the call for whoever is on duty, and the mask rule."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from scheduler.door import NoSuchRoom, card, isolate, mask_rule
from scheduler.policies import Record, set_policy
from scheduler.staff import Colleague, Role, add_staff
from storage.database import Database
from storage.tables import audit, todo
from tests.builders import NOW, Club, count, the_centre
from tests.words.builders import the_composer

MONDAY = date(2026, 10, 5)
NAMES = (("Ewa", Role.COORDINATOR), ("Adam", Role.RECEPTION), ("Iza", Role.SPECIALIST))


@pytest.fixture
def club(database: Database) -> Club:
    club = Club(database, the_centre())
    for number, (name, role) in enumerate(NAMES):
        one = Colleague(f"{name} Personelna", role, f"+4850100001{number}")
        club.do(lambda tx, one=one: add_staff(tx, one, "sms"))
    return club


def test_everybody_on_duty_is_asked_to_come_and_told_nothing_more(club: Club) -> None:
    assert club.do(lambda tx: isolate(tx, club.centre, "104")) == 2
    messages = club.messages()
    assert [(one.purpose, one.text, one.params) for one in messages] == [
        ("urgent", "staff_come_room", {"room": "104"})
    ] * 2
    assert club.do(lambda tx: count(tx, todo)) == 0


def test_without_a_room_they_come_to_the_reception(club: Club) -> None:
    assert club.do(lambda tx: isolate(tx, club.centre)) == 2
    assert {one.text for one in club.messages()} == {"staff_come"}


def test_asked_twice_within_a_minute_they_are_written_to_once(club: Club) -> None:
    for seconds in (0, 20, 60):
        club.do(lambda tx: isolate(tx, club.centre, "104"), NOW + timedelta(seconds=seconds))
    assert len(club.messages()) == 4


def test_the_log_says_that_it_was_done_and_of_nobody(club: Club) -> None:
    club.do(lambda tx: isolate(tx, club.centre, "104"))
    asked = select(audit).where(audit.c.action == "isolate")
    line = club.do(lambda tx: tx.connection.execute(asked).one())
    assert (line.person_id, line.appointment_id, line.details) == (None, None, {"room": "104"})


def test_a_room_that_is_not_there_is_refused_with_those_that_are(club: Club) -> None:
    with pytest.raises(NoSuchRoom, match="there is no room '999'; the rooms are 103, 104, 105"):
        club.do(lambda tx: isolate(tx, club.centre, "999"))
    assert club.messages() == []


@pytest.mark.parametrize("language", ["pl", "uk", "en"])
def test_the_card_has_the_four_steps_in_their_order_with_whom_to_call(club: Club, language: str) -> None:
    text = club.do(lambda tx: card(tx, club.centre, the_composer(), language))
    lines = text.splitlines()
    assert [line[:2] for line in lines[:4]] == ["1)", "2)", "3)", "4)"]
    assert club.centre.health.doctor_phone in lines[1]
    assert club.centre.health.sanitary_station_phone in lines[2]
    assert "112" in lines[4]


@pytest.mark.parametrize("language", ["pl", "uk", "en"])
def test_the_mask_rule_is_shown_while_it_holds_with_its_three_exemptions(club: Club, language: str) -> None:
    def rule(day: date = MONDAY) -> str | None:
        text: str | None = club.do(lambda tx: mask_rule(tx, club.centre, the_composer(), day, language))
        return text

    club.do(lambda tx: set_policy(tx, Record("masks", True, NOW)))
    text = rule()
    assert text is not None
    assert all(f"{number}) " in text for number in (1, 2, 3))
    club.do(lambda tx: set_policy(tx, Record("masks", False, NOW + timedelta(days=1))))
    assert (rule(), rule(MONDAY + timedelta(days=2))) == (text, None)
