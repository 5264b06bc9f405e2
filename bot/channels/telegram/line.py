"""Everything of the channel Telegram, put together."""

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import Any, Self

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.calendar_file import CalendarFiles
from bot.channels.telegram.desk import Take, TelegramDesk
from bot.channels.telegram.outbound import TelegramChannel
from bot.channels.telegram.polling import Polling, PollingRequest
from bot.channels.telegram.request import AiohttpRequest
from bot.channels.telegram.setup import list_commands, set_webhook
from bot.errands import Errands, until_done
from config.centre import Centre
from config.settings import Settings
from storage.database import Database
from storage.turn import Turn
from words.catalogue import Catalogue
from words.compose import Composer


class TelegramLine:
    """One bot; open between `async with` and its end. It is built and opened without a call, for Telegram may be away."""

    def __init__(
        self, settings: Settings, centre: Centre, composer: Composer, take: Take, errands: Errands
    ) -> None:
        assert settings.telegram_token is not None  # the line is not built without
        self._settings = settings
        self._requests = AiohttpRequest(), PollingRequest(connections=2)
        self.bot = Bot(
            settings.telegram_token.get_secret_value(),
            f"{settings.telegram_api_url}/bot",
            request=self._requests[0],
            get_updates_request=self._requests[1],
        )
        self.channel = TelegramChannel(self.bot, CalendarFiles(composer), centre.rules.telegram_per_second)
        self.desk = TelegramDesk(self.bot, take, errands)
        self.name: str | None = None

    @property
    def is_polled(self) -> bool:
        return self._settings.telegram_mode == "polling"

    async def __aenter__(self) -> Self:
        for request in self._requests:
            await request.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        for request in self._requests:
            await request.shutdown()

    async def introduce(self, catalogue: Catalogue, stop: asyncio.Event) -> None:
        """Tell Telegram of the commands, and of the webhook if it is to use one; however long it is away."""
        if not self.is_polled:
            secret, public_url = self._settings.telegram_webhook_secret, self._settings.public_url
            assert secret is not None  # the settings are refused if either is missing
            assert public_url is not None
            there = partial(set_webhook, self.bot, public_url, secret.get_secret_value())
            await until_done("setting the webhook", there, TelegramError, stop)
        await until_done(
            "listing the commands", partial(list_commands, self.bot, catalogue), TelegramError, stop
        )

    async def learn_name(self, stop: asyncio.Event) -> None:
        """Ask Telegram what the bot is called, for links that open it."""

        async def ask() -> None:
            self.name = (await self.bot.get_me()).username

        await until_done("asking for the bot's name", ask, TelegramError, stop)

    def poll(self, database: Database, stop: asyncio.Event) -> Coroutine[Any, Any, None]:
        """Fetch updates until `stop`, while it is this process's turn."""
        turn = Turn(database, f"polling:{self.channel.account}")
        return Polling(self.bot, self.desk, turn, stop).run()
