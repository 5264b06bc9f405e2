"""Another time that the club proposes after it has given a visit back: TAK, NIE, ZMIEN, and what is asked back."""

from datetime import datetime
from typing import Any

import pytest

from scheduler.changes import Way, settle
from scheduler.impact import Away
from storage.database import Database
from tests.bot.dialogue.phone import Phone, Said, Town
from tests.builders import warsaw

MINE, THEIRS = "+48501000001", "+48501000002"


@pytest.fixture
def town(database: Database) -> Town:
    """Monday 5 October 2026, 9:00."""
    town = Town(database)
    town.person("Jan Testowy", MINE)
    return town


@pytest.fixture
def phone(town: Town) -> Phone:
    return town.phone(MINE)


def anna_is_away(town: Town, day: str, how: Way = Way.ANOTHER_TIME) -> Any:
    change = Away(town.club.specialist("anna"), warsaw(day, "00:00"), warsaw(day, "23:00"))
    settled = town.do(lambda tx: settle(tx, town.club.centre, change, how))
    town.deliver()
    return settled


def offered(town: Town, phone: Phone) -> Said:
    """Monday 12.10 at 10:00 with Anna was booked, the club gave it back, and proposes another time."""
    assert phone.says("psycholog 12.10", "2").key == "booked"
    anna_is_away(town, "2026-10-12")
    return phone.received()[-1]


def open_times(town: Town) -> list[datetime]:
    return [visit.starts_at for visit in town.open_visits()]


def test_the_message_names_both_times_and_no_service(town: Town, phone: Phone) -> None:
    assert offered(town, phone).words == (
        "Klub: spotkanie poniedzialek 12.10 godz. 10:00 sie nie odbedzie. Moze byc sroda 14.10 godz. 9:00? "
        "TAK - bede, NIE, ZMIEN. Biuro 77 483 77 23"
    )
    assert open_times(town) == []


def test_a_yes_books_the_time(town: Town, phone: Phone) -> None:
    offered(town, phone)
    assert phone.says("tak").key == "booked"
    assert open_times(town) == [warsaw("2026-10-14", "09:00")]
    assert phone.says("tak").key in {"already_booked", "out_of_date"}
    assert len(open_times(town)) == 1


def test_a_no_books_nothing_and_is_thanked_for(town: Town, phone: Phone) -> None:
    offered(town, phone)
    assert phone.says("nie").key == "offer_declined"
    assert open_times(town) == []


def test_change_shows_other_times_and_the_offer_stays_open(town: Town, phone: Phone) -> None:
    offered(town, phone)
    assert phone.says("zmien").key == "times"
    assert phone.says("1").key in {"booked", "booked_soon"}
    assert len(open_times(town)) == 1


def test_if_somebody_has_it_by_then_the_nearest_are_offered(town: Town, phone: Phone) -> None:
    offered(town, phone)
    town.person("Ewa Testowa", THEIRS)
    assert town.phone(THEIRS).says("psycholog 14.10 9:00", "tak").key == "booked"
    assert phone.says("tak").key == "slot_taken"
    assert phone.says("1").key == "booked"


def test_in_a_chat_it_has_three_buttons(town: Town) -> None:
    town.person("Ola Czatowa", "+48501000009")
    chat = town.chat()
    chat.sends(contact="+48501000009")
    chat.says("psycholog")
    chat.presses("1")
    chat.presses("1")
    day = town.visits()[0].starts_at.date().isoformat()
    town.at(warsaw(day, "08:00"))
    anna_is_away(town, day)
    said = chat.received()[-1]
    assert list(said.choices.values()) == ["Zapisuję", "Nie", "Inny dzień"]
    assert chat.presses("TAK", said).key.startswith("booked")
    assert len(open_times(town)) == 1


def test_beside_a_reminder_of_another_visit_it_is_asked_which_is_meant(town: Town, phone: Phone) -> None:
    phone.says("doradca 13.10", "1")
    phone.says("psycholog 12.10", "2")
    town.at(warsaw("2026-10-11", "12:00"))
    anna_is_away(town, "2026-10-12")
    assert {said.key for said in phone.received()} >= {"reminder", "club_offer"}

    asked = phone.says("tak")
    assert asked.key == "yes_no_which"
    assert asked.words.count("godz.") == 2
    phone.says("1")
    assert [visit.status for visit in town.open_visits()] in (["confirmed"], ["booked", "booked"])


def test_on_a_shared_phone_it_says_whose_and_books_for_them(town: Town) -> None:
    anna, jan = town.person("Anna Nowak", "+48501000003"), town.person("Jan Nowak", "+48501000003")
    phone = town.phone("+48501000003")
    phone.says("psycholog 12.10", "2", "2")
    town.later(minutes=31)
    anna_is_away(town, "2026-10-12")
    assert phone.received()[-1].params["starts_at"] == warsaw("2026-10-12", "10:00").isoformat()
    assert phone.says("tak").key == "booked"
    assert [visit.participant_id for visit in town.open_visits()] == [jan]
    assert anna != jan


def test_an_early_wish_for_a_call_books_nothing(town: Town, phone: Phone) -> None:
    offered(town, phone)
    for text in ("co sie stalo", "dziekuje", "kto pisze"):
        phone.sends(text=text)
    assert open_times(town) == []


def test_what_is_given_back_is_said_and_leads_to_a_new_time(town: Town, phone: Phone) -> None:
    phone.says("psycholog 12.10", "2")
    anna_is_away(town, "2026-10-12", Way.GIVE_BACK)
    assert phone.received()[-1].words == (
        "Klub: przepraszamy, spotkanie poniedzialek 12.10 godz. 10:00 sie nie odbedzie. Nowy termin: TERMIN. "
        "Biuro 77 483 77 23"
    )
    assert phone.says("cofnij").key == "nothing_to_undo"
