"""Fetches updates; Telegram learns that one is done only after its transaction has committed."""

import asyncio
import contextlib
import logging
from typing import Any

from telegram import Bot, Update
from telegram.error import Conflict, TelegramError

from bot.channels.telegram.desk import TelegramDesk, read_update
from bot.channels.telegram.inbound import WANTED
from bot.channels.telegram.request import AiohttpRequest
from bot.errands import Pauses
from bot.errors import NotTaken
from storage.turn import Turn

log = logging.getLogger("bot.telegram")

LONG_POLL_SECONDS = 25
NOT_OUR_TURN_SECONDS = 5.0
CONFLICT_SECONDS = 15.0


class PollingRequest(AiohttpRequest):
    """Puts a bare number in place of an update that can't be read, or the library would refuse all that came with it."""

    __slots__ = ()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        answer = AiohttpRequest.parse_json_payload(payload)
        if isinstance(updates := answer.get("result"), list):
            answer["result"] = [
                raw if read_update(raw) else {"update_id": raw["update_id"]} for raw in updates
            ]
        return answer


class Polling:
    """One loop for one bot; of many processes, the one whose turn it is."""

    def __init__(self, bot: Bot, desk: TelegramDesk, turn: Turn, stop: asyncio.Event) -> None:
        self._bot = bot
        self._desk = desk
        self._turn = turn
        self._stop = stop
        self._pauses = Pauses(stop)
        self._offset: int | None = None
        self._webhook_gone = False

    async def run(self) -> None:
        """Fetch and take until told to stop; an update that is being taken is finished first."""
        while not self._stop.is_set():
            try:
                await self._round()
            except Conflict:
                # Another program fetches with this token, or a webhook is set again: one of the two has to go.
                self._webhook_gone = False
                log.warning("somebody else fetches this bot's updates (409)")
                await self._pauses.of(CONFLICT_SECONDS)
            except (TelegramError, NotTaken) as error:
                log.warning("fetching updates: %s", type(error).__name__)
                await self._pauses.longer()
        await asyncio.to_thread(self._turn.leave)

    async def _round(self) -> None:
        if not await asyncio.to_thread(self._turn.take):
            await self._pauses.of(NOT_OUR_TURN_SECONDS)
            return
        if not self._webhook_gone:
            self._webhook_gone = await self._bot.delete_webhook()
        for update in await self._fetch():
            await self._desk.take(update)
            self._offset = update.update_id + 1
            if self._stop.is_set():
                return
        self._pauses.reset()

    async def _fetch(self) -> tuple[Update, ...]:
        """What waits at Telegram; nothing as soon as the program is to stop."""
        fetch = asyncio.create_task(
            self._bot.get_updates(offset=self._offset, timeout=LONG_POLL_SECONDS, allowed_updates=WANTED)
        )
        stopped = asyncio.create_task(self._stop.wait())
        await asyncio.wait({fetch, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if fetch.done():
            return fetch.result()
        fetch.cancel()
        with contextlib.suppress(asyncio.CancelledError, TelegramError):
            await fetch
        return ()
