"""Words of crisis: help comes first, whoever writes, wherever, whenever and whatever was open; and nothing of it is kept."""

from typing import Any

import pytest
from sqlalchemy import select

from scheduler.booking import book
from storage.database import Database
from storage.tables import address, appointment, inbox, message, question, todo
from storage.tables import conversation as talk
from tests.bot.dialogue.phone import Phone, Town
from tests.builders import warsaw

DATABASES = ("sqlite",)  # words and decisions: what they rest on is tried on both where it is its own subject


NUMBER, STRANGER = "+48501000001", "+48601999999"
CRY = "nie chcę żyć"
HELP = (
    "Prosimy nie czekac. Pomoc od razu: 112. Rozmowa: dorosli 116 123, cala dobe 800 70 2222, mlodziez 116 111. "
    "Biuro: 77 483 77 23 wew. 103"
)


@pytest.fixture
def town(database: Database) -> Town:
    """Monday 5 October 2026, 9:00."""
    town = Town(database)
    town.person("Jan Testowy", NUMBER)
    return town


@pytest.fixture
def phone(town: Town) -> Phone:
    return town.phone(NUMBER)


def todos(town: Town) -> list[Any]:
    return list(town.do(lambda tx: tx.connection.execute(select(todo).order_by(todo.c.id)).all()))


def test_help_first_and_an_urgent_todo_that_says_only_to_phone_today(town: Town, phone: Phone) -> None:
    assert phone.says(CRY).words == HELP
    (row,) = todos(town)
    assert (row.text, row.urgent, row.params) == (
        "todo_call_today",
        True,
        {"people": [town.club.person("Jan Testowy", NUMBER)]},
    )


@pytest.mark.parametrize(
    ("text", "begins"),
    [("не хочу жити", "Просимо не чекати. Допомога одразу: 112."), ("I want to die", "Prosimy nie czekac.")],
)
def test_a_person_is_answered_in_their_language_whatever_they_cry_in(
    town: Town, text: str, begins: str
) -> None:
    language = "uk" if text.startswith("не") else "pl"
    town.person("Olha Testova", "+48501000002", language=language)

    assert town.phone("+48501000002").says(text).words.startswith(begins)


@pytest.mark.parametrize(
    ("text", "begins"), [("не хочу жити", "Просимо"), ("I want to die", "Please do not")]
)
def test_a_stranger_is_helped_too_and_told_nothing_of_being_enrolled(
    town: Town, text: str, begins: str
) -> None:
    assert town.phone(STRANGER).says(text).words.startswith(begins)
    (row,) = todos(town)
    where = town.do(
        lambda tx: tx.connection.execute(
            select(address.c.id).where(address.c.address == STRANGER)
        ).scalar_one()
    )
    assert (row.person_id, row.params) == (None, {"address_id": where})


def test_a_stranger_who_has_had_all_answers_is_still_helped(town: Town) -> None:
    phone = town.phone(STRANGER)
    for _ in range(8):
        phone.sends(text="halo")

    assert phone.says(CRY).words == HELP


@pytest.mark.parametrize("before", ["hgfjhgf", "moje"])
def test_a_flood_of_messages_does_not_drown_it(town: Town, phone: Phone, before: str) -> None:
    for _ in range(30):
        phone.sends(text=before)

    assert phone.says(CRY).words == HELP


def test_it_is_heard_at_night_and_in_a_long_message(town: Town, phone: Phone) -> None:
    town.at(warsaw("2026-10-06", "03:10"))

    assert phone.says("bardzo " * 190 + CRY).words == HELP
    assert phone.says("Pisze bo juz nie mam sily. " * 40 + CRY).words == HELP


def test_in_a_chat_it_may_stand_behind_start_or_in_a_chat_that_is_nobodys(town: Town) -> None:
    chat = town.chat()
    said = chat.sends(code=CRY)

    assert said is not None
    assert said.words.startswith("Prosimy nie czekać i nie zostawać z tym w samotności.")
    assert chat.says(CRY).words == said.words


def test_a_number_that_is_somebody_elses_is_heard_as_a_strangers(town: Town, phone: Phone) -> None:
    phone.says("pomylka")

    assert phone.says(CRY).words == HELP
    assert "people" not in todos(town)[-1].params


def test_a_list_that_was_open_stays_open(town: Town, phone: Phone) -> None:
    phone.says("psycholog", CRY)

    assert phone.says("1").key == "booked_soon"


def test_a_reminder_that_was_open_stays_open_and_no_no_to_the_help_gives_back(
    town: Town, phone: Phone
) -> None:
    has_visit(town)
    town.at(warsaw("2026-10-14", "12:30"))
    phone.says(CRY)

    assert phone.says("nie").key == "give_back_sure"
    assert len(town.open_visits()) == 1
    assert phone.says("tak").key == "given_back"


def test_ok_after_the_help_confirms_nothing(town: Town, phone: Phone) -> None:
    has_visit(town)
    town.at(warsaw("2026-10-14", "12:30"))
    phone.says(CRY)

    assert phone.is_silent_after("ok")
    assert [row.status for row in town.visits()] == ["booked"]


def test_a_cry_an_hour_later_is_a_todo_of_its_own(town: Town, phone: Phone) -> None:
    phone.says(CRY, CRY)
    assert len(todos(town)) == 1
    town.later(hours=1)
    phone.says(CRY)

    assert len(todos(town)) == 2


def test_nothing_that_is_kept_tells_of_it(town: Town, phone: Phone) -> None:
    has_visit(town)
    town.at(warsaw("2026-10-14", "12:30"))
    phone.says(CRY)
    tables = (message, todo, question, talk, appointment, inbox)
    kept = town.do(
        lambda tx: [str(row._mapping) for one in tables for row in tx.connection.execute(select(one)).all()]
    )
    sent = town.club.messages(purpose="advice")

    assert phone.meaning == "other"
    assert [(row.text, row.person_id) for row in sent] == [
        ("advice", town.club.person("Jan Testowy", NUMBER))
    ]
    # Until it is sent the row must know what to say; then its parameters go (the courier's own tests prove it).
    said = [line.replace(str(dict(sent[0].params)), "") for line in kept]
    assert not [line for line in said if "crisis" in line or "żyć" in line or "zyc" in line]


def has_visit(town: Town) -> None:
    whose = town.club.person("Jan Testowy", NUMBER)
    starts_at = warsaw("2026-10-15", "12:00")
    town.do(
        lambda tx: book(tx, town.club.centre, person_id=whose, service="psychologist", starts_at=starts_at)
    )
