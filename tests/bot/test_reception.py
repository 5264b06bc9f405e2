"""One message, one transaction: once, in order, and never in the way of the next."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.dialogue.club import Club as DialogueClub
from bot.dialogue.incoming import Incoming
from bot.errors import NotTaken
from bot.metrics import Meters
from bot.reception import Reception
from scheduler.clock import Clock
from scheduler.people import address_of, link
from storage.database import Database, Transaction
from storage.tables import address, attempt, inbox, message, question, todo
from tests.builders import NOW, Club, count, the_centre
from words.catalogue import load_catalogue

PHONE, CHAT = "+48501000001", "700100"


class StandingClock(Clock):
    """Wall time that stands still."""

    def now(self) -> Any:
        return NOW


def a_reception(database: Database, **more: Any) -> Reception:
    club = DialogueClub(the_centre(), load_catalogue())
    return Reception(database, StandingClock(), club, Meters(), **more)


def an_sms(text: str = "psycholog", provider_id: str = "SM1", phone: str = PHONE) -> Incoming:
    return Incoming("sms", "sms", phone, provider_id, text=text)


def rows(database: Database, table: Any) -> list[Any]:
    return list(database.run(lambda tx: tx.connection.execute(select(table).order_by(table.c.id)).all(), NOW))


async def test_a_message_is_taken_in_understood_and_answered(database: Database) -> None:
    club = Club(database, the_centre())
    club.person(phone=PHONE)

    await a_reception(database).take(an_sms())

    [taken] = rows(database, inbox)
    [reply] = rows(database, message)
    assert (taken.meaning, taken.status, taken.address_id) == ("book", "handled", reply.address_id)
    assert reply.text == "times"


async def test_the_same_message_again_does_nothing(database: Database) -> None:
    Club(database, the_centre()).person(phone=PHONE)
    reception = a_reception(database)

    await asyncio.gather(*(reception.take(an_sms()) for _ in range(5)))

    assert len(rows(database, inbox)) == 1
    assert len(rows(database, message)) == 1


async def test_one_persons_messages_at_once_are_handled_one_by_one(database: Database) -> None:
    Club(database, the_centre()).person(phone=PHONE)
    reception = a_reception(database)

    await asyncio.gather(*(reception.take(an_sms("moje", f"SM{n}")) for n in range(12)))

    assert [row.status for row in rows(database, inbox)] == ["handled"] * 12
    assert len(rows(database, message)) == 12


async def test_what_fails_for_good_is_kept_answered_and_told_to_staff(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    club = Club(database, the_centre())
    anna = club.person("Anna Przykładowa", PHONE)
    reception = a_reception(database)
    await reception.take(an_sms())
    spoil_the_list(database)

    await reception.take(an_sms("1", "SM2"))

    taken = rows(database, inbox)[-1]
    said = rows(database, message)[-1]
    told = rows(database, todo)[-1]
    assert (taken.provider_id, taken.status, taken.meaning) == ("SM2", "failed", "")
    assert (said.text, said.address_id) == ("failed_once", taken.address_id)
    assert (told.text, told.params["people"], told.person_id) == ("todo_failed_message", [anna], anna)
    assert told.params["reference"] in caplog.text


async def test_a_failed_message_does_not_stop_the_next_nor_come_again(database: Database) -> None:
    Club(database, the_centre()).person(phone=PHONE)
    reception = a_reception(database)
    await reception.take(an_sms())
    spoil_the_list(database)

    for provider_id in ("SM2", "SM2"):
        await reception.take(an_sms("1", provider_id))
    await reception.take(an_sms("pomoc", "SM3"))

    assert [row.status for row in rows(database, inbox)] == ["handled", "failed", "handled"]


def spoil_the_list(database: Database) -> None:
    """Let every list be one that nobody can read, as a broken migration would leave it."""

    def work(tx: Transaction) -> None:
        tx.connection.execute(update(question).values(options=[{"mark": "1"}]))
        tx.connection.execute(update(message).values(status="sent"))
        for row in tx.connection.execute(select(message)).all():
            tx.connection.execute(attempt_of(row))

    database.run(work, NOW)


def attempt_of(row: Any) -> Any:
    return attempt.insert().values(
        message_id=row.id,
        address_id=row.address_id,
        channel=row.channel,
        account=row.account,
        status="sent",
        started_at=NOW,
        lease_until=NOW,
    )


async def test_while_the_database_is_locked_nothing_is_taken_and_later_it_is(database: Database) -> None:
    Club(database, the_centre()).person(phone=PHONE)
    if database.is_sqlite:
        with (
            database.engine.connect() as other,
            other.begin(),
            pytest.raises(NotTaken),
        ):  # it has the one write lock
            await a_reception(database, within_seconds=0.3).take(an_sms())

    assert rows(database, inbox) == []
    await a_reception(database).take(an_sms())
    assert len(rows(database, inbox)) == 1


async def test_while_the_database_can_not_be_reached_nothing_is_taken() -> None:
    away = Database("postgresql://nobody@127.0.0.1:9/nothing")

    with pytest.raises(NotTaken):
        await a_reception(away, within_seconds=0.3).take(an_sms())

    away.close()


@pytest.mark.parametrize(
    ("blocked", "before", "after"),
    [(True, "active", "dead"), (False, "dead", "active"), (False, "stopped", "stopped")],
)
async def test_a_chat_that_is_shut_or_opened_is_known_at_once(
    database: Database, blocked: bool, before: str, after: str
) -> None:
    club = Club(database, the_centre())
    anna = club.person(phone=PHONE)
    club.do(lambda tx: link(tx, anna, "telegram", "4711", CHAT))
    club.do(
        lambda tx: tx.connection.execute(
            update(address).where(address.c.channel == "telegram").values(state=before)
        )
    )

    await a_reception(database).take(Incoming("telegram", "4711", CHAT, "17", blocked=blocked))

    assert club.do(lambda tx: address_of(tx, "telegram", "4711", CHAT)).state == after
    assert club.do(lambda tx: count(tx, message)) == 0
