"""A bot put together: what it learns of itself."""

import asyncio

from bot.channels.telegram.line import TelegramLine
from bot.dialogue.incoming import Incoming
from bot.errands import Errands
from config.settings import Settings
from tests.builders import the_centre
from tests.sandbox.worlds import TOKEN, running
from tests.words.builders import the_composer


async def nobody(_: Incoming) -> None:
    """Takes nothing."""


async def test_a_bot_asks_telegram_what_it_is_called() -> None:
    async with running() as sandbox:
        settings = Settings(telegram_token=TOKEN, telegram_api_url=f"{sandbox.base}/telegram")
        line = TelegramLine(settings, the_centre(), the_composer(), nobody, Errands())
        async with line:
            assert line.name is None
            await line.learn_name(asyncio.Event())

    assert line.name is not None
    assert line.name.endswith("bot")
