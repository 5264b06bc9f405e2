"""Who comes today, as staff read it in Telegram; and that nobody else learns that this can be read."""

from sqlalchemy import select

from bot.dialogue.staff_commands import COMMANDS
from scheduler.booking import book
from scheduler.linking import new_code
from scheduler.people import link
from scheduler.staff import Colleague, Role, add_staff
from storage import people
from storage.database import Database
from storage.tables import audit
from tests.bot.dialogue.phone import BOT, SENDER, Phone, Town
from tests.builders import warsaw

WEDNESDAY = warsaw("2026-10-07")


def staff_chat(
    town: Town, role: Role = Role.COORDINATOR, number: str = "900100", language: str = "pl"
) -> Phone:
    """The Telegram chat of somebody on the staff, linked with their code."""
    person_id = town.do(lambda tx: add_staff(tx, Colleague("Ewa Koordynatorka", role)))
    town.do(lambda tx: people.change_person(tx, person_id, language=language))
    chat = town.chat(number)
    code = town.do(lambda tx: new_code(tx, person_id, "staff"))
    assert chat.says(code).key == "desk_menu"
    return chat


def refusals(town: Town) -> list[tuple[str, int | None, str]]:
    asked = select(audit).where(audit.c.action == "refused").order_by(audit.c.id)
    rows = town.do(lambda tx: tx.connection.execute(asked).all())
    return [(row.actor, row.actor_id, row.details["right"]) for row in rows]


def a_day(database: Database) -> Town:
    """A Wednesday on which Anna comes to the psychologist at 13:00."""
    town = Town(database, WEDNESDAY)
    anna = town.person("Anna Testowa")
    at = warsaw("2026-10-07", "13:00")
    town.do(lambda tx: book(tx, town.club.centre, person_id=anna, service="psychologist", starts_at=at))
    return town


def test_a_coordinator_reads_the_day_by_room_with_services(database: Database) -> None:
    town = a_day(database)
    said = staff_chat(town).says("/dzis")
    assert "Anna Testowa, psycholog, zapisane" in said.words


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


def test_the_same_by_sms_is_no_command(database: Database) -> None:
    town = a_day(database)
    town.do(
        lambda tx: add_staff(tx, Colleague("Ewa Koordynatorka", Role.COORDINATOR, "+48501000009"), SENDER)
    )
    assert town.phone("+48501000009").says("/dzis").key == "stranger"
