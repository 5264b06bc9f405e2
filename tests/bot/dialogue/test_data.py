"""People's own data: the clause in its layers, the copy, erasure, objection, and a new number that is only written of."""

from typing import Any

import pytest
from sqlalchemy import select

from scheduler.people import link
from scheduler.secret_word import set_word
from storage.database import Database
from storage.tables import clause_shown, message, todo
from tests.bot.dialogue.phone import Phone, Town
from tests.builders import warsaw
from words.sms import parts

NUMBER = "+48501000001"


@pytest.fixture
def town(database: Database) -> Town:
    """Monday 5 October 2026, 9:00."""
    return Town(database)


@pytest.fixture
def anna(town: Town) -> int:
    return town.person("Anna Nowak", NUMBER)


@pytest.fixture
def phone(town: Town, anna: int) -> Phone:
    return town.phone(NUMBER)


@pytest.fixture
def chat(town: Town, anna: int) -> Phone:
    town.do(lambda tx: link(tx, anna, "telegram", "4711", "700100"))
    return town.chat("700100")


def todos(town: Town) -> list[tuple[Any, ...]]:
    asked = select(todo.c.text, todo.c.person_id, todo.c.due_at, todo.c.params).order_by(todo.c.id)
    return [tuple(row) for row in town.do(lambda tx: tx.connection.execute(asked).all())]


def shown(town: Town) -> list[tuple[Any, ...]]:
    asked = select(clause_shown.c.person_id, clause_shown.c.version, clause_shown.c.channel)
    return [tuple(row) for row in town.do(lambda tx: tx.connection.execute(asked).all())]


def test_by_sms_the_short_layer_is_told_and_the_office_has_a_month_for_the_copy(
    town: Town, phone: Phone, anna: int
) -> None:
    said = phone.says("dane")

    assert said.key == "data_short"
    assert parts(said.words) == 2
    assert "pokoj 102" in said.words
    assert todos(town) == [("todo_data_copy", anna, warsaw("2026-11-05", "12:00"), {})]
    assert shown(town) == [(anna, "2026-11", "sms")]


def test_in_a_chat_the_whole_clause_is_told_with_a_button_for_the_copy(
    town: Town, chat: Phone, anna: int
) -> None:
    said = chat.says("/mojedane")

    assert said.key == "clause"
    assert "Miejski Ośrodek Pomocy Społecznej" in said.words
    assert "Prezes Urzędu Ochrony Danych Osobowych" in said.words
    assert list(said.choices.values()) == ["Kopia moich danych"]
    assert (todos(town), shown(town)) == ([], [(anna, "2026-11", "telegram")])


def test_the_copy_is_a_page_of_text_with_what_is_kept(town: Town, chat: Phone) -> None:
    chat.says("psycholog 14.10", "1", "bez ogloszen", "dane")

    said = chat.presses("copy")

    assert said.key == "data_copy"
    page = said.params["file"]["text"]
    assert said.params["file"]["name"] == "dane.txt"
    assert "Imię i nazwisko: Anna Nowak\nTelefon: +48501000001\n" in page
    assert "Spotkania:\n- 14.10.2026, 09:00, psycholog, zapisane" in page
    assert "- 5.10.2026, ogłoszenia wyłączone" in page
    assert "Informacja o danych pokazana:" in page


def test_the_copy_is_forgotten_once_it_is_sent(town: Town, chat: Phone) -> None:
    chat.says("dane")
    chat.presses("copy")

    (row,) = town.do(
        lambda tx: tx.connection.execute(select(message).where(message.c.text == "data_copy")).all()
    )
    assert row.purpose == "advice"


def test_on_a_shared_phone_it_is_asked_whose_data_and_for_their_word(
    town: Town, chat: Phone, anna: int
) -> None:
    jan = town.person("Jan Nowak", NUMBER)
    town.do(lambda tx: link(tx, jan, "telegram", "4711", "700100"))
    town.do(lambda tx: set_word(tx, anna, "4071"))

    assert chat.says("dane").key == "which_person"
    assert chat.chooses("Anna").key == "clause"
    assert chat.presses("copy").key == "word_ask"
    said = chat.says("4071")
    assert said.key == "data_copy"
    assert "Anna Nowak" in said.params["file"]["text"]
    assert "Jan" not in said.params["file"]["text"]


@pytest.mark.parametrize(
    ("words", "text"), [("usuńcie moje dane", "todo_erase"), ("sprzeciw", "todo_object")]
)
def test_erasure_and_objection_are_the_offices_within_a_month(
    town: Town, phone: Phone, anna: int, words: str, text: str
) -> None:
    said = phone.says(words)
    phone.says(words)

    assert said.words.startswith("Zapisane. Biuro odpowie najpozniej: czwartek 5.11.")
    assert todos(town) == [(text, anna, warsaw("2026-11-05", "12:00"), {})]


def test_on_a_shared_phone_it_is_asked_whose_data_shall_go(town: Town, phone: Phone, anna: int) -> None:
    jan = town.person("Jan Nowak", NUMBER)

    assert [phone.says(text).key for text in ("usuncie moje dane", "2")] == ["which_person", "request_noted"]
    assert [row[1] for row in todos(town)] == [jan]


def test_a_month_ends_with_its_last_day(town: Town, phone: Phone) -> None:
    town.at(warsaw("2027-01-31"))
    phone.says("sprzeciw")
    assert todos(town)[0][2] == warsaw("2027-02-28", "12:00")


def test_a_new_number_that_is_only_written_of_changes_nothing(town: Town, phone: Phone, anna: int) -> None:
    said = phone.says("mam nowy numer 601 602 603")

    assert said.key == "new_number_noted"
    assert todos(town) == [("todo_new_number", anna, None, {})]
    assert "601" not in repr(town.club.messages())
    assert phone.says("moje").key == "mine_none"


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_copy_speaks_the_persons_language(town: Town, language: str) -> None:
    who = town.person("Oksana Testowa", "+48501000007", language=language)
    town.do(lambda tx: link(tx, who, "telegram", "4711", "700107"))
    chat = town.chat("700107")
    chat.says("dane")
    page = chat.presses("copy").params["file"]["text"]
    assert {"uk": "Копія персональних даних", "en": "Copy of personal data"}[language] in page
