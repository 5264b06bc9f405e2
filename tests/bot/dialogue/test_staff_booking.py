"""Somebody phones, and a member of staff books for them in Telegram: whom, on what, which day, what time."""

from scheduler.booking import book
from scheduler.people import link
from scheduler.staff import Colleague, Role, add_staff
from storage import people
from storage.database import Database
from tests.bot.dialogue.phone import BOT, Phone
from tests.bot.dialogue.staff_town import EWA, a_day, ewa, noted, refusals, staff_chat
from tests.builders import warsaw

JAN = "+48601602603"


def at_the_hours(chat: Phone, whom: str = "kowal") -> Phone:
    """As far as the hours of the first day with free times."""
    chat.says("/umow")
    chat.says(whom)
    chat.chooses("Psycholog")
    chat.presses("1")
    return chat


def test_a_visit_is_booked_in_the_colleagues_name_and_the_participant_is_told(database: Database) -> None:
    town = a_day(database)
    jan = town.person("Jan Kowal", JAN)
    said = at_the_hours(staff_chat(town)).chooses("10:00")
    assert said.words.startswith("Zapisane: Jan Kowal (…603), psycholog, dziś, środa 7 października")
    assert [(row.actor, row.actor_id, row.person_id) for row in noted(town, "booked")][1:] == [
        ("staff", ewa(town), jan)
    ]
    (told,) = town.phone(JAN).received()
    assert told.words.startswith("Klub: zapisane spotkanie dzis, sroda 7.10 godz. 10:00")
    town.phone(JAN).says("NIE")
    assert [row.status for row in town.visits() if row.participant_id == jan] == ["given_back"]


def test_namesakes_are_told_apart_and_chosen_by_button_or_number(database: Database) -> None:
    town = a_day(database)
    town.person("Jan Kowal", JAN)
    town.person("Anna Kowalska", "+48501502503")
    chat = staff_chat(town)
    said = chat.says("/umow KOW")
    assert said.words == "O kogo chodzi?\n1) Anna Kowalska, telefon …503\n2) Jan Kowal, telefon …603"
    assert chat.says("2").words == "Jan Kowal (…603): na jakie spotkanie?"
    assert chat.says("/umow 2503").words == "Anna Kowalska (…503): na jakie spotkanie?"


def test_whoever_is_not_found_is_looked_for_again(database: Database) -> None:
    town = a_day(database)
    town.person("Jan Kowal", JAN)
    chat = staff_chat(town)
    assert [chat.says(text).key for text in ("/umow", "ko", "zzz", "jan kow")] == [
        "desk_whom",
        "desk_whom",
        "desk_whom_none",
        "desk_service",
    ]


def test_words_after_leaving_it_are_no_answer_to_it(database: Database) -> None:
    town = a_day(database)
    town.person("Jan Kowal", JAN)
    chat = staff_chat(town)
    chat.says("/umow")
    assert chat.chooses("Anuluj").key == "desk_left"
    assert chat.says("kowal").key == "desk_menu"


def test_whoever_cannot_be_written_to_is_to_be_told_by_voice(database: Database) -> None:
    town = a_day(database)
    town.person("Marek Bez", None)
    assert at_the_hours(staff_chat(town), "bez").presses("1").key == "desk_booked_untold"


def test_a_time_that_has_gone_is_said_and_leads_back_to_the_days(database: Database) -> None:
    town = a_day(database)
    town.person("Jan Kowal", JAN)
    chat = at_the_hours(staff_chat(town))
    at = warsaw("2026-10-07", "10:00")
    for number in range(2):
        other = town.person(f"Ola Inna {number}", f"+4850700000{number}")
        town.do(
            lambda tx, other=other: book(
                tx, town.club.centre, person_id=other, service="psychologist", starts_at=at
            )
        )
    hours = chat.last
    said = chat.chooses("10:00")
    assert (said.key, list(said.choices.values())) == ("desk_gone", ["Pokaż dni"])
    assert chat.presses("0").key == "desk_days"
    assert chat.presses(hours.mark_of("11:00"), hours).key == "desk_booked"


def test_the_same_press_twice_books_once(database: Database) -> None:
    town = a_day(database)
    town.person("Jan Kowal", JAN)
    chat = at_the_hours(staff_chat(town))
    hours = chat.last
    assert [chat.presses("1", hours).key, chat.presses("1", hours).key] == ["desk_booked", "desk_done_before"]
    assert len(town.open_visits()) == 2


def test_an_old_button_is_refused_once_the_role_was_taken_away(database: Database) -> None:
    town = a_day(database)
    town.person("Jan Kowal", JAN)
    chat = at_the_hours(staff_chat(town))
    hours, her = chat.last, ewa(town)
    town.do(lambda tx: people.change_person(tx, her, ended_at=town.now))
    assert chat.presses("1", hours).key == "stranger"
    assert refusals(town) == [("staff", her, "visits")]
    assert len(town.open_visits()) == 1


def test_a_button_is_nobody_elses_not_even_a_colleagues_or_a_participants(database: Database) -> None:
    town = a_day(database)
    jan = town.person("Jan Kowal", JAN)
    hours = at_the_hours(staff_chat(town)).last
    ola = town.do(lambda tx: add_staff(tx, Colleague("Ola Druga", Role.RECEPTION)))
    town.do(lambda tx: link(tx, ola, "telegram", BOT, "900200"))
    town.do(lambda tx: link(tx, jan, "telegram", BOT, "700100"))
    assert town.chat("900200").presses("1", hours).key == "desk_stale"
    assert town.chat("700100").presses("1", hours).key == "stale_button"
    assert refusals(town) == [("participant", jan, "visits")]
    assert len(town.open_visits()) == 1
    assert EWA not in str([row.words for row in town.chat("700100").received()])


def test_an_old_button_in_a_chat_that_is_a_participants_now_does_nothing(database: Database) -> None:
    town = a_day(database)
    jan = town.person("Jan Kowal", JAN)
    chat = at_the_hours(staff_chat(town))
    hours, her = chat.last, ewa(town)
    town.do(lambda tx: people.change_person(tx, her, ended_at=town.now))
    town.do(lambda tx: link(tx, jan, "telegram", BOT, "900100"))
    assert chat.presses("1", hours).key == "stale_button"
    assert not chat.says("2").key.startswith("desk_")
    assert refusals(town) == [("participant", jan, "visits")]
    assert len(town.open_visits()) == 1
