"""The words that journeys are told in: a club at work beside its pretend providers, and people with phones and chats."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.demo.walk import Walk
from bot.main import Termin
from config.settings import Settings
from scheduler.agenda import AgendaRow, agenda
from scheduler.clock import Clock
from scheduler.enrolment import enrol
from scheduler.import_file import read_participants
from scheduler.ledger_view import LedgerRow, ledger_rows
from scheduler.linking import new_code
from scheduler.pace import Pace
from scheduler.policies import Record, set_policy
from storage.database import Transaction
from storage.tables import inbox, todo
from tests.sandbox.worlds import ACCOUNT, CLUB, SECRET, TOKEN, Sandbox, a_world, running
from tests.servers import address_of, free_port, serving

T = TypeVar("T")
WARSAW = ZoneInfo("Europe/Warsaw")
BEGINS = "2026-10-05 09:00"  # a Monday, three weeks before the clocks change
WAIT_SECONDS = 10
WEBHOOK_SECRET = "pretend-webhook-secret"


def warsaw(local: str) -> datetime:
    """What a clock in the club shows, as an instant."""
    return datetime.fromisoformat(local).replace(tzinfo=WARSAW).astimezone(UTC)


@dataclass
class Phone:
    """A handset: it texts, and reads what comes, one after the other."""

    story: "Story"
    number: str
    seen: int = 0

    async def texts(self, text: str) -> int:
        """Send an SMS; return the status with which the club answered Twilio."""
        answer = await self.story.sandbox.sms(self.number, text, wait=True)
        status: int = answer["webhook"]
        return status

    async def reads(self) -> str:
        """The next message, once it has come."""
        return str((await self.story.next_message(self))["body"])

    async def asks(self, text: str) -> str:
        """Text, and read the answer."""
        assert await self.texts(text) == 200
        return await self.reads()

    async def silence(self) -> list[str]:
        """What has come and was not read, when nothing more is on its way."""
        return [message["body"] for message in await self.story.unread(self)]

    @property
    def query(self) -> dict[str, Any]:
        return {"provider": "twilio", "to": self.number, "after": self.seen}


@dataclass(frozen=True)
class Bubble:
    """One message of the bot in a chat."""

    id: int
    text: str
    buttons: dict[str, str]  # what stands on each, and what it sends
    file: str | None

    @property
    def labels(self) -> list[str]:
        return list(self.buttons)


@dataclass
class Chat:
    """A Telegram chat: it writes, presses, shares; and reads what comes."""

    story: "Story"
    number: int
    seen: int = 0

    async def starts(self, payload: str = "") -> None:
        await self._act("start", payload=payload)

    async def writes(self, text: str) -> None:
        await self._act("text", text=text)

    async def shares_contact(self, **card: Any) -> None:
        await self._act("contact", **card)

    async def presses(self, bubble: Bubble, label: str) -> None:
        await self.sends_press(bubble.id, bubble.buttons[label])

    async def sends_press(self, message_id: int, data: str) -> None:
        await self._act("press", message_id=message_id, data=data)

    async def blocks(self) -> None:
        await self._act("block")

    async def unblocks(self) -> None:
        await self._act("unblock")

    async def reads(self) -> Bubble:
        """The next message, once it has come."""
        message = await self.story.next_message(self)
        buttons = {
            button["text"]: button["callback_data"]
            for row in message["buttons"]
            for button in row
            if "callback_data" in button
        }
        file = await self._file(int(message["sid"])) if message["method"] == "sendDocument" else None
        return Bubble(int(message["sid"]), message["body"], buttons, file)

    async def asks(self, text: str) -> Bubble:
        await self.writes(text)
        return await self.reads()

    async def silence(self) -> list[str]:
        """What has come and was not read, when nothing more is on its way."""
        return [message["body"] for message in await self.story.unread(self)]

    async def screen(self) -> Any:
        return await self.story.sandbox.get(f"/chats/{self.number}")

    @property
    def query(self) -> dict[str, Any]:
        return {"provider": "telegram", "to": self.number, "after": self.seen}

    async def _act(self, act: str, **body: Any) -> None:
        await self.story.sandbox.post(f"/chats/{self.number}/{act}", **body)

    async def _file(self, message_id: int) -> str:
        shown = next(
            bubble for bubble in (await self.screen())["messages"] if bubble["message_id"] == message_id
        )
        sandbox = self.story.sandbox
        async with sandbox.http.get(f"{sandbox.base}/files/{shown['document']['file_id']}") as answer:
            return await answer.text()


@dataclass
class Story:
    """One club, its people and its clock."""

    termin: Termin
    sandbox: Sandbox
    url: str
    people: dict[str, int] = field(default_factory=dict)

    async def enrols(self, *rows: str) -> None:
        """Enrol people, welcomed long ago, as the office's file names them: `full_name, phone, language, groups, contract_until`."""
        header = "full_name,phone,language,groups,contract_until"
        wishes = read_participants("people.csv", "\n".join([header, *rows]).encode())
        newcomers = [wish.newcomer for wish in wishes if wish.newcomer]
        assert len(newcomers) == len(rows)

        def work(tx: Transaction) -> dict[str, int]:
            return {one.full_name: enrol(tx, one, CLUB).person_id for one in newcomers}

        self.people |= await self.write(work)

    def phone(self, number: str) -> Phone:
        return Phone(self, number)

    async def chat(
        self, number: int, *, phone: str = "+48501502503", started: bool = True, **known: Any
    ) -> Chat:
        await self.sandbox.chat(number, phone=phone, started=started, **known)
        return Chat(self, number)

    async def linked_chat(self, number: int, name: str, **known: Any) -> Chat:
        """A chat that is linked to somebody by a code from the office."""
        chat = await self.chat(number, started=False, **known)
        await chat.starts((await self.write(lambda tx: new_code(tx, self.people[name]))).replace("-", ""))
        await chat.reads()
        return chat

    async def on(self, local: str) -> None:
        """Let time pass until then; what was written has arrived, and what falls due on the way is sent at its time."""

        async def passed(_stop: datetime) -> bool:
            return True

        await self._nothing_is_underway()
        await Walk(self.termin).to(warsaw(local), passed)

    async def agenda(self, day: str) -> list[AgendaRow]:
        on = date.fromisoformat(day)
        return await self.read(lambda tx: agenda(tx, self.termin.centre, on, on))

    async def visits(self, day: str) -> list[tuple[str, str, str]]:
        """Who comes that day: local time, name, status."""
        return [
            (f"{row.starts_at.astimezone(WARSAW):%H:%M}", row.person, row.status.value)
            for row in await self.agenda(day)
        ]

    async def ledger(self) -> list[LedgerRow]:
        termin = self.termin
        return await self.read(lambda tx: ledger_rows(tx, termin.centre, termin.composer))

    async def becomes(self, wanted: T, look: Callable[[], Awaitable[T]]) -> None:
        """Look until it is as wanted: for what arrives by a way of its own, such as a receipt."""
        until = time.monotonic() + WAIT_SECONDS
        while (found := await look()) != wanted:
            assert time.monotonic() < until, f"{found} instead of {wanted}"
            await asyncio.sleep(0.02)

    async def todos(self) -> list[str]:
        """What staff have to do: the texts' keys."""
        return await self.read(
            lambda tx: list(tx.connection.execute(select(todo.c.text).order_by(todo.c.id)).scalars())
        )

    async def taken_in(self) -> list[tuple[str, str]]:
        """Every message that came in, with its meaning and whether it was handled."""
        asked = select(inbox.c.meaning, inbox.c.status).order_by(inbox.c.id)
        return await self.read(lambda tx: [(row.meaning, row.status) for row in tx.connection.execute(asked)])

    async def next_message(self, of: Phone | Chat) -> dict[str, Any]:
        until = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < until:
            query = of.query | {"direction": "out", "wait": 1}
            if found := await self.sandbox.get("/messages", **query):
                of.seen = found[0]["n"]
                message: dict[str, Any] = found[0]
                return message
        raise AssertionError(f"nothing came to {of.query['to']}")

    async def unread(self, of: Phone | Chat) -> list[dict[str, Any]]:
        """What was sent and not read, once every update is taken and everything due is sent."""
        await self.settles()
        found: list[dict[str, Any]] = await self.sandbox.get("/messages", **of.query, direction="out")
        return found

    async def settles(self) -> None:
        """Until Telegram has nothing left for the club, and the club nothing due to send."""
        await self._nothing_is_underway()
        await Walk(self.termin).deliver()

    async def _nothing_is_underway(self) -> None:
        until = time.monotonic() + WAIT_SECONDS
        while (await self.sandbox.get("/world"))["telegram"]["webhook"]["pending_update_count"]:
            assert time.monotonic() < until, "updates are left"
            await asyncio.sleep(0.01)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        return await self.termin.database.write(work, self.termin.clock.now())

    async def read(self, work: Callable[[Transaction], T]) -> T:
        return await self.termin.database.read(work, self.termin.clock.now())


@contextlib.asynccontextmanager
async def a_story(
    database_url: str, *, telegram_mode: str = "polling", begins: str = BEGINS
) -> AsyncIterator[Story]:
    """A club at work: assembled as `termin run` does, with its providers on a port of their own."""
    listener = free_port()
    url = address_of(listener)
    async with running(a_world(club_url=url)) as sandbox:
        settings = settings_for(sandbox, url, database_url, telegram_mode)
        termin = Termin(settings, clock=Clock(warsaw(begins) - datetime.now(UTC)))
        assert termin.telegram is not None
        termin.telegram.channel.pace = Pace()  # nobody here waits for Telegram's own second
        try:
            async with serving(termin.web(), listener=listener), termin.at_work():
                story = Story(termin, sandbox, url)
                await story.write(without_checks)
                yield story
        finally:
            termin.database.close()


def without_checks(tx: Transaction) -> None:
    """No story has the morning's health check in it, unless it switches that on."""
    set_policy(tx, Record("self_check", "off", tx.now))


def settings_for(sandbox: Sandbox, url: str, database_url: str, telegram_mode: str) -> Settings:
    return Settings.model_validate(
        {
            "database_url": database_url,
            "public_url": url,
            "secret_key": "pretend-secret-key",
            "telegram_token": TOKEN,
            "telegram_api_url": f"{sandbox.base}/telegram",
            "telegram_mode": telegram_mode,
            "telegram_webhook_secret": WEBHOOK_SECRET,
            "twilio_account_sid": ACCOUNT,
            "twilio_auth_token": SECRET,
            "twilio_sender": CLUB,
            "twilio_api_url": f"{sandbox.base}/twilio",
            "sms_per_second": 1000,
        }
    )
