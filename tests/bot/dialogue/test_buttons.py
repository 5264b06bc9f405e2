"""The same conversation where choices are drawn as buttons: days, times, and buttons that no longer mean anything."""

import pytest

from storage.database import Database
from tests.bot.dialogue.phone import Phone, Town
from tests.builders import warsaw

DATABASES = ("sqlite",)  # words and decisions: what they rest on is tried on both where it is its own subject


NUMBER = "+48501000001"


@pytest.fixture
def town(database: Database) -> Town:
    """Monday 5 October 2026, 9:00."""
    town = Town(database)
    town.person("Jan Testowy", NUMBER)
    return town


@pytest.fixture
def chat(town: Town) -> Phone:
    """Jan's chat, linked."""
    chat = town.chat()
    chat.sends(contact=NUMBER)
    return chat


def booked(chat: Phone) -> Phone:
    chat.says("psycholog")
    chat.chooses("Środa 7.10")
    assert chat.chooses("10:00").key == "booked"
    return chat


def test_days_come_first_then_the_hours_of_the_day(chat: Phone) -> None:
    days = chat.says("psycholog")
    hours = chat.chooses("Środa 7.10")

    assert days.words == "Psycholog. Prosimy wybrać dzień."
    assert list(days.choices.values()) == [
        "Poniedziałek 5.10", "Środa 7.10", "Czwartek 8.10", "Piątek 9.10", "Poniedziałek 12.10", "Środa 14.10", "Inne dni",
    ]  # fmt: skip
    assert hours.words == "Psycholog, środa 7 października. Wolne godziny:"
    assert list(hours.choices.values()) == ["09:00", "10:00", "11:00", "12:00", "13:00", "Inne terminy"]


def test_pressing_a_time_books_it_with_no_second_question(town: Town, chat: Phone) -> None:
    said = booked(chat).last

    assert said is not None
    assert said.words == (
        "Zapisane: psycholog, środa 7 października, godz. 10:00, ul. Mikołaja Reja 2a, pokój 104, I piętro. Przypomnimy."
    )
    assert [visit.starts_at for visit in town.open_visits()] == [warsaw("2026-10-07", "10:00")]


def test_a_booked_visit_has_buttons_to_move_and_give_it_back_and_a_calendar_file(
    town: Town, chat: Phone
) -> None:
    said = booked(chat).last
    [visit] = town.open_visits()

    assert said is not None
    assert list(said.choices.values()) == ["Inny termin", "Odwołuję"]
    assert said.params["file"] == {
        "kind": "ics",
        "appointment_id": visit.id,
        "version": 1,
        "starts_at": "2026-10-07T08:00:00+00:00",
        "ends_at": "2026-10-07T08:50:00+00:00",
        "place": "104-1",
    }


def test_an_sms_has_neither_buttons_nor_a_file(town: Town) -> None:
    said = town.phone(NUMBER).says("psycholog", "1")

    assert said.choices == {}
    assert "file" not in said.params


def test_the_move_button_leads_over_days_to_another_time(town: Town, chat: Phone) -> None:
    booked(chat).chooses("Inny termin")
    chat.chooses("Piątek 9.10")

    assert chat.chooses("09:00").key == "moved"
    assert [visit.starts_at for visit in town.open_visits()] == [warsaw("2026-10-09", "09:00")]


def test_the_give_back_button_gives_that_visit_back(town: Town, chat: Phone) -> None:
    assert booked(chat).chooses("Odwołuję").key == "given_back"
    assert town.open_visits() == []


def test_other_days_and_other_times_lead_on(chat: Phone) -> None:
    chat.says("psycholog")
    assert next(iter(chat.chooses("Inne dni").choices.values())) == "Czwartek 15.10"


def test_looking_at_one_day_after_the_other_is_no_decision(town: Town, chat: Phone) -> None:
    days = chat.says("psycholog")
    chat.presses("2", days)
    chat.presses("3", days)
    again = chat.presses("2", days)

    assert again.key == "day_times"
    assert town.visits() == []


def test_a_button_pressed_twice_books_once_and_says_what_is_true(town: Town, chat: Phone) -> None:
    chat.says("psycholog")
    hours = chat.chooses("Środa 7.10")

    assert chat.presses("2", hours).key == "booked"
    assert chat.presses("2", hours).key == "already_booked"
    assert chat.presses("3", hours).key == "stale_button"
    assert len(town.visits()) == 1


def test_giving_back_twice_says_that_it_is_given_back(chat: Phone) -> None:
    said = booked(chat).last

    assert chat.presses("back", said).key == "given_back"
    assert chat.presses("back", said).key == "already_given_back"
    assert chat.presses("move", said).key == "already_given_back"


def test_the_buttons_of_a_visit_that_was_moved_since_say_how_it_stands(town: Town, chat: Phone) -> None:
    first = booked(chat).last
    chat.chooses("Inny termin")
    chat.chooses("Piątek 9.10")
    chat.chooses("09:00")

    assert chat.presses("back", first).words.startswith("Bez zmian: piątek 9 października, godz. 9:00")
    assert len(town.open_visits()) == 1


@pytest.mark.parametrize("mark", ["move", "back"])
def test_a_button_pressed_after_the_visit_says_that_it_is_over(town: Town, chat: Phone, mark: str) -> None:
    said = booked(chat).last
    town.at(warsaw("2026-10-07", "10:10"))

    assert chat.presses(mark, said).key == "visit_over"
    assert [visit.status for visit in town.visits()] == ["booked"]


def test_an_old_list_is_not_gone_back_to(town: Town, chat: Phone) -> None:
    days = chat.says("psycholog")
    town.later(days=3)

    assert chat.presses("5", days).key == "stale_button"


def test_a_time_that_has_passed_since_it_was_listed_is_told_so(town: Town, chat: Phone) -> None:
    chat.says("psycholog")
    hours = chat.chooses("Poniedziałek 5.10")
    town.at(warsaw("2026-10-05", "10:30"))

    assert chat.presses("1", hours).key == "in_past"
    assert chat.presses("2", hours).key == "too_soon"


def test_somebody_elses_button_does_nothing(town: Town, chat: Phone) -> None:
    town.person("Ewa Druga", "+48501000002")
    other = town.chat("700200")
    other.sends(contact="+48501000002")
    days = chat.says("psycholog")
    said = booked(chat).last

    assert said is not None
    assert other.presses("1", days).key == "stale_button"
    assert other.presses("back", said).key == "stale_button"
    assert town.phone("+48601999999").presses("back", said).key == "stranger"
    assert len(town.open_visits()) == 1


@pytest.mark.parametrize(
    "token",
    ["", "q", "q1", "q1.", "q999999.1", "q1.9", "q99999999999999999999999.1", "q1.1;DROP", "x" * 64, "q-1.1"],
)
def test_a_token_that_is_none_of_ours_is_answered_politely(chat: Phone, token: str) -> None:
    said = chat.sends(press=token)

    assert said is not None
    assert said.key == "stale_button"


def test_the_buttons_of_a_reminder_answer_it(town: Town, chat: Phone) -> None:
    booked(chat)
    town.at(warsaw("2026-10-06", "10:00"))
    reminder = chat.received()[-1]
    assert reminder.key == "reminder"

    assert chat.presses("TAK", reminder).key == "confirmed"
    assert chat.presses("TAK", reminder).key == "confirmed"
    assert chat.presses("NIE", reminder).key == "give_back_sure"
    assert [visit.status for visit in town.visits()] == ["confirmed"]


def test_a_reminders_button_after_the_visit_changes_nothing(town: Town, chat: Phone) -> None:
    booked(chat)
    town.at(warsaw("2026-10-06", "10:00"))
    reminder = chat.received()[-1]
    town.at(warsaw("2026-10-09", "10:00"))

    assert chat.presses("NIE", reminder).key == "visit_over"
    assert [visit.status for visit in town.visits()] == ["booked"]


def test_just_one_time_is_asked_with_buttons_too(town: Town, chat: Phone) -> None:
    asked = chat.says("doradca jutro 10")

    assert list(asked.choices.values()) == ["Zapisuję", "Inne terminy"]
    assert chat.chooses("Zapisuję").key == "booked"


def test_several_visits_are_told_with_buttons_that_ask_which(town: Town, chat: Phone) -> None:
    booked(chat).says("doradca jutro 10")
    chat.chooses("Zapisuję")
    chat.says("moje")

    assert chat.chooses("Odwołuję").key == "which_visit"
    assert len(town.open_visits()) == 2
