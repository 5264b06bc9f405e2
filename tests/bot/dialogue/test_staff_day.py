"""Who comes today, as staff read it in Telegram; and that nobody else learns that this can be read."""

from bot.dialogue.staff_commands import COMMANDS
from scheduler.linking import new_code
from scheduler.people import link
from scheduler.purposes import FORGOTTEN
from scheduler.rights import RIGHTS, Right
from scheduler.staff import Colleague, Role, add_staff, end_staff
from storage import people
from storage.database import Database
from tests.bot.dialogue.phone import BOT, SENDER
from tests.bot.dialogue.staff_town import EWA, a_day, comes, ewa, refusals, staff_chat


def test_a_coordinator_reads_the_day_by_room_with_services(database: Database) -> None:
    town = a_day(database)
    said = staff_chat(town).says("/dzis")
    assert said.words == (
        "Środa 7 października\n\nPokój 105\n13:00 Anna Testowa, psycholog, zapisane, nie pytano"
    )


def test_the_reception_reads_no_service_beside_a_name(database: Database) -> None:
    town = a_day(database)
    said = staff_chat(town, Role.RECEPTION).says("/dzis")
    assert "Anna Testowa, zapisane" in said.words
    assert "psycholog" not in said.words


def test_a_participant_who_tries_gets_the_ordinary_answer_and_is_in_the_log(database: Database) -> None:
    town = a_day(database)
    ola = town.person("Ola Testowa", "+48501000002")
    town.do(lambda tx: link(tx, ola, "telegram", BOT, "700100"))
    for tried, (name, command) in enumerate(COMMANDS.items(), 1):
        said = town.chat().says(f"/{name}")
        assert not said.key.startswith("desk_")
        assert "Anna" not in said.words
        assert refusals(town)[tried - 1 :] == [("participant", ola, command.right)]


def test_a_stranger_who_tries_is_a_stranger(database: Database) -> None:
    town = a_day(database)
    assert town.chat().says("/dzis").key == "stranger"
    assert refusals(town) == []


def test_whoever_has_left_the_staff_reads_nothing_more_by_command_or_by_an_old_button(
    database: Database,
) -> None:
    town = a_day(database)
    chat = staff_chat(town)
    old = chat.says("/umow testowa")
    her = ewa(town)
    town.do(lambda tx: people.change_person(tx, her, ended_at=town.now))
    assert chat.presses("1", old).key == "stranger"
    assert chat.says("/dzis").key == "stranger"
    assert refusals(town) == [("staff", her, "visits")]


def test_the_same_by_sms_is_no_command(database: Database) -> None:
    town = a_day(database)
    town.do(lambda tx: add_staff(tx, Colleague(EWA, Role.COORDINATOR, "+48501000009"), SENDER))
    assert town.phone("+48501000009").says("/dzis").key == "stranger"


def test_a_member_of_staff_without_the_right_sees_what_they_may_and_the_try_is_in_the_log(
    database: Database,
) -> None:
    town = a_day(database)
    chat = staff_chat(town, Role.RECEPTION)
    assert Right.ANNOUNCE not in RIGHTS[Role.RECEPTION]
    said = chat.says("/ogloszenie Jutro zamknięte")
    assert said.key == "desk_menu"
    assert "/ogloszenie" not in said.words
    assert refusals(town) == [("staff", ewa(town), "announce")]


def test_a_long_day_is_read_in_pages_that_telegram_takes(database: Database) -> None:
    town = a_day(database)
    for number in range(4):
        name = f"{'Aleksander' * 9} {'Brzęczyszczykiewicz' * 5} {number}"
        comes(town, town.person(name, f"+4850100001{number}"), f"{9 + number % 4 + (number == 0)}:00")
    chat = staff_chat(town)
    read = chat.says("/dzis").words
    while chat.last and "0" in chat.last.choices:
        assert len(read) < 4096
        read = chat.presses("0").words
    assert "Testowa" in read


def test_it_is_said_in_the_readers_language(database: Database) -> None:
    town = a_day(database)
    assert "booked" in staff_chat(town, language="en").says("/dzis").words


def test_nothing_of_it_is_kept_once_it_is_sent(database: Database) -> None:
    """Not the names in it; `forgotten` is what makes the courier drop them."""
    town = a_day(database)
    staff_chat(town).says("/dzis")
    (row,) = [row for row in town.club.messages() if row.text == "desk_day"]
    assert row.purpose in FORGOTTEN


def test_an_old_button_is_refused_once_the_role_no_longer_brings_the_right(database: Database) -> None:
    town = a_day(database)
    chat = staff_chat(town)
    asked = chat.says("/ogloszenie Jutro zamknięte")
    her = ewa(town)
    town.do(lambda tx: people.set_role(tx, her, Role.RECEPTION))
    for mark in asked.choices:
        assert chat.presses(mark, asked).key == "desk_menu"
    assert chat.says("Inne słowa").key == "desk_menu"
    assert set(refusals(town)) == {("staff", her, "announce")}


def test_a_chat_of_a_participant_does_not_become_a_colleagues_nor_the_other_way(database: Database) -> None:
    town = a_day(database)
    ola = town.person("Ola Testowa", "+48501000002")
    olas, ewas = town.chat("700100"), staff_chat(town)
    olas.says(town.do(lambda tx: new_code(tx, ola)))
    her = ewa(town)
    assert olas.says(town.do(lambda tx: new_code(tx, her, "staff"))).key == "desk_chat_taken"
    assert ewas.sends(code=town.do(lambda tx: new_code(tx, ola))).key == "desk_chat_taken"
    assert ewas.sends(contact="+48501000002").key == "desk_chat_taken"
    assert ewas.says("/dzis").key == "desk_day"


def test_whoever_is_taken_off_the_staff_loses_the_chat_even_if_the_clubs_file_names_them(
    database: Database,
) -> None:
    town = a_day(database)
    code = next(one.code for one in town.club.centre.specialists)
    someone = town.club.specialist(code)
    chat = town.chat("900200")
    chat.says(town.do(lambda tx: new_code(tx, someone, "staff")))
    assert chat.says("/dzis").key == "desk_day"
    assert town.do(lambda tx: end_staff(tx, someone)) is False
    assert chat.says("/dzis").key == "stranger"
