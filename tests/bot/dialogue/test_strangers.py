"""Numbers and chats that lead to nobody, and how a chat proves whose it is."""

from typing import Any

import pytest

from scheduler.linking import new_code
from storage.database import Database
from storage.people import change_person
from tests.bot.dialogue.phone import Phone, Town

DATABASES = ("sqlite",)  # words and decisions: what they rest on is tried on both where it is its own subject


STRANGER = "+48601999999"
POLISH = "Tu automat zapisow na spotkania, ul. Reja 2a. Jak dolaczyc: tel. 77 483 77 23 wew. 103 albo pokoj 102, I pietro"


@pytest.fixture
def town(database: Database) -> Town:
    """Monday 5 October 2026, 9:00."""
    town = Town(database)
    town.person("Jan Testowy", "+48501000001")
    return town


@pytest.fixture
def phone(town: Town) -> Phone:
    return town.phone(STRANGER)


@pytest.mark.parametrize(
    "text", ["dzień dobry", "psycholog", "1", "TAK", "STOP", "moje", "", "😀", "oddzwon"]
)
def test_an_unknown_number_has_the_same_answer_for_any_words(phone: Phone, text: str) -> None:
    assert phone.says(text).words == POLISH


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Добрий день, хочу записатися", "uk"),
        ("hello, can i book an appointment", "en"),
        ("I want to book", "en"),
        ("hello", "en"),
        ("dzien dobry, chce termin", "pl"),
        ("ok", "pl"),
        ("😀", "pl"),
    ],
)
def test_the_language_is_guessed_where_it_is_plain(phone: Phone, text: str, language: str) -> None:
    begins = {"pl": "Tu automat", "uk": "Це автомат", "en": "This is an automat"}

    assert phone.says(text).words[:8] == begins[language][:8]


def test_whoever_has_left_is_a_stranger(town: Town) -> None:
    left = town.person("Ewa Dawna", "+48501000002")
    town.do(lambda tx: change_person(tx, left, ended_at=town.now))

    assert town.phone("+48501000002").says("moje").words == POLISH


def test_a_stranger_leaves_nothing_but_an_address(town: Town, phone: Phone) -> None:
    phone.says("psycholog")

    assert town.visits() == []
    assert phone.meaning == "stranger"


def test_a_loop_of_two_automats_ends(town: Town, phone: Phone) -> None:
    answered = [phone.sends(text="To jest automat") for _ in range(10)]
    town.later(minutes=61)

    assert [said is not None for said in answered] == [True] * 5 + [False] * 5
    assert phone.says("dzień dobry").words == POLISH


def test_an_unknown_chat_is_greeted_with_a_button_that_shares_its_number(town: Town) -> None:
    chat = town.chat()

    assert chat.says("/start").key == "start"
    assert chat.last is not None
    assert chat.last.choices == {"share_contact": "Udostępniam mój numer"}
    assert chat.says("psycholog").key == "stranger"


def test_ones_own_contact_links_the_chat(town: Town) -> None:
    chat = town.chat()
    said = chat.sends(contact="+48501000001")

    assert said is not None
    assert (said.key, said.params["first_name"]) == ("linked", "Jan")
    assert chat.says("moje").key == "mine_none"


def test_ones_own_contact_shared_again_changes_nothing(town: Town) -> None:
    chat = town.chat()
    chat.sends(contact="+48501000001")
    again = chat.sends(contact="+48501000001")

    assert again is not None
    assert again.key == "already_linked"


def test_a_shared_number_links_the_chat_to_everybody_of_it(town: Town) -> None:
    town.person("Ewa Testowa", "+48501000001")
    chat = town.chat()
    chat.sends(contact="+48501000001")

    assert chat.says("psycholog").key == "which_person"


@pytest.mark.parametrize(
    ("more", "key"),
    [({"contact": STRANGER}, "contact_unknown"), ({"foreign_contact": True}, "contact_not_own")],
)
def test_a_number_that_is_not_enrolled_and_somebody_elses_card_link_nothing(
    town: Town, more: dict[str, Any], key: str
) -> None:
    chat = town.chat()
    said = chat.sends(**more)

    assert said is not None
    assert said.key == key
    assert "share_contact" in said.choices
    assert chat.says("moje").key == "stranger"


def a_code(town: Town) -> str:
    person = town.person("Ewa Bez Telefonu", "+48501000003")
    return str(town.do(lambda tx: new_code(tx, person)))


def test_a_code_links_the_chat_whether_a_link_carried_it_or_it_was_typed(town: Town) -> None:
    carried, typed = town.chat("1"), town.chat("2")
    by_link = carried.sends(code=a_code(town))

    assert by_link is not None
    assert by_link.key == "linked"
    other = town.person("Ola Bez Telefonu", "+48501000004")
    assert typed.says(town.do(lambda tx: new_code(tx, other)).lower()).key == "linked"


def test_a_chat_that_is_linked_can_be_linked_to_somebody_else_too(town: Town) -> None:
    chat = town.chat()
    chat.sends(contact="+48501000001")

    assert chat.says(a_code(town)).params["first_name"] == "Ewa"
    assert chat.says("psycholog").key == "which_person"


def test_a_code_is_good_once(town: Town) -> None:
    code = a_code(town)
    town.chat("1").sends(code=code)
    second = town.chat("2").sends(code=code)

    assert second is not None
    assert second.key == "code_used"


def test_a_wrong_code_links_nothing(town: Town) -> None:
    chat = town.chat()
    said = chat.sends(code="AAAA-AAAA")

    assert said is not None
    assert said.key == "code_wrong"
    assert chat.says("moje").key == "stranger"


def test_a_code_sent_by_sms_is_words_like_any_other(town: Town, phone: Phone) -> None:
    assert phone.says(a_code(town)).words == POLISH
