"""One message of the ledger as a call of the Bot API, and what its refusals mean."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from telegram import Bot, Message
from telegram.constants import MessageLimit
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.calendar_file import CalendarFiles
from bot.channels.telegram.inbound import CHANNEL
from bot.channels.telegram.render import markup_of
from bot.channels.telegram.request import NotConnected
from scheduler.channels import Outgoing, Pace, Receipt, SendFailed
from words.compose import Style

# Telegram's FAQ: about 30 a second over all chats, 1 a second to a chat, 20 a minute to a group.
PACE = Pace(per_second=25, chat_seconds=1, group_a_minute=20, at_once=48)

# PTB's errors derive from each other: the first line whose class fits counts.
REFUSALS: tuple[tuple[type[TelegramError], str, dict[str, bool]], ...] = (
    (RetryAfter, "429", {}),
    (ChatMigrated, "migrated", {}),
    (Forbidden, "403", {"permanent": True, "address_dead": True}),  # blocked, or the account is gone
    (InvalidToken, "401", {}),  # the club's fault, not theirs: it waits until staff have mended it
    (BadRequest, "400", {"permanent": True}),
    (NotConnected, "not connected", {}),
    (TimedOut, "timed out", {"unknown": True}),
    (NetworkError, "network", {"unknown": True}),  # a 5xx is one too
    (TelegramError, "unreadable", {"unknown": True}),
)
GONE = ("chat not found", "peer_id_invalid", "user not found")


class TelegramChannel:
    """One bot."""

    name = CHANNEL

    def __init__(self, bot: Bot, files: CalendarFiles, per_second: float) -> None:
        self.pace = replace(PACE, per_second=per_second)
        self.account = bot.token.partition(":")[0]
        self._bot = bot
        self._files = files

    def style(self, polish_letters: bool) -> Style:
        return Style(buttons=True, plain=False)

    async def send(self, outgoing: Outgoing) -> Receipt:
        try:
            message = await self._call(outgoing)
        except TelegramError as error:
            raise failure_of(error) from error
        return Receipt(str(message.message_id))

    async def _call(self, outgoing: Outgoing) -> Message:
        chat, markup = int(outgoing.address), markup_of(outgoing.options)
        attached = self._files.of(outgoing)
        if attached is None or len(outgoing.body) > MessageLimit.CAPTION_LENGTH:
            return await self._bot.send_message(chat, outgoing.body, reply_markup=markup)
        return await self._bot.send_document(
            chat, attached.content, filename=attached.name, caption=outgoing.body, reply_markup=markup
        )


def failure_of(error: TelegramError) -> SendFailed:
    """What a refusal means for the message, the address and the account."""
    code, flags = next((code, flags) for kind, code, flags in REFUSALS if isinstance(error, kind))
    return SendFailed(code, **{**flags, **_details(error)})


def _details(error: TelegramError) -> dict[str, Any]:
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return {"retry_after": wait.total_seconds() if isinstance(wait, timedelta) else float(wait)}
    if isinstance(error, ChatMigrated):
        return {"migrated_to": str(error.new_chat_id)}
    if isinstance(error, BadRequest) and error.message.lower() in GONE:
        return {"address_dead": True}
    return {}
