"""A day at the club as its staff play it in Telegram."""

from typing import Any

from sqlalchemy import select

from scheduler.booking import book
from scheduler.linking import new_code
from scheduler.staff import Colleague, Role, add_staff
from storage import people
from storage.database import Database
from storage.tables import audit
from tests.bot.dialogue.phone import Phone, Town
from tests.builders import warsaw

WEDNESDAY = warsaw("2026-10-07")
EWA = "Ewa Koordynatorka"


def a_day(database: Database) -> Town:
    """A Wednesday on which Anna comes to the psychologist at 13:00."""
    town = Town(database, WEDNESDAY)
    comes(town, town.person("Anna Testowa"), "13:00")
    return town


def comes(town: Town, person_id: int, clock: str) -> None:
    at = warsaw("2026-10-07", clock)
    town.do(lambda tx: book(tx, town.club.centre, person_id=person_id, service="psychologist", starts_at=at))


def staff_chat(
    town: Town, role: Role = Role.COORDINATOR, number: str = "900100", language: str = "pl"
) -> Phone:
    """The Telegram chat of somebody on the staff, linked with their code."""
    person_id = town.do(lambda tx: add_staff(tx, Colleague(EWA, role)))
    town.do(lambda tx: people.change_person(tx, person_id, language=language))
    chat = town.chat(number)
    assert chat.says(town.do(lambda tx: new_code(tx, person_id, "staff"))).key == "desk_menu"
    return chat


def ewa(town: Town) -> int:
    return int(town.do(lambda tx: people.namesakes(tx, "staff", EWA.lower()))[0].id)


def noted(town: Town, action: str) -> list[Any]:
    """What the log has of that action."""
    asked = select(audit).where(audit.c.action == action).order_by(audit.c.id)
    return list(town.do(lambda tx: tx.connection.execute(asked).all()))


def refusals(town: Town) -> list[tuple[str, int | None, str]]:
    return [(row.actor, row.actor_id, row.details["right"]) for row in noted(town, "refused")]
