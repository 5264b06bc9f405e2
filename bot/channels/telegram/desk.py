"""What is done with an update, whether it was fetched or brought: it is taken, and only then is the pressed button let go."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.channels.telegram.inbound import incoming_of
from bot.dialogue.incoming import Incoming
from bot.errands import Errands

log = logging.getLogger("bot.telegram")

Take = Callable[[Incoming], Awaitable[None]]


class TelegramDesk:
    """One bot's updates, one by one."""

    def __init__(self, bot: Bot, take: Take, errands: Errands) -> None:
        self._bot = bot
        self._account = bot.token.partition(":")[0]
        self._take = take
        self._errands = errands

    async def bring(self, raw: dict[str, Any]) -> None:
        """Take an update as it stands in a webhook's body; one that can't be read never will be, and is let go."""
        update = read_update(raw, self._bot)
        if update is not None:
            await self.take(update)

    async def take(self, update: Update) -> None:
        """Return once the update's transaction has committed.

        Raises:
            NotTaken: it has not; the update has to come again.
        """
        incoming = incoming_of(update, self._account)
        if incoming is not None:
            await self._take(incoming)
        if update.callback_query is not None:
            self._errands.start(self._let_go(update.callback_query.id))

    async def _let_go(self, query_id: str) -> None:
        """The button turns until it is answered, or for about 15 seconds; after that Telegram calls the query too old."""
        try:
            await self._bot.answer_callback_query(query_id)
        except TelegramError as error:
            log.debug("a pressed button was not let go: %s", type(error).__name__)


def read_update(raw: dict[str, Any], bot: Bot | None = None) -> Update | None:
    """None for what the library can't read: it must not stop what comes after it."""
    try:
        return Update.de_json(raw, bot)
    except Exception as error:  # noqa: BLE001  whatever the library makes of it
        log.warning("an update can't be read: %s", type(error).__name__)
        return None
