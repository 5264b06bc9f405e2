"""Fetching updates: in order, confirmed only when done, by one of many, and on through every trouble."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
from telegram import Bot

from bot.channels.telegram.desk import TelegramDesk
from bot.channels.telegram.polling import Polling, PollingRequest
from bot.channels.telegram.request import AiohttpRequest
from bot.dialogue.incoming import Incoming
from bot.errands import Errands
from bot.errors import NotTaken
from storage.database import Database
from storage.turn import Turn
from tests.builders import on_sqlite
from tests.sandbox.worlds import TOKEN, Sandbox, running

ANNA = 700_100_200


@dataclass
class Desk:
    """Takes what comes, and refuses as often as it is told to."""

    refuse: int = 0
    taken: list[str] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, incoming: Incoming) -> None:
        if self.refuse:
            self.refuse -= 1
            self.came.set()
            raise NotTaken("away")
        self.taken.append(incoming.text or "")
        self.came.set()

    async def has(self, count: int) -> list[str]:
        async with asyncio.timeout(10):
            while len(self.taken) < count:
                self.came.clear()
                await self.came.wait()
        return self.taken


@contextlib.asynccontextmanager
async def polling(sandbox: Sandbox, database: Database, desk: Desk) -> AsyncIterator[Callable[[], None]]:
    calls, polls, stop = AiohttpRequest(), PollingRequest(), asyncio.Event()
    bot = Bot(TOKEN, f"{sandbox.base}/telegram/bot", request=calls, get_updates_request=polls)
    async with calls, polls:
        loop = Polling(bot, TelegramDesk(bot, desk.take, Errands()), Turn(database, "polling"), stop)
        task = asyncio.create_task(loop.run())
        try:
            yield stop.set
        finally:
            stop.set()
            async with asyncio.timeout(5):
                await task


async def say(sandbox: Sandbox, *texts: str) -> None:
    for text in texts:
        await sandbox.post(f"/chats/{ANNA}/text", text=text)


def left(sandbox: Sandbox) -> int:
    return len(sandbox.world.telegram.updates.waiting)


@on_sqlite
async def test_updates_are_taken_in_their_order(database: Database) -> None:
    desk = Desk()
    async with running() as sandbox:
        await sandbox.chat(ANNA)
        await say(sandbox, "a", "b", "c")
        async with polling(sandbox, database, desk):
            await desk.has(3)
            await say(sandbox, "d")
            assert await desk.has(4) == ["a", "b", "c", "d"]


@on_sqlite
async def test_what_could_not_be_taken_comes_again_and_nothing_overtakes_it(database: Database) -> None:
    desk = Desk(refuse=1)
    async with running() as sandbox:
        await sandbox.chat(ANNA)
        await say(sandbox, "a", "b")
        async with polling(sandbox, database, desk):
            assert await desk.has(2) == ["a", "b"]


@on_sqlite
async def test_telegram_keeps_an_update_until_it_is_done(database: Database) -> None:
    desk = Desk(refuse=1000)
    async with running() as sandbox:
        await sandbox.chat(ANNA)
        await say(sandbox, "a")
        async with polling(sandbox, database, desk):
            await desk.came.wait()
        assert left(sandbox) == 1


@on_sqlite
@pytest.mark.parametrize("kind", ["drop_before", "error", "retry_after"])
async def test_trouble_at_telegram_passes(database: Database, kind: str) -> None:
    desk = Desk()
    async with running() as sandbox:
        await sandbox.chat(ANNA)
        await sandbox.trouble("telegram", kind, method="getUpdates", seconds=1, status=502)
        await say(sandbox, "a")
        async with polling(sandbox, database, desk):
            assert await desk.has(1) == ["a"]


@on_sqlite
async def test_a_webhook_that_is_still_set_is_taken_down(database: Database) -> None:
    desk = Desk()
    async with running() as sandbox:
        await sandbox.chat(ANNA)
        async with sandbox.bot() as bot:
            await bot.set_webhook("http://127.0.0.1:9/telegram/webhook")
        await say(sandbox, "a")
        async with polling(sandbox, database, desk):
            assert await desk.has(1) == ["a"]


@on_sqlite
async def test_the_end_does_not_wait_for_a_long_poll(database: Database) -> None:
    async with running() as sandbox, polling(sandbox, database, Desk()) as stop:
        await asyncio.sleep(0.3)  # until it waits at Telegram
        stop()


async def test_who_has_not_the_turn_fetches_nothing(database: Database) -> None:
    if database.is_sqlite:
        return  # one process there
    other, desk = Turn(database, "polling"), Desk()
    assert other.take()
    async with running() as sandbox:
        await sandbox.chat(ANNA)
        await say(sandbox, "a")
        async with polling(sandbox, database, desk):
            await asyncio.sleep(0.5)
            assert (desk.taken, left(sandbox)) == ([], 1)
    other.leave()
