"""Visits in the conversation: reminders answered, changed, given back, asked about."""

from datetime import datetime

import pytest

from storage.database import Database
from tests.bot.dialogue.phone import Phone, Town
from tests.builders import warsaw

MEETING = warsaw("2026-10-14", "10:00")  # a Wednesday
DAY_BEFORE = warsaw("2026-10-13", "10:00")


@pytest.fixture
def town(database: Database) -> Town:
    """Monday 5 October 2026, 9:00."""
    town = Town(database)
    town.person("Jan Testowy")
    return town


@pytest.fixture
def phone(town: Town) -> Phone:
    return town.phone()


def book(phone: Phone, text: str, digit: str) -> None:
    assert phone.says(text, digit).key in {"booked", "booked_soon"}


def reminded(town: Town, phone: Phone, at: datetime = DAY_BEFORE) -> Phone:
    """A visit on Wednesday 14.10 at 10:00, and both its reminders have come."""
    book(phone, "psycholog 14.10", "2")
    town.at(at)
    assert [said.key for said in phone.received()][-1] == "reminder"
    return phone


def test_a_yes_to_a_reminder_confirms_that_visit(town: Town, phone: Phone) -> None:
    said = reminded(town, phone).says("tak, będę")

    assert said.words == (
        "Dziekujemy, potwierdzone: jutro, sroda 14.10 godz. 10:00. Zmiana: ZMIEN. Odwolanie: ODWOLAJ"
    )
    assert [visit.status for visit in town.visits()] == ["confirmed"]


def test_a_no_to_a_reminder_gives_that_visit_back(town: Town, phone: Phone) -> None:
    said = reminded(town, phone).says("nie moge przyjsc")

    assert said.words == (
        "Odwolane: jutro, sroda 14.10 godz. 10:00. Dziekujemy za wiadomosc. Pomylka? Do 10:15 mozna odpisac COFNIJ. "
        "Inny dzien: TERMIN"
    )
    assert [visit.status for visit in town.visits()] == ["given_back"]


def test_a_no_on_the_day_itself_has_the_same_text_for_every_cause(town: Town, phone: Phone) -> None:
    reminded(town, phone)
    town.at(warsaw("2026-10-14", "08:00"))

    assert phone.says("nie przyjde").key == "given_back_today"


def test_change_to_a_reminder_offers_other_times_and_keeps_the_old_until_one_is_chosen(
    town: Town, phone: Phone
) -> None:
    offered = reminded(town, phone).says("ZMIEN")
    assert offered.words == (
        "Obecny termin zostaje do wyboru nowego. Wolne:\n1) sroda 14.10 godz. 9:00\n2) sroda 14.10 godz. 11:00\n"
        "3) sroda 14.10 godz. 12:00\nProsimy odpisac sama cyfre, np. 1. Inne: 0"
    )
    assert [visit.starts_at for visit in town.open_visits()] == [MEETING]

    assert phone.says("2").key == "moved"
    assert [visit.starts_at for visit in town.open_visits()] == [warsaw("2026-10-14", "11:00")]


def test_change_with_a_day_offers_that_day_and_moves_after_a_yes(town: Town, phone: Phone) -> None:
    asked = reminded(town, phone).says("nie moge jutro, moze piatek o 9")
    assert asked.words == (
        "Nowy termin: piatek 16.10 godz. 9:00, ul. Reja 2a, pokoj 104. TAK - przekladam, NIE - inny termin"
    )

    assert phone.says("tak").key == "moved"
    assert [visit.starts_at for visit in town.open_visits()] == [warsaw("2026-10-16", "09:00")]


def test_a_no_to_the_new_time_offers_others_and_gives_nothing_back(town: Town, phone: Phone) -> None:
    said = reminded(town, phone).says("zmien na piatek 9", "nie")

    assert said.key == "move_times"
    assert [visit.starts_at for visit in town.open_visits()] == [MEETING]


def test_a_reminder_never_takes_over_an_open_list(town: Town, phone: Phone) -> None:
    book(phone, "psycholog 14.10", "2")
    town.at(warsaw("2026-10-13", "09:55"))
    phone.says("doradca")
    town.at(DAY_BEFORE)

    assert phone.says("1").key in {"booked", "booked_soon"}
    assert phone.says("nie").key == "given_back"
    assert [visit.mode for visit in town.open_visits()] == ["in_person"]
    assert MEETING not in [visit.starts_at for visit in town.open_visits()]


def test_a_no_to_a_list_asked_for_after_the_reminder_gives_nothing_back(town: Town, phone: Phone) -> None:
    asked = reminded(town, phone).says("doradca", "nie")

    assert asked.words == (
        "O ktore spotkanie chodzi?\n1) sroda 14.10 godz. 10:00\n2) zadne z nich\nProsimy odpisac sama cyfre, np. 1"
    )
    assert phone.says("2").key == "nothing_changed"
    assert len(town.open_visits()) == 1


def test_one_answer_serves_both_reminders_of_a_visit(town: Town, phone: Phone) -> None:
    reminded(town, phone).says("tak")

    assert phone.is_silent_after("ok")
    assert phone.says("tak").key == "confirmed"


@pytest.mark.parametrize("answer", ["tak", "nie", "zmien"])
def test_two_reminders_about_two_visits_ask_back_naming_both_days(
    town: Town, phone: Phone, answer: str
) -> None:
    book(phone, "psycholog 14.10", "2")
    book(phone, "doradca 15.10", "2")
    town.at(warsaw("2026-10-14", "09:00"))

    asked = phone.says(answer)

    assert list(asked.choices.values())[:2] == ["sroda 14.10 godz. 10:00", "czwartek 15.10 godz. 10:00"]
    assert len(town.open_visits()) == 2
    assert phone.says("2").key == {"tak": "confirmed", "nie": "given_back", "zmien": "move_times"}[answer]


def test_a_no_that_names_the_day_needs_no_asking_back(town: Town, phone: Phone) -> None:
    book(phone, "psycholog 14.10", "2")
    book(phone, "doradca 15.10", "2")
    town.at(warsaw("2026-10-14", "09:00"))

    assert phone.says("jutro nie moge").key == "given_back"
    assert [visit.starts_at for visit in town.open_visits()] == [MEETING]


def test_a_no_that_names_another_day_than_the_visits_gives_nothing_back(town: Town, phone: Phone) -> None:
    assert reminded(town, phone).says("nie moge w piatek").key == "yes_no_which"
    assert len(town.open_visits()) == 1


def test_ok_and_a_thumb_mean_yes_only_right_after_the_reminder(town: Town, phone: Phone) -> None:
    assert phone.is_silent_after("ok")
    reminded(town, phone)

    assert phone.says("👍").key == "confirmed"
    assert phone.is_silent_after("👍")


def test_ok_after_something_else_was_said_confirms_nothing(town: Town, phone: Phone) -> None:
    reminded(town, phone).says("moje")

    assert phone.is_silent_after("ok")
    assert [visit.status for visit in town.visits()] == ["booked"]


def test_thanks_are_answered_with_nothing(town: Town, phone: Phone) -> None:
    assert reminded(town, phone).is_silent_after("dziękuję bardzo")
    assert [visit.status for visit in town.visits()] == ["booked"]


@pytest.mark.parametrize("text", ["nie wiem", "nie odwołuję", "nie dziękuję"])
def test_a_leading_no_that_is_none_gives_nothing_back(town: Town, phone: Phone, text: str) -> None:
    assert reminded(town, phone).says(text).key == "not_understood"
    assert [visit.status for visit in town.visits()] == ["booked"]


def test_whoever_does_not_understand_is_helped(town: Town, phone: Phone) -> None:
    assert reminded(town, phone).says("nie rozumiem o co chodzi").key == "lost"
    assert [visit.status for visit in town.visits()] == ["booked"]


def test_a_yes_after_the_visit_was_kept_does_not_give_it_back(town: Town, phone: Phone) -> None:
    assert reminded(town, phone).says("raczej nie przyjdę").key == "give_back_sure"
    assert phone.says("nie").key == "kept"

    assert phone.says("tak").key == "kept"
    assert [visit.status for visit in town.visits()] == ["booked"]


def test_a_late_no_is_told_kindly_that_the_visit_is_over(town: Town, phone: Phone) -> None:
    reminded(town, phone)
    town.at(warsaw("2026-10-14", "15:00"))

    assert phone.says("nie").words.startswith("Ten termin juz minal: dzis, sroda 14.10 godz. 10:00.")
    assert [visit.status for visit in town.visits()] == ["booked"]


def test_a_no_during_the_visit_changes_nothing(town: Town, phone: Phone) -> None:
    reminded(town, phone)
    town.at(warsaw("2026-10-14", "10:05"))

    assert phone.says("nie").key == "visit_over"
    assert phone.says("odwolaj").key == "visit_over"
    assert phone.says("zmien").key == "visit_over"


def test_a_no_after_a_yes_is_asked_before_anything_is_given_back(town: Town, phone: Phone) -> None:
    asked = reminded(town, phone).says("tak", "nie")

    assert asked.words == (
        "Odwolac spotkanie: jutro, sroda 14.10 godz. 10:00, ul. Reja 2a, pokoj 104? TAK - odwoluje, NIE - zostaje"
    )
    assert len(town.open_visits()) == 1
    assert phone.says("nie").key == "kept"
    assert phone.says("odwolaj").key == "given_back"


def test_a_reminder_of_a_visit_that_was_moved_is_no_longer_answered(town: Town, phone: Phone) -> None:
    reminded(town, phone).says("zmien", "0", "1")
    town.later(minutes=11)

    assert phone.says("nie").key == "give_back_sure"
    assert len(town.open_visits()) == 1


def test_a_no_with_nothing_open_is_asked_about_never_taken(town: Town, phone: Phone) -> None:
    assert phone.says("nie").key == "nothing_to_answer"
    book(phone, "psycholog 14.10", "2")
    town.later(minutes=11)

    assert phone.says("nie").key == "give_back_sure"
    assert len(town.open_visits()) == 1
    assert phone.says("tak").key == "given_back"


def test_a_yes_with_nothing_open_changes_nothing(phone: Phone) -> None:
    assert phone.says("tak").key == "nothing_to_answer"


def test_give_back_means_the_only_visit(town: Town, phone: Phone) -> None:
    book(phone, "psycholog 14.10", "2")

    assert phone.says("odwolaj").words == (
        "Odwolane: sroda 14.10 godz. 10:00. Dziekujemy za wiadomosc. Pomylka? Do 09:15 mozna odpisac COFNIJ. "
        "Inny dzien: TERMIN"
    )
    assert phone.says("odwolaj").key == "mine_none"


def test_give_back_asks_which_if_there_are_several(town: Town, phone: Phone) -> None:
    book(phone, "psycholog 14.10", "2")
    book(phone, "doradca 15.10", "2")

    assert phone.says("odwolaj").words == (
        "Ktore spotkanie?\n1) sroda 14.10 godz. 10:00\n2) czwartek 15.10 godz. 10:00\n3) zadne z nich\n"
        "Prosimy odpisac sama cyfre, np. 1"
    )
    assert len(town.open_visits()) == 2
    assert phone.says("1").key == "given_back"
    assert phone.says("1").key == "already_given_back"
    assert [visit.starts_at for visit in town.open_visits()] == [warsaw("2026-10-15", "10:00")]


@pytest.mark.parametrize("text", ["odwolaj 15.10", "odwolaj doradce", "odwołaj wizytę 15 października"])
def test_give_back_of_the_visit_that_was_named_needs_no_asking(town: Town, phone: Phone, text: str) -> None:
    book(phone, "psycholog 14.10", "2")
    book(phone, "doradca 15.10", "2")

    assert phone.says(text).key == "given_back"
    assert [visit.starts_at for visit in town.open_visits()] == [MEETING]


def test_give_back_of_a_day_without_a_visit_is_asked(town: Town, phone: Phone) -> None:
    book(phone, "psycholog 14.10", "2")

    assert phone.says("odwolaj w piatek").key == "give_back_sure"
    assert len(town.open_visits()) == 1


def test_change_with_nothing_open_means_the_only_visit_else_which(town: Town, phone: Phone) -> None:
    assert phone.says("zmien").key == "mine_none"
    book(phone, "psycholog 14.10", "2")
    assert phone.says("zmien").key == "move_times"
    book(phone, "doradca 15.10", "2")

    assert phone.says("zmien").key == "which_visit"
    assert phone.says("2").key == "move_times"
    assert phone.says("1").key == "moved"


def test_change_keeps_the_day_that_was_wished_for_while_it_asks_which(town: Town, phone: Phone) -> None:
    book(phone, "psycholog 14.10", "2")
    book(phone, "doradca 15.10", "2")

    assert phone.says("zmien na 16.10 o 10", "1").params["starts_at"] == "2026-10-16T08:00:00+00:00"


def test_the_time_that_was_moved_from_is_free_again_and_the_old_list_moves_nothing_twice(
    town: Town, phone: Phone
) -> None:
    book(phone, "psycholog 14.10", "2")
    phone.says("zmien", "1")
    once = town.open_visits()

    assert phone.says("1").key == "already_booked"
    assert phone.says("2").key == "out_of_date"
    assert town.open_visits() == once


def test_mine_tells_each_visit_with_day_service_and_place(town: Town, phone: Phone) -> None:
    assert phone.says("moje").key == "mine_none"
    book(phone, "psycholog 14.10", "2")
    assert phone.says("kiedy mam").words == (
        "Psycholog: sroda 14.10 godz. 10:00, ul. Reja 2a, pokoj 104. Zmiana: ZMIEN. Odwolanie: ODWOLAJ"
    )
    book(phone, "doradca 15.10", "2")
    assert phone.says("o ktorej jutro").words == (
        "Spotkania:\nsroda 14.10 godz. 10:00, psycholog, ul. Reja 2a, pokoj 104\n"
        "czwartek 15.10 godz. 10:00, doradca, przez telefon\nZmiana: ZMIEN. Odwolanie: ODWOLAJ"
    )


def test_whose_contract_has_ended_still_sees_and_gives_back(town: Town, phone: Phone) -> None:
    book(phone, "psycholog 14.10", "2")
    town.person("Jan Testowy", contract_until=town.now.date())
    town.later(days=1)

    assert phone.says("termin", "1").key == "closed_signup"
    assert phone.says("moje").key == "mine_one"
    assert phone.says("odwolaj").key == "given_back"


def test_an_answer_by_sms_counts_for_a_reminder_that_went_to_the_chat(town: Town, phone: Phone) -> None:
    book(phone, "psycholog 14.10", "2")
    town.chat().sends(contact="+48501000001")
    town.at(DAY_BEFORE)
    assert town.chat().received()[-1].key == "reminder"

    assert phone.says("tak").key == "confirmed"


def test_in_english_ok_is_the_yes_that_a_question_offers(town: Town) -> None:
    town.person("Grace Example", "+48501000003", language="en")
    grace = town.phone("+48501000003")
    asked = grace.says("psychologist 14.10 at 12:00")

    assert asked.words.endswith("OK - book it, NO - another time")
    assert grace.says("ok").key == "booked"
    town.at(warsaw("2026-10-13", "12:00"))
    assert grace.says("my visits", "OK").key == "confirmed"
    assert grace.is_silent_after("ok")
