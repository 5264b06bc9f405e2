"""Booking by SMS: from a word to a visit that is in the diary."""

from datetime import timedelta

import pytest

from storage.database import Database
from tests.bot.dialogue.phone import Phone, Town
from tests.builders import warsaw


@pytest.fixture
def town(database: Database) -> Town:
    """Monday 5 October 2026, 9:00."""
    town = Town(database)
    town.person("Jan Testowy")
    return town


@pytest.fixture
def phone(town: Town) -> Phone:
    return town.phone()


def words(phone: Phone, *texts: str) -> str:
    """What the last of these messages was answered."""
    return phone.says(*texts).words


def key(phone: Phone, *texts: str) -> str:
    return phone.says(*texts).key


def test_a_greeting_is_answered_with_the_menu_as_numbered_lines(phone: Phone) -> None:
    assert words(phone, "Dzień dobry") == (
        "W czym pomoc?\n1) psycholog\n2) doradca zawodowy\n3) poradnictwo specjalistyczne\n4) moje spotkania\n"
        "Prosimy odpisac sama cyfre, np. 1"
    )


def test_the_name_of_a_service_brings_the_nearest_free_times(phone: Phone) -> None:
    assert words(phone, "psycholog") == (
        "Psycholog, wolne:\n1) poniedzialek 5.10 godz. 10:00\n2) poniedzialek 5.10 godz. 11:00\n"
        "3) poniedzialek 5.10 godz. 12:00\nProsimy odpisac sama cyfre, np. 1. Inne: 0"
    )


def test_a_digit_books_and_confirms_with_weekday_date_time_and_place(town: Town, phone: Phone) -> None:
    assert words(phone, "doradca piatek", "2") == (
        "Zapisane: piatek 9.10 godz. 11:00, zdalnie. Przypomnimy. Zmiana: ZMIEN. Odwolanie: ODWOLAJ"
    )
    [visit] = town.open_visits()
    assert visit.starts_at == warsaw("2026-10-09", "11:00")


def test_a_visit_made_within_a_day_promises_no_reminder(phone: Phone) -> None:
    assert words(phone, "psycholog", "1") == (
        "Zapisane: dzis, poniedzialek 5.10 godz. 10:00, ul. Reja 2a, pokoj 104. Zmiana: ZMIEN. Odwolanie: ODWOLAJ"
    )


def test_the_menus_number_leads_to_the_same_list(phone: Phone) -> None:
    assert key(phone, "menu", "1") == "times"
    assert key(phone, "menu", "4") == "mine_none"


def test_zero_goes_on_and_the_digits_are_those_of_the_newest_list(town: Town, phone: Phone) -> None:
    phone.says("psycholog")
    further = phone.says("0")
    phone.says("1")

    assert further.choices["1"] == "sroda 7.10 godz. 9:00"
    assert [visit.starts_at for visit in town.open_visits()] == [warsaw("2026-10-07", "09:00")]


def test_termin_asks_which_service_and_keeps_the_day_that_was_named(phone: Phone) -> None:
    asked = phone.says("jutro po 12")
    confirm = phone.says("2")

    assert asked.key == "which_service"
    assert (confirm.key, confirm.params["service"]) == ("confirm_time", "career_adviser")
    assert confirm.words.startswith("Doradca: jutro, wtorek 6.10 godz. 12:00")


def test_the_services_name_answers_which_service_as_its_number_does(phone: Phone) -> None:
    assert key(phone, "jutro po 12", "doradca") == "confirm_time"


def test_a_free_date_filters_the_list(phone: Phone) -> None:
    assert words(phone, "psycholog w czwartek") == (
        "Psycholog, czwartek 8.10, wolne:\n1) 12:00\n2) 13:00\n3) 14:00\nProsimy odpisac sama cyfre, np. 1. Inne: 0"
    )


def test_a_day_after_a_list_is_for_the_same_service(phone: Phone) -> None:
    assert words(phone, "psycholog", "w czwartek po 13").startswith("Psycholog, czwartek 8.10, wolne:")


def test_if_just_one_time_fits_it_is_asked_and_not_booked(town: Town, phone: Phone) -> None:
    assert words(phone, "doradca jutro 10") == (
        "Doradca: jutro, wtorek 6.10 godz. 10:00, ul. Reja 2a, pokoj 103. TAK - zapisuje, NIE - inny termin"
    )
    assert town.visits() == []


def test_a_yes_books_the_time_that_was_asked_about(town: Town, phone: Phone) -> None:
    assert key(phone, "doradca jutro 10", "tak") == "booked"
    assert [visit.starts_at for visit in town.open_visits()] == [warsaw("2026-10-06", "10:00")]


def test_a_no_to_it_offers_others_and_not_the_same(town: Town, phone: Phone) -> None:
    others = phone.says("doradca jutro 10", "nie")

    assert others.choices["1"] == "wtorek 6.10 godz. 9:00"
    assert "wtorek 6.10 godz. 10:00" not in others.choices.values()
    assert town.visits() == []


def test_a_yes_half_an_hour_later_is_asked_again_not_booked_and_not_lost(town: Town, phone: Phone) -> None:
    phone.says("doradca jutro 10")
    town.later(minutes=30)

    assert key(phone, "tak") == "confirm_time"
    assert town.visits() == []
    assert key(phone, "tak") == "booked"


def test_if_none_fits_it_says_so_and_gives_the_nearest(phone: Phone) -> None:
    assert words(phone, "psycholog jutro").startswith(
        "Wtorek 6.10: brak wolnych. Najblizsze:\n1) sroda 7.10 godz. 9:00\n"
    )
    assert words(phone, "psycholog czwartek o 9").startswith("Czwartek 8.10 godz. 9:00: brak wolnych.")
    assert words(phone, "psycholog jutro po 14").startswith("Wtedy brak wolnych.")


def test_a_holiday_is_named_as_closed_with_the_nearest_days(town: Town, phone: Phone) -> None:
    town.at(warsaw("2026-11-09"))

    assert words(phone, "psycholog 11.11").startswith("Sroda 11.11: Klub jest nieczynny. Najblizsze:\n1) ")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("psycholog wczoraj", "in_past"),
        ("psycholog dzis o 8", "in_past"),
        ("psycholog 3.12", "too_far"),
        ("psycholog jutro o 3 w nocy", "out_of_hours"),
        ("psycholog dzis o 6", "when_not_understood"),
        ("psycholog 31.2", "when_not_understood"),
    ],
)
def test_a_time_that_cant_be_is_refused_in_its_own_words(phone: Phone, text: str, answer: str) -> None:
    assert key(phone, text) == answer


def test_an_hour_that_the_clock_skips_or_repeats_has_its_own_words(town: Town, phone: Phone) -> None:
    town.at(warsaw("2026-10-20"))
    assert key(phone, "psycholog 25.10 o 02:30") == "out_of_hours"

    town.at(warsaw("2027-03-20"))
    assert key(phone, "psycholog 28.03 o 02:30") == "out_of_hours"


def test_a_weekday_said_on_that_very_day_is_asked_back(phone: Phone) -> None:
    asked = phone.says("psycholog w poniedzialek")
    chosen = phone.says("2")

    assert asked.key == "which_day"
    assert list(asked.choices.values()) == ["poniedzialek 5.10", "poniedzialek 12.10"]
    assert chosen.words.startswith("Psycholog, poniedzialek 12.10, wolne:")


def test_somebody_was_faster_the_nearest_times_come_as_a_new_list(town: Town, phone: Phone) -> None:
    town.person("Ewa Druga", "+48501000002")
    other = town.phone("+48501000002")
    phone.says("psycholog")
    other.says("psycholog")
    other.says("1")

    taken = phone.says("1")
    booked = phone.says("1")

    assert taken.words == (
        "Ten termin jest juz zajety. Wolne:\n1) poniedzialek 5.10 godz. 11:00\n2) poniedzialek 5.10 godz. 12:00\n"
        "3) sroda 7.10 godz. 9:00\nProsimy odpisac sama cyfre, np. 1. Inne: 0"
    )
    assert booked.key == "booked_soon"
    assert {visit.starts_at for visit in town.open_visits()} == {
        warsaw("2026-10-05", "10:00"),
        warsaw("2026-10-05", "11:00"),
    }


def test_the_same_digit_twice_books_once_and_says_what_is_true(town: Town, phone: Phone) -> None:
    assert key(phone, "psycholog", "1", "1") == "already_booked"
    assert len(town.visits()) == 1


def test_another_digit_after_the_list_was_used_books_nothing(town: Town, phone: Phone) -> None:
    assert key(phone, "psycholog", "1", "2") == "out_of_date"
    assert len(town.visits()) == 1


def test_a_digit_that_the_list_has_not_is_said_to_be_none_of_it_and_the_list_stays(
    town: Town, phone: Phone
) -> None:
    assert words(phone, "psycholog", "7").startswith("Lista konczy sie na 3.")
    assert key(phone, "1") == "booked_soon"


def test_a_digit_without_any_list_changes_nothing(town: Town, phone: Phone) -> None:
    assert key(phone, "1") == "digit_without_list"
    assert town.visits() == []


def test_a_list_of_the_day_before_yesterday_is_not_booked_from(town: Town, phone: Phone) -> None:
    phone.says("psycholog")
    town.later(days=2, minutes=1)

    assert key(phone, "1") == "digit_without_list"


def test_while_the_new_list_may_not_have_come_a_digit_is_asked_back_with_numbers_of_its_own(
    town: Town, phone: Phone
) -> None:
    phone.says("psycholog")
    phone.says("specjalista", status="unknown")

    asked = phone.says("2")
    assert asked.words == (
        "Listy minely sie po drodze. Ktory termin?\n4) poniedzialek 5.10 godz. 11:00, psycholog\n"
        "5) wtorek 6.10 godz. 13:00, specjalista\nProsimy odpisac sama cyfre, np. 1"
    )
    assert town.visits() == []
    assert key(phone, "5") == "booked"
    assert [visit.mode for visit in town.open_visits()] == ["in_person"]


def test_a_list_that_never_arrived_is_not_chosen_from(town: Town, phone: Phone) -> None:
    phone.says("psycholog")
    phone.says("specjalista", status="failed")

    assert key(phone, "1") == "booked_soon"
    assert [visit.starts_at for visit in town.open_visits()] == [warsaw("2026-10-05", "10:00")]


def test_a_digit_is_booked_from_the_newest_list_once_it_is_known_to_have_come(
    town: Town, phone: Phone
) -> None:
    phone.says("psycholog")
    phone.says("specjalista")

    assert key(phone, "1") == "booked"
    assert [visit.starts_at for visit in town.open_visits()] == [warsaw("2026-10-06", "12:00")]


def test_a_digit_after_a_later_question_of_yes_or_no_is_asked_back(town: Town, phone: Phone) -> None:
    asked = phone.says("psycholog", "doradca jutro 10", "1")

    assert asked.key == "digit_which_list"
    assert town.visits() == []


def test_when_the_contract_has_ended_nothing_is_offered_and_no_reason_said(town: Town) -> None:
    town.person("Ewa Była", "+48501000009", contract_until=town.now.date() - timedelta(days=1))

    assert words(town.phone("+48501000009"), "psycholog") == (
        "Zapisy na ten numer sa teraz zamkniete. Prosimy o telefon: 77 483 77 23 wew. 103 albo o wizyte: pokoj 102, I pietro"
    )


def test_no_time_after_the_contracts_last_day_is_offered(town: Town) -> None:
    town.person("Ewa Krótka", "+48501000009", contract_until=town.now.date())
    ewa = town.phone("+48501000009")
    ewa.says("psycholog")

    assert key(ewa, "0") == "no_more_times"


def test_whoever_has_as_many_visits_as_allowed_is_told_before_choosing(phone: Phone) -> None:
    phone.says("psycholog", "1", "psycholog", "1")

    assert key(phone, "psycholog") == "too_many_visits"


def test_a_time_at_which_the_person_is_elsewhere_is_not_offered(phone: Phone) -> None:
    offered = phone.says("psycholog", "1", "doradca")

    assert offered.choices["1"] == "poniedzialek 5.10 godz. 11:00"


def test_another_day_beside_a_list_goes_on_with_that_list(town: Town, phone: Phone) -> None:
    phone.says("doradca", "1")
    phone.says("psycholog")

    assert phone.says("inny dzień").key == "times"
    assert phone.says("nie, dziękuję").key == "nothing_changed"
    assert len(town.visits()) == 1


def test_the_hour_of_a_line_is_asked_about(town: Town, phone: Phone) -> None:
    phone.says("psycholog 14.10")

    assert phone.says("poproszę tę na 10").key == "confirm_time"
    assert town.visits() == []
