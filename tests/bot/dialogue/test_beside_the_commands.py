"""What is said beside the commands: late, not alone, a call at an hour, wrong numbers, who writes, do not write."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from scheduler.booking import book
from storage.database import Database
from storage.people import change_person
from storage.tables import address, message, todo
from tests.bot.dialogue.phone import Phone, Town
from tests.builders import warsaw

DATABASES = ("sqlite",)  # words and decisions: what they rest on is tried on both where it is its own subject


NUMBER = "+48501000001"
TODAY_AT_TEN = warsaw("2026-10-05", "10:00")


@pytest.fixture
def town(database: Database) -> Town:
    """Monday 5 October 2026, 8:00."""
    town = Town(database, warsaw("2026-10-05", "08:00"))
    town.person("Jan Testowy", NUMBER)
    return town


@pytest.fixture
def phone(town: Town) -> Phone:
    return town.phone(NUMBER)


def has_visit(town: Town, person_id: int = 0, at: Any = TODAY_AT_TEN) -> int:
    whose = person_id or town.club.person("Jan Testowy", NUMBER)
    visit = town.do(
        lambda tx: book(tx, town.club.centre, person_id=whose, service="psychologist", starts_at=at)
    )
    return int(visit.id)


def todos(town: Town) -> list[Any]:
    return list(town.do(lambda tx: tx.connection.execute(select(todo).order_by(todo.c.id)).all()))


def states(town: Town) -> list[str]:
    return list(town.do(lambda tx: tx.connection.execute(select(address.c.state)).scalars().all()))


# --- Late


def test_whoever_comes_late_is_noted_and_the_visit_stands(town: Town, phone: Phone) -> None:
    has_visit(town)
    said = phone.says("spoznie sie 10 min")

    assert said.words == (
        "Zapisane: spoznienie 10 min, dzis, poniedzialek 5.10 godz. 10:00. Spotkanie zostaje. Inny termin: ZMIEN"
    )
    assert [(visit.status, visit.late_minutes) for visit in town.visits()] == [("booked", 10)]


def test_late_without_minutes_is_noted_all_the_same(town: Town, phone: Phone) -> None:
    has_visit(town)

    assert phone.says("spóźnię się").key == "late_noted_open"
    assert [(visit.status, visit.late_minutes) for visit in town.visits()] == [("booked", 0)]


def test_late_is_said_of_the_visit_that_has_begun(town: Town, phone: Phone) -> None:
    has_visit(town)
    town.at(warsaw("2026-10-05", "10:05"))

    assert phone.says("spoznie sie 15 min").key == "late_noted"


def test_late_is_said_of_the_day_that_is_named(town: Town, phone: Phone) -> None:
    has_visit(town)
    has_visit(town, at=warsaw("2026-10-07", "11:00"))
    phone.says("w środę spóźnię się 20 minut")

    assert [visit.late_minutes for visit in town.visits()] == [None, 20]


def test_whoever_comes_after_the_end_is_offered_another_time(town: Town, phone: Phone) -> None:
    has_visit(town)

    assert phone.says("spóźnię się godzinę").key == "move_times"
    assert phone.says("1").key == "moved"
    assert [visit.late_minutes for visit in town.open_visits()] == [None]


def test_whoever_would_come_after_the_end_of_a_visit_that_has_begun_is_told(town: Town, phone: Phone) -> None:
    has_visit(town)
    town.at(warsaw("2026-10-05", "10:05"))

    assert phone.says("spóźnię się godzinę").key == "late_too_long"


def test_late_with_no_visit_changes_nothing(town: Town, phone: Phone) -> None:
    assert phone.says("spoznie sie 10 min").key == "mine_none"


def test_late_on_a_shared_phone_asks_who_if_both_come_that_day(town: Town, phone: Phone) -> None:
    ewa = town.person("Ewa Testowa", NUMBER)
    has_visit(town)
    has_visit(town, ewa, warsaw("2026-10-05", "12:00"))

    assert phone.says("spoznie sie 10 min").key == "which_person"
    assert phone.says("Ewa").key == "late_noted"
    assert [visit.late_minutes for visit in town.visits()] == [None, 10]


def test_late_on_a_shared_phone_asks_nobody_if_only_one_comes_that_day(town: Town, phone: Phone) -> None:
    ewa = town.person("Ewa Testowa", NUMBER)
    has_visit(town)
    has_visit(town, ewa, warsaw("2026-10-07", "11:00"))

    assert phone.says("spoznie sie 10 min").key == "late_noted"
    assert [visit.late_minutes for visit in town.visits()] == [10, None]


# --- Not alone


def test_whoever_does_not_come_alone_is_noted_told_the_rule_and_staff_agree(town: Town, phone: Phone) -> None:
    visit_id = has_visit(town)
    said = phone.says("z dzieckiem")

    assert "miejsce dla 1 osoby" in said.words
    assert "77 483 77 23" in said.words
    assert town.visits()[0].accompanied is True
    assert [(row.text, row.appointment_id) for row in todos(town)] == [("todo_accompanied", visit_id)]


def test_not_alone_without_a_visit_is_told_the_rule(town: Town, phone: Phone) -> None:
    assert phone.says("z dzieckiem").key == "accompanied_rule"
    assert todos(town) == []


# --- Call me


def test_a_call_at_an_hour_is_a_todo_with_that_hour(town: Town, phone: Phone) -> None:
    said = phone.says("proszę oddzwonić po 15")
    (row,) = todos(town)

    assert said.key == "callback_noted_at"
    assert (row.text, row.params["call_at"], row.due_at) == (
        "todo_callback_at",
        warsaw("2026-10-05", "15:00").isoformat(),
        warsaw("2026-10-05", "15:00"),
    )


def test_an_hour_that_is_over_means_tomorrows(town: Town, phone: Phone) -> None:
    town.at(warsaw("2026-10-05", "16:00"))
    phone.says("oddzwońcie o 15")

    assert todos(town)[0].due_at == warsaw("2026-10-06", "15:00")


def test_a_todo_names_ids_and_never_what_was_written(town: Town, phone: Phone) -> None:
    phone.says("oddzwon")

    assert todos(town)[0].params == {"people": [town.club.person("Jan Testowy", NUMBER)]}


def test_whoever_wants_no_calls_is_written_to(town: Town, phone: Phone) -> None:
    whose = town.club.person("Jan Testowy", NUMBER)
    town.do(lambda tx: change_person(tx, whose, writes_only=True))

    assert phone.says("oddzwon").key == "writing_noted"
    assert [row.text for row in todos(town)] == ["todo_write_back"]
    assert "ODDZWON, a napiszemy" in phone.says("7", "7").words


# --- Whose number this is


def test_a_wrong_number_gets_nothing_more_visits_stand_and_staff_find_out(town: Town, phone: Phone) -> None:
    has_visit(town, at=warsaw("2026-10-15", "12:00"))
    said = phone.says("to nie mój numer")

    assert said.words == "Przepraszamy. Na ten numer nic wiecej nie wyslemy. Pytania: 77 483 77 23 wew. 103"
    assert states(town) == ["wrong"]
    assert len(town.open_visits()) == 1
    assert [row.text for row in todos(town)] == ["todo_wrong_number"]


def test_whoever_writes_from_a_wrong_number_later_is_a_stranger(town: Town, phone: Phone) -> None:
    has_visit(town)
    phone.says("pomylka")

    assert {phone.says(text).key for text in ("moje", "odwolaj", "START")} == {"stranger"}
    assert len(town.open_visits()) == 1


def test_what_waits_for_a_wrong_number_goes_to_the_persons_chat(town: Town, phone: Phone) -> None:
    has_visit(town, at=warsaw("2026-10-15", "12:00"))
    chat = town.chat()
    chat.sends(contact=NUMBER)
    town.do(lambda tx: tx.connection.execute(message.update().values(channel="sms")))
    phone.says("pomylka")
    waiting = [row for row in town.club.messages(status="waiting") if row.purpose == "reminder"]

    assert {row.channel for row in waiting} == {"telegram"}


def test_a_chat_that_was_said_to_be_wrong_is_proven_by_its_own_card(town: Town) -> None:
    chat = town.chat()
    chat.sends(contact=NUMBER)
    chat.says("pomyłka")
    assert chat.says("moje").key == "stranger"
    chat.sends(contact=NUMBER)

    assert chat.says("moje").key == "mine_none"


def test_a_mistake_right_after_giving_back_is_asked(town: Town, phone: Phone) -> None:
    has_visit(town)
    phone.says("odwolaj")
    assert len(town.open_visits()) == 0

    said = phone.says("pomyłka")
    assert said.key == "mistake_which"
    assert len(said.choices) == 2
    phone.says("1")
    assert len(town.open_visits()) == 1
    assert states(town) == ["active"]


def test_a_mistake_right_after_giving_back_may_be_the_number(town: Town, phone: Phone) -> None:
    has_visit(town)
    phone.says("odwolaj", "pomyłka")

    assert phone.says("2").key == "wrong_number_done"
    assert states(town) == ["wrong"]


def test_who_writes_is_told_with_how_to_stop_it(phone: Phone) -> None:
    assert phone.says("kto to?").words == (
        "Tu automat zapisow na spotkania, ul. Reja 2a. Bez ogloszen: BEZ OGLOSZEN. Koniec wiadomosci: STOP. "
        "Biuro: 77 483 77 23 wew. 103"
    )


def test_whoever_asks_not_to_be_written_to_is_asked_what_shall_end(town: Town, phone: Phone) -> None:
    assert phone.says("proszę do mnie nie pisać").key == "dont_write"
    assert states(town) == ["active"]
    assert phone.says("bez ogłoszeń").key == "no_announcements_done"


def test_asked_again_not_to_write_staff_settle_it(town: Town, phone: Phone) -> None:
    phone.says("nie piszcie do mnie", "nie piszcie do mnie")

    assert [row.text for row in todos(town)] == ["todo_dont_write"]


@pytest.mark.parametrize(
    ("label", "key"), [("Ogłoszeń", "no_announcements_done"), ("Żadnych wiadomości", "stop_done")]
)
def test_in_a_chat_what_shall_end_is_pressed(town: Town, label: str, key: str) -> None:
    chat = town.chat()
    chat.sends(contact=NUMBER)
    chat.says("nie piszcie do mnie")

    assert chat.chooses(label).key == key


# --- Silence, and asking back once


@pytest.mark.parametrize("text", ["dziękuję", "дякую", "thanks", "ok", "👍", "🙏"])
def test_thanks_and_ok_with_nothing_open_have_no_answer(phone: Phone, text: str) -> None:
    assert phone.is_silent_after(text)


@pytest.mark.parametrize("text", ["7", "tak"])
def test_what_asks_back_offers_a_call_the_second_time(phone: Phone, text: str) -> None:
    assert phone.says(text).key in {"digit_without_list", "nothing_to_answer"}
    assert "ODDZWON" in phone.says(text).words


def test_a_reminder_stays_open_after_what_is_said_beside_it(town: Town, phone: Phone) -> None:
    has_visit(town, at=warsaw("2026-10-15", "12:00"))
    town.at(warsaw("2026-10-14", "12:30"))
    phone.says("spóźnię się 10 min", "z dzieckiem", "kto to?")

    assert phone.says("TAK").key == "confirmed"
    assert town.now - warsaw("2026-10-14", "12:30") == timedelta(0)


# --- In three languages


SAID_IN = {
    "uk": [
        ("запізнюсь на 10 хвилин", "late_noted", "Записано: запізнення 10 хв"),
        ("прийду з дитиною", "accompanied_noted", "1 людина за столом"),
        ("передзвоніть мені", "callback_noted", "Записано, подзвонимо"),
        ("хто це?", "who_writes", "Це автомат запису"),
        ("не пишіть мені", "dont_write", "БЕЗ ОГОЛОШЕНЬ"),
        ("поради", "advice", "У разі симптомів"),
        ("руки", "advice", "Миття рук"),
        ("я хвора", "give_back_sure", "Скасувати"),
        ("роботи", "works", "10,90 зл/год (від 1.06.2023)"),
        ("про клуб", "about", "7:30-15:30"),
        ("не хочу жити", "advice", "112"),
        ("це не мій номер", "wrong_number_done", "більше нічого"),
    ],
    "en": [
        ("i will be 10 minutes late", "late_noted", "10 min late"),
        ("coming with my son", "accompanied_noted", "room for one person"),
        ("please call me", "callback_noted", "we will phone"),
        ("who is this?", "who_writes", "automatic line"),
        ("please dont write to me", "dont_write", "NO ANNOUNCEMENTS"),
        ("advice", "advice", "In case of symptoms"),
        ("hands", "advice", "Washing hands"),
        ("i am ill", "give_back_sure", "?"),
        ("works", "works", "10.90 zl an hour (since 1 June 2023)"),
        ("about the club", "about", "7:30-15:30"),
        ("i want to die", "advice", "112"),
        ("this is not my number", "wrong_number_done", "Nothing more"),
    ],
}


@pytest.mark.parametrize("language", SAID_IN)
def test_all_of_it_is_understood_and_said_in_other_languages_too(town: Town, language: str) -> None:
    whose = town.person("Olha Testova", "+48501000002", language=language)
    has_visit(town, whose)
    phone = town.phone("+48501000002")

    for text, key, words in SAID_IN[language]:
        said = phone.says(text)
        assert (said.key, words in said.words) == (key, True), (text, said.key, said.words)
    assert len(town.open_visits()) == 1
