"""Too much from one number, and an automat that answers every answer: told once, then left alone; nobody else is slowed."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.dialogue.club import Club as DialogueClub
from bot.dialogue.incoming import Incoming
from bot.metrics import Meters
from bot.reception import Reception
from scheduler.clock import Clock
from storage.database import Database
from storage.tables import address, inbox, message, todo
from tests.builders import NOW, Club, the_centre
from words.catalogue import load_catalogue

PHONE, OTHER, STRANGER = "+48501000001", "+48501000002", "+48609000009"


class MovedClock(Clock):
    """Wall time that goes on when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.at = NOW

    def now(self) -> datetime:
        return self.at


class Line:
    """The reception, and who writes to it."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock = database, MovedClock()
        dialogue = DialogueClub(the_centre(), load_catalogue())
        self.reception = Reception(database, self.clock, dialogue, Meters())
        self.heard = 0

    async def says(self, text: str, times: int = 1, *, apart: float = 0, phone: str = PHONE) -> None:
        for _ in range(times):
            self.clock.at += timedelta(seconds=apart)
            self.heard += 1
            await self.reception.take(Incoming("sms", "sms", phone, f"SM{self.heard}", text=text))

    def answers(self, phone: str = PHONE) -> list[str]:
        asked = (
            select(message.c.text)
            .join(address, address.c.id == message.c.address_id)
            .where(address.c.address == phone)
            .order_by(message.c.id)
        )
        return list(self.database.run(lambda tx: tx.connection.execute(asked).scalars().all(), NOW))

    def meanings(self) -> list[str]:
        asked = select(inbox.c.meaning).order_by(inbox.c.id)
        return list(self.database.run(lambda tx: tx.connection.execute(asked).scalars().all(), NOW))

    def todos(self) -> list[str]:
        asked = select(todo.c.text).order_by(todo.c.id)
        return list(self.database.run(lambda tx: tx.connection.execute(asked).scalars().all(), NOW))


@pytest.fixture
def line(database: Database) -> Line:
    club = Club(database, the_centre())
    club.person("Jan Testowy", PHONE)
    club.person("Anna Przykładowa", OTHER)
    return Line(database)


async def test_twenty_in_a_minute_are_answered_and_one_more_is_told_so_once(line: Line) -> None:
    await line.says("pomoc", 25)
    assert line.answers() == ["help"] * 20 + ["too_much"]
    assert line.todos() == ["todo_too_much"]
    assert line.meanings()[20:] == ["flood"] * 5


async def test_fewer_than_twenty_a_minute_are_never_slowed_however_long(line: Line) -> None:
    for _ in range(4):
        await line.says("pomoc", 15, apart=60 / 19)
        await line.says("moje", apart=60 / 19)
    assert len(line.answers()) == 64
    assert "too_much" not in line.answers()


async def test_a_number_that_is_cut_does_not_slow_another(line: Line) -> None:
    await line.says("pomoc", 25)
    await line.says("pomoc", phone=OTHER)
    assert line.answers(OTHER) == ["help"]


async def test_after_a_quieter_minute_it_is_answered_again(line: Line) -> None:
    await line.says("pomoc", 25)
    await line.says("moje", apart=61)
    assert line.answers()[-2:] == ["too_much", "mine_none"]


async def test_words_of_crisis_and_stop_get_through_a_flood(line: Line) -> None:
    await line.says("pomoc", 25)
    await line.says("nie chce juz zyc")
    await line.says("STOP")
    assert "flood" not in line.meanings()[-2:]


async def test_a_stranger_who_floods_has_no_more_answers_than_any_stranger(line: Line) -> None:
    await line.says("kto to", 30, phone=STRANGER)
    assert line.answers(STRANGER) == ["stranger"] * 5


async def test_an_automat_that_answers_every_answer_is_left_alone_in_the_end(line: Line) -> None:
    """At a message every ten seconds: no flood, but always the same."""
    await line.says("pomoc", 80, apart=10)
    assert line.answers() == ["help"] * 60
    assert line.todos() == ["todo_too_much"]


async def test_so_is_one_whose_words_mean_nothing(line: Line) -> None:
    await line.says("Numer nie przyjmuje wiadomosci.", 40, apart=10)
    assert len(line.answers()) == 20
    assert line.todos() == ["todo_not_understood"]


async def test_whoever_leafs_through_a_list_for_long_is_no_automat(line: Line) -> None:
    await line.says("psycholog")
    await line.says("0", 70, apart=10)
    assert len(line.answers()) == 71


async def test_whoever_says_something_else_is_heard_again_after_a_loop(line: Line) -> None:
    await line.says("pomoc", 70, apart=10)
    await line.says("moje", apart=10)
    assert line.answers()[-1] == "mine_none"
