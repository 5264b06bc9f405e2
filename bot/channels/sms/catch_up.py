"""Fetches what Twilio has received and no webhook has brought: the address was down, or the way to it."""

import logging
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from twilio.rest import Client

from bot.channels.sms.desk import Take
from bot.channels.sms.inbound import incoming_of
from bot.channels.sms.outbound import CHANNEL, TROUBLE, failure_in
from bot.dialogue.incoming import Incoming
from scheduler.clock import Clock
from storage import inbox
from storage.database import Database, Transaction

log = logging.getLogger("bot.sms")

# Twilio lists a message a while after it has taken it, and its clock is not ours.
MARGIN = timedelta(minutes=10)
# At the start: a long weekend. What is older was said too long ago to be answered by a machine.
REACH = timedelta(days=4)
PAGE = 200


class CatchUp:
    """One sender's. It may run beside the webhooks, in any number of processes: the inbox takes each message once."""

    def __init__(self, client: Client, sender: str, database: Database, clock: Clock, take: Take) -> None:
        self._messages, self._sender = client.messages, sender
        self._database, self._clock, self._take = database, clock, take
        self._until: datetime | None = None  # what was received before then this process has looked at

    async def look(self) -> None:
        """Take whatever is not in the inbox yet, the oldest first.

        Raises:
            NotTaken, StorageError: the rest is looked at again the next time.
        """
        real, since = await self._database.read(self._span, self._clock.now())
        try:
            heard = [one async for one in self._received(since)]
        except TROUBLE as error:
            log.warning("what Twilio has received can't be listed now: %s", failure_in(error).code)
            return
        for incoming in await self._unseen(heard[::-1]):
            log.info("message %s was brought by no webhook", incoming.provider_id)
            await self._take(incoming)
        self._until = real

    def _span(self, tx: Transaction) -> tuple[datetime, datetime]:
        """Now, and since when to look, in real time. A club that has never had a message begins with those to come."""
        real = self._clock.real(tx)
        reach = REACH if inbox.has_any(tx, CHANNEL, self._sender) else MARGIN
        return real, self._until - MARGIN if self._until else real - reach

    async def _received(self, since: datetime) -> AsyncIterator[Incoming]:
        """The newest first, as Twilio lists them; a messaging service's own numbers are not known, so all are read."""
        own = {} if self._sender.startswith("MG") else {"to": self._sender}
        async for message in await self._messages.stream_async(**own, page_size=PAGE):
            if message.date_created.astimezone(UTC) < since:
                return
            if _is_ours(message, self._sender) and (incoming := _incoming(message, self._sender)):
                yield incoming

    async def _unseen(self, heard: Sequence[Incoming]) -> list[Incoming]:
        ids = [one.provider_id for one in heard]
        known = await self._database.read(
            lambda tx: inbox.known(tx, CHANNEL, self._sender, ids), self._clock.now()
        )
        return [one for one in heard if one.provider_id not in known]


def _is_ours(message: Any, sender: str) -> bool:
    there = message.messaging_service_sid if sender.startswith("MG") else message.to
    return str(message.direction) == "inbound" and there == sender


def _incoming(message: Any, sender: str) -> Incoming | None:
    """As the webhook would have brought it, with when that was."""
    form = {"MessageSid": message.sid, "From": message.from_, "Body": message.body or ""}
    return incoming_of(form, sender, sent_at=message.date_created.astimezone(UTC))
