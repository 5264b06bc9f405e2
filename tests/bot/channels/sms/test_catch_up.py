"""What Twilio has received and no webhook has brought is fetched from there, once, through the same door."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from bot.channels.sms.catch_up import CatchUp
from bot.channels.sms.client import AiohttpClient, twilio_client
from bot.dialogue.club import Club as DialogueClub
from bot.dialogue.incoming import Incoming
from bot.errors import NotTaken
from bot.metrics import Meters
from bot.reception import Reception
from sandbox.twilio.messages import Sms
from scheduler.clock import Clock
from scheduler.people import link
from storage.database import Database
from storage.tables import inbox, message, todo
from tests.builders import NOW, Club, on_sqlite, the_centre
from tests.sandbox.worlds import ACCOUNT, ANNA, CLUB, OLEH, SECRET, Sandbox, a_world, running
from words.catalogue import load_catalogue

MG = "MG" + "2" * 32
HOUR = 3600


@dataclass
class Desk:
    """A club whose webhook address is down, and its catch-up."""

    database: Database
    sandbox: Sandbox
    reception: Reception
    http: AiohttpClient
    sender: str
    taken: list[Incoming] = field(default_factory=list)

    def catch_up(self) -> CatchUp:
        client = twilio_client(ACCOUNT, SECRET, f"{self.sandbox.base}/twilio", self.http)
        return CatchUp(client, self.sender, self.database, Clock(), self.take)

    async def take(self, incoming: Incoming) -> None:
        self.taken.append(incoming)
        await self.reception.take(incoming)

    async def known_before(self) -> None:
        """This is not the club's first day."""
        await self.reception.take(Incoming("sms", self.sender, OLEH, "SM" + "0" * 32, text="pomoc"))

    def received(self, text: str, seconds_ago: float = 0, phone: str = ANNA, **more: str) -> str:
        """Something that came in so long ago; no webhook brought it."""
        service = self.sender if self.sender == MG else None
        sms = Sms(
            account=ACCOUNT, sender=phone, to=CLUB, body=text, status="received", parts=1, service=service,
            **{"direction": "inbound", **more},
        )  # fmt: skip
        sms.created = sms.sent = time.time() - seconds_ago
        self.sandbox.world.twilio.messages.add(sms)
        return sms.sid

    def texts(self) -> list[str]:
        asked = select(message.c.text).order_by(message.c.id)
        return list(self.database.run(lambda tx: tx.connection.execute(asked).scalars().all(), NOW))

    def heard(self) -> list[str]:
        asked = select(inbox.c.provider_id).order_by(inbox.c.id)
        return list(self.database.run(lambda tx: tx.connection.execute(asked).scalars().all(), NOW))

    def todos(self) -> list[str]:
        asked = select(todo.c.text).order_by(todo.c.id)
        return list(self.database.run(lambda tx: tx.connection.execute(asked).scalars().all(), NOW))


@contextlib.asynccontextmanager
async def a_desk(database: Database, sender: str = CLUB) -> AsyncIterator[Desk]:
    anna = Club(database, the_centre()).person("Anna Przykładowa", ANNA)
    database.run(lambda tx: link(tx, anna, "sms", sender, ANNA), NOW)
    reception = Reception(database, Clock(), DialogueClub(the_centre(), load_catalogue()), Meters())
    async with running(a_world(twilio_service=MG)) as sandbox, AiohttpClient() as http:
        yield Desk(database, sandbox, reception, http, sender)


async def test_what_the_webhook_did_not_bring_is_answered_once(database: Database) -> None:
    async with a_desk(database) as desk:
        told = await desk.sandbox.sms(ANNA, "pomoc", wait=True)
        catch_up = desk.catch_up()
        await catch_up.look()
        await catch_up.look()
        await desk.catch_up().look()
    assert desk.heard() == [told["sid"]]
    assert len(desk.texts()) == len(desk.taken) == 1


async def test_a_message_brought_by_both_ways_at_once_is_handled_once(database: Database) -> None:
    async with a_desk(database) as desk:
        sid = desk.received("pomoc")
        as_brought = Incoming("sms", CLUB, ANNA, sid, text="pomoc")
        await asyncio.gather(
            desk.reception.take(as_brought), desk.catch_up().look(), desk.reception.take(as_brought)
        )
    assert desk.heard() == [sid]
    assert len(desk.texts()) == 1


@on_sqlite
@pytest.mark.parametrize("sender", [CLUB, MG])
async def test_only_what_came_in_for_our_sender_is_taken(database: Database, sender: str) -> None:
    async with a_desk(database, sender) as desk:
        ours = desk.received("pomoc")
        desk.received("nasza odpowiedz", direction="outbound-api")
        desk.received("z innego numeru", phone="MBANK")
        await desk.catch_up().look()
    assert desk.heard() == [ours]


@on_sqlite
async def test_they_are_taken_in_their_order_over_many_pages(database: Database) -> None:
    async with a_desk(database) as desk:
        for n in range(450):
            desk.received("ok", 300 - n / 2, phone=f"+48509{n:06}")
        await desk.catch_up().look()
    phones = [incoming.address for incoming in desk.taken]
    assert phones == [f"+48509{n:06}" for n in range(450)]


async def test_what_came_hours_ago_is_not_taken_at_its_word_but_told_to_staff(database: Database) -> None:
    async with a_desk(database) as desk:
        await desk.known_before()
        desk.received("psycholog jutro 10", 20 * HOUR)
        desk.received("TAK", 19 * HOUR)
        await desk.catch_up().look()
    assert desk.texts()[1:] == ["came_late"]
    assert desk.todos() == ["todo_came_late"]


async def test_what_means_the_same_whenever_it_was_said_is_done_however_late(database: Database) -> None:
    async with a_desk(database) as desk:
        await desk.known_before()
        desk.received("bez ogłoszeń", 50 * HOUR)
        await desk.catch_up().look()
    assert desk.texts()[1:] == ["no_announcements_done"]


async def test_what_came_minutes_ago_is_answered_as_ever(database: Database) -> None:
    async with a_desk(database) as desk:
        await desk.known_before()
        desk.received("pomoc", HOUR - 60)
        await desk.catch_up().look()
    assert desk.texts()[1:] == ["help"]


async def test_a_club_that_begins_does_not_answer_what_its_number_had_before(database: Database) -> None:
    async with a_desk(database) as desk:
        desk.received("pomoc", 20 * HOUR)
        await desk.catch_up().look()
    assert desk.heard() == []


async def test_what_could_not_be_taken_is_taken_the_next_time(database: Database) -> None:
    async with a_desk(database) as desk:
        sid = desk.received("pomoc")
        catch_up = desk.catch_up()

        async def refuse(_: Incoming) -> None:
            raise NotTaken("the database is away")

        catch_up._take = refuse
        with pytest.raises(NotTaken):
            await catch_up.look()
        catch_up._take = desk.take
        await catch_up.look()
    assert desk.heard() == [sid]


async def test_while_twilio_is_away_nothing_is_lost(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with a_desk(database) as desk:
        sid = desk.received("pomoc")
        catch_up = desk.catch_up()
        await desk.sandbox.trouble("twilio", "error", status=503, method="list")
        await catch_up.look()
        assert "can't be listed now" in caplog.text
        await catch_up.look()
    assert desk.heard() == [sid]
