"""A phone that two people share: first names only, no services, and "who?" only where it matters."""

import pytest
from sqlalchemy import select

from scheduler.people import link
from scheduler.secret_word import set_word
from storage.database import Database
from storage.people import change_person
from storage.tables import todo
from tests.bot.dialogue.phone import Phone, Town
from tests.builders import warsaw

NUMBER = "+48501000001"


@pytest.fixture
def town(database: Database) -> Town:
    """Monday 5 October 2026, 9:00."""
    return Town(database)


@pytest.fixture
def people(town: Town) -> tuple[int, int]:
    return town.person("Anna Nowak", NUMBER), town.person("Jan Nowak", NUMBER)


@pytest.fixture
def phone(town: Town, people: tuple[int, int]) -> Phone:
    return town.phone(NUMBER)


def one_visit_each(town: Town, phone: Phone) -> None:
    """Anna on Wednesday 14.10 at 10:00, Jan on Thursday 15.10 at 10:00; nobody is remembered as speaking."""
    phone.says("psycholog 14.10", "1", "2")
    town.later(minutes=31)
    phone.says("doradca 15.10", "2", "2")
    town.later(minutes=31)
    assert [visit.starts_at for visit in town.open_visits()] == [
        warsaw("2026-10-14", "10:00"),
        warsaw("2026-10-15", "10:00"),
    ]


def test_booking_asks_for_whom_by_first_names_alone(phone: Phone) -> None:
    assert phone.says("psycholog").words == (
        "Kogo to dotyczy?\n1) Anna\n2) Jan\nProsimy odpisac sama cyfre, np. 1"
    )


def test_the_visit_is_booked_for_who_was_named_and_the_answers_name_no_service(
    town: Town, phone: Phone, people: tuple[int, int]
) -> None:
    times = phone.says("psycholog", "2")
    phone.says("1")

    assert times.words.startswith("Spotkanie, wolne:\n1) ")
    assert [visit.participant_id for visit in town.open_visits()] == [people[1]]


def test_a_first_name_answers_as_its_number_does(town: Town, phone: Phone, people: tuple[int, int]) -> None:
    phone.says("psycholog", "Jan", "1")

    assert [visit.participant_id for visit in town.open_visits()] == [people[1]]


def test_who_speaks_is_remembered_for_half_an_hour_and_no_longer(town: Town, phone: Phone) -> None:
    phone.says("psycholog", "1")
    town.later(minutes=29)
    assert phone.says("doradca").key == "times"

    town.later(minutes=31)
    assert phone.says("doradca").key == "which_person"


def test_the_day_that_was_named_is_kept_while_it_asks_who(phone: Phone) -> None:
    assert phone.says("doradca jutro 10", "1").key == "confirm_time"


def test_two_of_one_first_name_are_told_apart(town: Town, phone: Phone) -> None:
    town.person("Anna Kowalska", NUMBER)

    assert list(phone.says("psycholog").choices.values()) == ["Anna N.", "Jan", "Anna K."]


def test_mine_tells_everybodys_visits_by_first_name_without_a_service(town: Town, phone: Phone) -> None:
    one_visit_each(town, phone)

    assert phone.says("moje").words == (
        "Spotkania:\nAnna: sroda 14.10 godz. 10:00\nJan: czwartek 15.10 godz. 10:00\nZmiana: ZMIEN. Odwolanie: ODWOLAJ"
    )


def test_give_back_asks_which_naming_the_person(town: Town, phone: Phone) -> None:
    one_visit_each(town, phone)

    assert list(phone.says("odwolaj").choices.values())[:2] == [
        "Anna, sroda 14.10 godz. 10:00",
        "Jan, czwartek 15.10 godz. 10:00",
    ]
    phone.says("2")
    assert [visit.starts_at for visit in town.open_visits()] == [warsaw("2026-10-14", "10:00")]


def test_reminders_of_two_people_ask_back_naming_both(town: Town, phone: Phone) -> None:
    one_visit_each(town, phone)
    town.at(warsaw("2026-10-14", "09:00"))

    asked = phone.says("nie")

    assert asked.key == "yes_no_which"
    assert list(asked.choices.values())[:2] == [
        "Anna, sroda 14.10 godz. 10:00",
        "Jan, czwartek 15.10 godz. 10:00",
    ]
    assert len(town.open_visits()) == 2


def test_an_answer_to_one_persons_reminder_makes_nobody_the_speaker(town: Town, phone: Phone) -> None:
    phone.says("psycholog 14.10", "1", "2")
    town.at(warsaw("2026-10-13", "10:00"))

    assert phone.says("tak").key == "confirmed"
    assert phone.says("doradca").key == "which_person"


def test_moving_asks_for_nobody_because_the_visit_says_whose_it_is(town: Town, phone: Phone) -> None:
    phone.says("psycholog 14.10", "1", "2")
    town.later(minutes=31)

    assert phone.says("zmien").key == "move_times"
    assert phone.says("1").key == "moved"


def test_each_has_limits_of_their_own(phone: Phone, town: Town) -> None:
    phone.says("psycholog", "1", "1", "psycholog", "1")
    assert phone.says("psycholog").key == "too_many_visits"
    town.later(minutes=31)

    assert phone.says("psycholog", "2").key == "times"


def test_one_person_is_never_asked_who(town: Town) -> None:
    town.person("Ewa Sama", "+48501000005")

    assert town.phone("+48501000005").says("psycholog").key == "times"


def test_somebody_who_has_left_is_not_offered(town: Town, phone: Phone, people: tuple[int, int]) -> None:
    town.do(lambda tx: change_person(tx, people[0], ended_at=town.now))

    assert phone.says("psycholog").key == "times"


def test_the_language_is_that_of_whoever_speaks(town: Town) -> None:
    town.person("Oksana Testowa", "+48501000007", language="uk")
    town.person("Piotr Testowy", "+48501000007", language="pl")
    phone = town.phone("+48501000007")

    assert phone.says("psycholog", "2").words.startswith("Spotkanie, wolne:")
    town.later(minutes=31)
    assert phone.says("psycholog", "1").words.startswith("Зустріч, вільно:")


def test_a_visit_of_somebody_who_has_left_since_is_not_given_back_by_the_others(
    town: Town, phone: Phone, people: tuple[int, int]
) -> None:
    one_visit_each(town, phone)
    phone.says("odwolaj")
    town.do(lambda tx: change_person(tx, people[0], ended_at=town.now))

    assert phone.says("1").key == "out_of_date"
    assert len(town.open_visits()) == 2


def test_more_visits_than_an_sms_holds_are_told_of_one_person_at_a_time(town: Town, phone: Phone) -> None:
    one_visit_each(town, phone)
    phone.says("psycholog 16.10", "1", "2", "doradca 20.10", "1")
    town.later(minutes=31)

    assert phone.says("moje").key == "which_person"
    assert len(phone.says("1").params["visits"]) == 3
    town.later(minutes=31)
    assert phone.says("odwolaj").key == "which_person"
    assert list(phone.says("2").choices.values()) == ["czwartek 15.10 godz. 10:00", "zadne z nich"]
    assert phone.says("1").key == "given_back"
    assert len(town.open_visits()) == 3


def with_word(town: Town, person_id: int, word: str = "4071") -> None:
    town.do(lambda tx: set_word(tx, person_id, word))


def test_a_word_is_asked_for_before_visits_are_read_out(
    town: Town, phone: Phone, people: tuple[int, int]
) -> None:
    one_visit_each(town, phone)
    with_word(town, people[0])

    assert phone.says("moje").key == "which_person"
    asked = phone.says("1")
    assert asked.words == (
        "Anna: prosimy odpisac haslo, cztery cyfry. Haslo zna biuro: 77 483 77 23 wew. 103, pokoj 102, I pietro"
    )
    assert (
        phone.says("4071").words
        == "Spotkania:\nAnna: sroda 14.10 godz. 10:00\nZmiana: ZMIEN. Odwolanie: ODWOLAJ"
    )


def test_who_has_no_word_is_asked_for_none(town: Town, phone: Phone, people: tuple[int, int]) -> None:
    one_visit_each(town, phone)
    with_word(town, people[0])

    assert phone.says("moje", "2").words.startswith("Spotkania:\nJan: czwartek 15.10")


def test_a_right_word_holds_for_ten_minutes_and_for_whoever_said_it(
    town: Town, phone: Phone, people: tuple[int, int]
) -> None:
    one_visit_each(town, phone)
    with_word(town, people[0])
    phone.says("moje", "1", "4071")

    town.later(minutes=9)
    assert phone.says("moje").key == "mine"
    town.later(minutes=2)
    assert phone.says("moje").key == "word_ask"


def test_naming_another_person_closes_what_the_word_opened(
    town: Town, phone: Phone, people: tuple[int, int]
) -> None:
    one_visit_each(town, phone)
    for person_id in people:
        with_word(town, person_id)
    phone.says("moje", "1", "4071")

    assert phone.says("2").key == "word_ask"
    assert phone.says("4071").words.startswith("Spotkania:\nJan: ")


def test_three_wrong_words_lead_to_the_office_and_a_to_do(
    town: Town, phone: Phone, people: tuple[int, int]
) -> None:
    one_visit_each(town, phone)
    with_word(town, people[0])

    assert [phone.says(text).key for text in ("moje", "1", "1111", "2222", "3333")] == [
        "which_person",
        "word_ask",
        "word_wrong",
        "word_wrong",
        "word_locked",
    ]
    assert phone.says("4071").key == "word_locked"
    assert phone.says("moje").key == "word_locked"
    assert town.count(select(todo).where(todo.c.text == "todo_word", todo.c.person_id == people[0])) == 1


def test_four_digits_that_nobody_asked_for_open_nothing(
    town: Town, phone: Phone, people: tuple[int, int]
) -> None:
    one_visit_each(town, phone)
    with_word(town, people[0])

    assert "14.10" not in phone.says("4071").words
    phone.says("moje", "1")
    town.later(minutes=11)
    assert "14.10" not in phone.says("4071").words


@pytest.mark.parametrize("text", ["odwolaj", "zmien", "nie"])
def test_a_word_is_asked_for_before_visits_are_named_in_questions(
    town: Town, phone: Phone, people: tuple[int, int], text: str
) -> None:
    one_visit_each(town, phone)
    with_word(town, people[0])

    assert [phone.says(said).key for said in (text, "1")] == ["which_person", "word_ask"]
    said = phone.says("4071")
    assert len(town.open_visits()) == (1 if text == "odwolaj" else 2)
    assert said.key == {"odwolaj": "given_back", "zmien": "move_times", "nie": "give_back_sure"}[text]


def test_on_a_phone_of_ones_own_no_word_is_asked_for(town: Town) -> None:
    who = town.person("Ewa Sama", "+48501000005")
    with_word(town, who)
    phone = town.phone("+48501000005")
    phone.says("psycholog 14.10", "1")

    assert phone.says("moje").key == "mine_one"


def test_the_word_can_be_left_for_the_menu_in_a_chat(town: Town, people: tuple[int, int]) -> None:
    for person_id in people:
        town.do(lambda tx, one=person_id: link(tx, one, "telegram", "4711", "700100"))
    with_word(town, people[0])
    chat = town.chat()
    chat.says("moje")
    asked = chat.chooses("Anna")
    assert (asked.key, asked.choices) == ("word_ask", {"menu": "Menu"})
    assert chat.presses("menu").key == "menu"


def test_who_comes_late_is_asked_for_the_word_before_the_day_is_named(
    town: Town, phone: Phone, people: tuple[int, int]
) -> None:
    one_visit_each(town, phone)
    with_word(town, people[0])

    assert [phone.says(text).key for text in ("spoznie sie 10 min", "1")] == ["which_person", "word_ask"]
    assert phone.says("4071").key == "late_noted"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # words alone
@pytest.mark.parametrize(
    "text", ["moje", "odwolaj", "zmien", "nie", "psycholog", "dane", "kiedy mam", "spoznie sie"]
)
def test_no_answer_on_a_shared_phone_names_a_service_or_a_surname(
    town: Town, phone: Phone, text: str
) -> None:
    one_visit_each(town, phone)
    for said in (phone.says(text), phone.says("1")):
        for never in ("psych", "doradc", "nowak", "konsult"):
            assert never not in said.words.casefold()


def test_a_first_name_says_whose_visit_is_meant(town: Town, phone: Phone) -> None:
    one_visit_each(town, phone)
    town.at(warsaw("2026-10-13", "12:00"))  # both have been reminded

    assert phone.says("Jan nie przyjdzie").key == "given_back"
    assert [visit.starts_at for visit in town.open_visits()] == [warsaw("2026-10-14", "10:00")]
    assert phone.says("Anna będzie").key == "confirmed"
