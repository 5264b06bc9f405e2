"""STOP and START, languages and letters, and what can't be understood."""

import pytest
from sqlalchemy import func, select

from storage.database import Database
from storage.tables import address, inbox, message, person, todo
from tests.bot.dialogue.phone import Phone, Town

DATABASES = ("sqlite",)  # words and decisions: what they rest on is tried on both where it is its own subject


NUMBER = "+48501000001"


@pytest.fixture
def town(database: Database) -> Town:
    """Monday 5 October 2026, 9:00."""
    town = Town(database)
    town.person("Jan Testowy", NUMBER)
    return town


@pytest.fixture
def phone(town: Town) -> Phone:
    return town.phone(NUMBER)


def chat_of(town: Town) -> Phone:
    chat = town.chat()
    chat.sends(contact=NUMBER)
    return chat


def todos(town: Town) -> list[str]:
    return [row.text for row in town.do(lambda tx: tx.connection.execute(select(todo)).all())]


def states(town: Town) -> list[str]:
    return list(town.do(lambda tx: tx.connection.execute(select(address.c.state)).scalars().all()))


def test_stop_ends_messages_keeps_visits_and_tells_staff(town: Town, phone: Phone) -> None:
    phone.says("psycholog", "1")

    assert phone.is_silent_after("STOP")  # the provider says so itself, and would refuse ours
    assert states(town) == ["stopped"]
    assert len(town.open_visits()) == 1
    assert todos(town) == ["todo_stopped"]


def test_stop_is_confirmed_where_the_provider_does_not_do_it(town: Town, phone: Phone) -> None:
    assert chat_of(town).says("stop").key == "stop_done"
    assert phone.says("start").key == "start_done"
    assert phone.says("стоп").key == "stop_done"


def test_start_begins_again(town: Town, phone: Phone) -> None:
    phone.is_silent_after("STOP")

    assert phone.says("START").key == "start_done"
    assert states(town) == ["active"]


def test_start_in_a_chat_that_is_on_greets_with_the_menu(town: Town) -> None:
    assert chat_of(town).says("/start").key == "menu"


def test_no_announcements_leaves_reminders(town: Town, phone: Phone) -> None:
    assert phone.says("bez ogłoszeń").key == "no_announcements_done"
    assert states(town) == ["active"]


def test_a_language_is_kept_and_answered_in(town: Town, phone: Phone) -> None:
    assert phone.says("українською, будь ласка").words == "Відтепер пишемо українською."
    assert phone.says("психолог").words.startswith("Психолог, вільно:")
    assert phone.says("польською").words == "Od teraz piszemy po polsku."


def test_polish_letters_are_turned_on_and_off(town: Town, phone: Phone) -> None:
    asked = select(person.c.polish_letters).where(person.c.kind == "participant")

    assert phone.says("polskie litery").key == "polish_letters_done"
    assert town.do(lambda tx: tx.connection.execute(asked).scalar_one()) is True
    assert phone.says("polskie litery").key == "polish_letters_off"
    assert town.do(lambda tx: tx.connection.execute(asked).scalar_one()) is False


def test_call_me_opens_one_todo_a_day_however_often_it_is_asked(town: Town, phone: Phone) -> None:
    phone.says("oddzwon", "ODDZWON", "proszę o telefon")
    assert todos(town) == ["todo_callback"]

    town.later(days=1)
    assert phone.says("oddzwon").key == "callback_noted"
    assert todos(town) == ["todo_callback", "todo_callback"]


@pytest.mark.parametrize(
    ("text", "key"),
    [("pomoc", "help"), ("o klubie", "about"), ("moje dane", "data_short"), ("spoznie sie", "mine_none")],
)
def test_what_is_asked_of_the_club_has_an_answer(phone: Phone, text: str, key: str) -> None:
    assert phone.says(text).key == key


def test_a_question_it_cant_place_with_nothing_open_brings_the_menu(phone: Phone) -> None:
    assert phone.says("jaka bedzie pogoda nad morzem").key == "menu"


def test_it_asks_once_then_offers_a_call(phone: Phone) -> None:
    assert phone.says("psycholog", "hgfjhgf").key == "not_understood"
    assert phone.says("asdasd qwe").words == (
        "Nadal nie udalo sie zrozumiec. Prosimy odpisac ODDZWON, zadzwonimy. Biuro: 77 483 77 23 wew. 103, pokoj 102, I pietro"
    )


def test_what_is_understood_in_between_begins_the_count_again(phone: Phone) -> None:
    assert phone.says("psycholog", "hgfjhgf", "moje", "hgfjhgf").key == "not_understood"


def test_the_list_stays_open_while_it_does_not_understand(town: Town, phone: Phone) -> None:
    assert phone.says("psycholog", "hgfjhgf", "1").key == "booked_soon"


def test_whoever_is_never_understood_becomes_a_todo_and_a_loop_of_automats_ends(
    town: Town, phone: Phone
) -> None:
    answered = [phone.sends(text="hgfjhgf") is not None for _ in range(25)]

    assert answered == [True] * 20 + [False] * 5
    assert todos(town) == ["todo_not_understood"]
    town.later(minutes=31)
    assert phone.says("hgfjhgf").key == "menu"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "only_text"),
        (" \n\t", "only_text"),
        ("\x00", "menu"),
        ("\x00\x00tak\x00", "nothing_to_answer"),
        ("😀😀😀😀", "menu"),
        ("a" * 1600, "too_long"),
        ("tak " * 400, "too_long"),
        ("1 " * 800, "too_long"),
        ("\u202e\u200f\ufeff", "menu"),
        ("'; DROP TABLE person; --", "menu"),
    ],
)
def test_bad_input_has_a_polite_answer_and_nothing_else(
    town: Town, phone: Phone, text: str, key: str
) -> None:
    phone.says("psycholog", "1")
    town.later(minutes=11)
    before = town.visits()

    assert phone.says(text).key == key
    assert town.visits() == before


@pytest.mark.parametrize("text", ["Anna Tajemnicza jestem chora", "\x00sekretny\x00", "psycholog sekretny"])
def test_nothing_of_what_was_written_is_kept(town: Town, phone: Phone, text: str) -> None:
    phone.sends(text=text)
    rows = town.do(
        lambda tx: [
            str(row) for table in (message, todo, inbox) for row in tx.connection.execute(select(table)).all()
        ]
    )

    assert not [row for row in rows if "sekretny" in row or "Tajemnicza" in row or "chora" in row]


def test_the_same_delivery_again_writes_no_second_reply(town: Town, phone: Phone) -> None:
    from bot.dialogue.answer import answer  # noqa: PLC0415
    from bot.dialogue.incoming import Incoming  # noqa: PLC0415

    incoming = Incoming("sms", "sms", NUMBER, "SM1", text="menu")
    for _ in range(2):
        town.do(lambda tx: answer(tx, town.dialogue, incoming))

    assert (
        town.do(lambda tx: tx.connection.execute(select(func.count()).select_from(message)).scalar_one()) == 1
    )
