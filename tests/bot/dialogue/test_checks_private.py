"""Nothing in the database tells somebody who is ill from somebody whose bus did not come."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from scheduler import booking
from scheduler.asking import prompt
from scheduler.purposes import FORGOTTEN
from storage.database import Database
from storage.tables import message, metadata, question
from tests.bot.dialogue.phone import Phone, Town
from tests.builders import MONDAY, warsaw

# What no row may hold after mornings on which people told how they are.
TELLING = ("goraczk", "gorączk", "kaszel", "chory", "chora", "choroba", "covid", "fever", "жар", "кашл")
BUS = "autobus"


def a_town(database: Database, *, chat: bool) -> tuple[Town, Phone]:
    """Tuesday morning, half past seven: somebody has been asked about their visit at eleven."""
    town = Town(database, warsaw(MONDAY, "06:00"))
    person_id = town.person("Jan Testowy")
    phone = town.chat() if chat else town.phone()
    if chat:
        phone.sends(contact="+48501000001")
    at = warsaw("2026-10-06", "11:00")
    town.do(
        lambda tx: booking.book(
            tx, town.club.centre, person_id=person_id, service="career_adviser", starts_at=at
        )
    )
    town.at(warsaw("2026-10-06", "07:30")).do(lambda tx: prompt(tx, town.club.centre))
    town.deliver()
    phone.last = phone.received()[-1]
    return town, phone


def dump(town: Town) -> str:
    """Every table as it stands; instants of the machine's own clock left out."""

    def read(tx: Any) -> dict[str, list[Any]]:
        return {
            table.name: sorted(
                json.dumps([_plain(name, value) for name, value in row._asdict().items()], ensure_ascii=False)
                for row in tx.connection.execute(select(table))
            )
            for table in metadata.sorted_tables
        }

    return json.dumps(town.do(read), ensure_ascii=False, indent=1)


def _plain(name: str, value: Any) -> Any:
    if name in {"started_at", "lease_until"}:  # real time
        return None
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def wiped(database: Database) -> None:
    """An empty database again."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.mark.parametrize("chat", [False, True])
def test_a_no_to_the_prompt_leaves_what_any_other_giving_back_of_that_morning_leaves(
    database: Database, chat: bool
) -> None:
    if not database.is_sqlite:
        return  # its numbers go on after a row is deleted
    left = {}
    for words in ("nie", "odwolaj", "nie przyjde"):
        wiped(database)
        town, phone = a_town(database, chat=chat)
        assert phone.says(words).key == "given_back_today"
        left[words] = dump(town)

    assert left["nie"] == left["odwolaj"] == left["nie przyjde"]


def test_a_pressed_no_leaves_the_same_too(database: Database) -> None:
    if not database.is_sqlite:
        return
    town, phone = a_town(database, chat=True)
    phone.presses("NIE")
    pressed = dump(town)
    wiped(database)
    town, phone = a_town(database, chat=True)
    phone.says("odwolaj")

    assert pressed == dump(town)


@pytest.mark.parametrize(
    "mornings",
    [
        ("mam goraczke i kaszel, nie przyjde", "tak"),
        ("jestem chora",),
        ("nie, mam covid",),
        ("tak", "jednak nie, mam gorączkę"),
        ("I have a fever", "nie"),
        ("nie, autobus nie przyjechal",),
    ],
)
def test_nothing_that_was_told_is_in_any_table(database: Database, mornings: tuple[str, ...]) -> None:
    town, phone = a_town(database, chat=False)
    for words in mornings:
        phone.sends(text=words)
        assert phone.meaning not in {"ill", "crisis"}

    kept = dump(town).casefold()

    assert [word for word in (*TELLING, BUS) if word in kept] == []


def test_a_button_carries_a_number_and_a_word_that_means_nothing_by_itself(database: Database) -> None:
    town, phone = a_town(database, chat=True)
    assert phone.last is not None

    assert set(phone.last.choices) == {"TAK", "NIE", "INNE"}
    assert phone.last.token("INNE") == f"q{phone.last.question_id}.INNE"
    assert (
        town.do(lambda tx: tx.connection.execute(select(question.c.answered_at)).scalars().all())[-1] is None
    )


def test_who_does_not_know_leaves_an_open_question_and_an_answer_that_is_forgotten(
    database: Database,
) -> None:
    town, phone = a_town(database, chat=True)
    phone.presses("INNE")
    last = town.do(lambda tx: tx.connection.execute(select(message).order_by(message.c.id.desc())).first())
    answered = town.do(lambda tx: tx.connection.execute(select(question.c.answered_at)).scalars().all())

    assert last.purpose in FORGOTTEN
    assert set(answered) == {None}
