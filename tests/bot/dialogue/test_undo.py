"""COFNIJ in the conversation: a visit given back by mistake stands again, or the nearest times are offered."""

import pytest

from storage.database import Database
from tests.bot.dialogue.phone import Phone, Said, Town
from tests.builders import warsaw

MEETING = warsaw("2026-10-14", "10:00")  # a Wednesday
MINE, THEIRS = "+48501000001", "+48501000002"


@pytest.fixture
def town(database: Database) -> Town:
    """Monday 5 October 2026, 9:00."""
    town = Town(database)
    town.person("Jan Testowy", MINE)
    town.person("Ewa Testowa", THEIRS)
    return town


@pytest.fixture
def phone(town: Town) -> Phone:
    return town.phone(MINE)


def given_back(phone: Phone) -> Said:
    """Monday 12.10 at 10:00 with Anna, whom nobody else stands in for at that hour, is booked and given back."""
    assert phone.says("psycholog 12.10", "2").key == "booked"
    return phone.says("odwolaj")


def test_cofnij_restores_the_visit(town: Town, phone: Phone) -> None:
    assert given_back(phone).words == (
        "Odwolane: poniedzialek 12.10 godz. 10:00. Dziekujemy za wiadomosc. Pomylka? Do 09:15 mozna odpisac COFNIJ. "
        "Inny dzien: TERMIN"
    )
    assert phone.says("cofnij").words == (
        "Przywrocone: poniedzialek 12.10 godz. 10:00, ul. Reja 2a, pokoj 104. Zmiana: ZMIEN. Odwolanie: ODWOLAJ"
    )
    assert [visit.status for visit in town.visits()] == ["booked"]


def test_there_is_nothing_to_undo_twice_or_where_nothing_was_given_back(town: Town, phone: Phone) -> None:
    assert phone.says("cofnij").key == "nothing_to_undo"
    given_back(phone)
    assert [phone.says("cofnij").key for _ in range(2)] == ["undone", "nothing_to_undo"]
    assert len(town.visits()) == 1


def test_nobody_else_is_shown_the_time_until_the_hold_has_run_out(town: Town, phone: Phone) -> None:
    given_back(phone)
    other = town.phone(THEIRS)
    assert other.says("psycholog 12.10 10:00").key == "times_none_at"
    town.later(minutes=15)
    assert other.says("psycholog 12.10 10:00").key == "confirm_time"


def test_after_the_hold_it_can_be_undone_until_somebody_has_the_time(town: Town, phone: Phone) -> None:
    given_back(phone)
    town.later(minutes=40)
    assert phone.says("cofnij").key == "undone"


def test_if_somebody_has_the_time_the_nearest_are_offered_and_one_can_be_booked(
    town: Town, phone: Phone
) -> None:
    given_back(phone)
    town.later(minutes=15)
    assert town.phone(THEIRS).says("psycholog 12.10 10:00", "tak").key == "booked"

    offered = phone.says("cofnij")
    assert offered.words == (
        "Ten termin jest juz zajety. Wolne:\n1) poniedzialek 12.10 godz. 9:00\n2) poniedzialek 12.10 godz. 11:00\n"
        "3) poniedzialek 12.10 godz. 12:00\nProsimy odpisac sama cyfre, np. 1. Inne: 0"
    )
    assert phone.says("2").key == "booked"
    assert [visit.starts_at for visit in town.open_visits()] == [
        MEETING.replace(day=12),
        MEETING.replace(day=12, hour=9),
    ]


def test_a_visit_that_has_begun_is_not_restored(town: Town, phone: Phone) -> None:
    phone.says("psycholog 12.10", "2")
    town.at(warsaw("2026-10-12", "09:50"))
    assert "COFNIJ" in phone.says("odwolaj").words
    town.at(warsaw("2026-10-12", "10:00"))
    assert phone.says("cofnij").key == "visit_over"


def test_an_hour_before_the_start_the_text_of_the_day_names_the_word_too(town: Town, phone: Phone) -> None:
    phone.says("psycholog 12.10", "2")
    town.at(warsaw("2026-10-12", "08:10"))
    said = phone.says("odwolaj")
    assert (said.key, said.words[-28:]) == ("given_back_today", "Nowy: TERMIN. Pomylka: COFNIJ"[-28:])
    assert phone.says("cofnij").key == "undone"


def test_a_chat_has_a_button_that_works_once_and_then_says_how_it_stands(town: Town) -> None:
    jan = town.person("Ola Czatowa", "+48501000009")
    chat = town.chat()
    chat.sends(contact="+48501000009")
    chat.says("psycholog")
    chat.presses("1")
    chat.presses("1")
    back = chat.chooses("Odwołuję")
    assert back.choices == {"undo": "Cofam odwołanie"}
    assert back.words.endswith("Nowy termin: TERMIN. Pomyłka: COFNIJ")

    assert chat.presses("undo", back).key == "undone"
    assert chat.presses("undo", back).key == "kept"
    assert [(visit.participant_id, visit.status) for visit in town.visits()] == [(jan, "booked")]


def test_a_button_of_an_earlier_giving_back_does_not_undo_a_later_one(town: Town) -> None:
    town.person("Ola Czatowa", "+48501000009")
    chat = town.chat()
    chat.sends(contact="+48501000009")
    chat.says("psycholog")
    chat.presses("1")
    chat.presses("1")
    first = chat.chooses("Odwołuję")
    chat.says("cofnij")
    chat.chooses("Odwołuję")

    assert chat.presses("undo", first).key == "already_given_back"
    assert town.open_visits() == []


def a_shared_phone(town: Town) -> tuple[Phone, int, int]:
    """Anna and Jan, each with a visit; nobody is remembered as speaking."""
    anna, jan = town.person("Anna Nowak", "+48501000003"), town.person("Jan Nowak", "+48501000003")
    phone = town.phone("+48501000003")
    phone.says("psycholog 14.10", "1", "2")
    town.later(minutes=31)
    phone.says("doradca 15.10", "2", "2")
    town.later(minutes=31)
    return phone, anna, jan


def test_on_a_shared_phone_the_one_who_gave_back_is_not_asked(town: Town) -> None:
    phone, anna, _ = a_shared_phone(town)
    phone.says("odwolaj", "1")
    assert phone.says("cofnij").key == "undone"
    assert [visit.status for visit in town.visits() if visit.participant_id == anna] == ["booked"]


def test_on_a_shared_phone_it_is_asked_whose_if_two_gave_back(town: Town) -> None:
    phone, anna, jan = a_shared_phone(town)
    phone.says("odwolaj", "1", "odwolaj")
    town.later(minutes=31)
    phone.says("odwolaj")
    town.later(minutes=31)

    assert (
        phone.says("cofnij").words == "Kogo to dotyczy?\n1) Anna\n2) Jan\nProsimy odpisac sama cyfre, np. 1"
    )
    assert phone.says("2").key == "undone"
    assert {visit.participant_id for visit in town.open_visits()} == {jan}
    assert anna != jan
