"""One message of the ledger as an SMS through Twilio's Messages API; and the way to ask whether Twilio has it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import aiohttp
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

from bot.channels.sms.client import NotConnected, TooManyRequests
from bot.channels.sms.failures import failure_of
from bot.channels.sms.receipts import receipt_of
from scheduler.channels import Outgoing, Pace, Receipt, SendFailed
from words.compose import Style

CHANNEL = "sms"
STATUS = "/twilio/status"
ATTEMPT = "attempt"
TRY_AGAIN = "#rc=3&rp=all"  # Twilio's own, for the webhooks it calls: without it none is tried again
PAGE = 50
NOT_COMPLETE = 20009  # still queued or on its way: nothing of it can be deleted


class SmsChannel:
    """One sender: a number, or a messaging service (MG...)."""

    name = CHANNEL

    def __init__(self, client: Client, sender: str, public_url: str, per_second: float) -> None:
        self.account = sender
        self.pace = Pace(per_second=per_second, by_parts=True, at_once=32)
        self._messages = client.messages
        self._from = {"messaging_service_sid" if sender.startswith("MG") else "from_": sender}
        self._status_callback = public_url + STATUS

    def style(self, polish_letters: bool) -> Style:
        return Style(buttons=False, plain=not polish_letters)

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Not safe to repeat: Twilio knows no idempotency key. Its smart encoding is off, so that our count of parts holds."""
        try:
            message = await self._messages.create_async(
                to=outgoing.address,
                body=outgoing.body,
                status_callback=f"{self._status_callback}?{ATTEMPT}={outgoing.attempt_id}{TRY_AGAIN}",
                smart_encoded=False,
                **_validity(outgoing.useful_seconds),
                **self._from,
            )
            return receipt_of(message.sid, message.status, message.error_code)
        except TROUBLE as error:
            raise failure_in(error) from error

    async def find(self, outgoing: Outgoing, since: datetime) -> Sequence[Receipt]:
        """By To and the exact body; never by DateSent, which is empty while a message is queued."""
        found = []
        try:
            async for message in await self._messages.stream_async(to=outgoing.address, page_size=PAGE):
                if message.date_created.astimezone(UTC) < since:
                    break
                if message.body == outgoing.body and not message.direction.startswith("inbound"):
                    found.append(receipt_of(message.sid, message.status, message.error_code))
        except TROUBLE as error:
            raise failure_in(error) from error
        return found[::-1]

    async def status(self, provider_id: str) -> Receipt | None:
        try:
            message = await self._messages(provider_id).fetch_async()
            return receipt_of(message.sid, message.status, message.error_code)
        except TROUBLE as error:
            if _is_gone(error):
                return None
            raise failure_in(error) from error

    async def redact(self, provider_id: str) -> bool:
        """The body alone goes: what was paid for, and when, stays to be looked up."""
        try:
            await self._messages(provider_id).update_async(body="")
        except TROUBLE as error:
            if _is_gone(error):
                return True
            if isinstance(error, TwilioRestException) and error.code == NOT_COMPLETE:
                return False
            raise failure_in(error) from error
        return True


def _is_gone(error: Exception) -> bool:
    return isinstance(error, TwilioRestException) and error.status == 404


def _validity(useful_seconds: float | None) -> dict[str, int]:
    """For how long Twilio may keep it queued: 1 to 36000 seconds, of which it advises more than 5."""
    return {} if useful_seconds is None else {"validity_period": int(min(max(useful_seconds, 10), 36_000))}


# ValueError, TypeError and KeyError: an answer that the SDK can't read.
TROUBLE = (
    NotConnected, TooManyRequests, TwilioException, TimeoutError, aiohttp.ClientError, ValueError, TypeError, KeyError,
)  # fmt: skip


def failure_in(error: Exception) -> SendFailed:
    """What an error of `TROUBLE` means for the message."""
    if isinstance(error, NotConnected):
        return SendFailed("not connected")
    if isinstance(error, TooManyRequests):
        return SendFailed("20429", retry_after=error.retry_after or 1.0)
    if isinstance(error, TwilioRestException) and error.status < 500:
        return failure_of(_code(error))
    return SendFailed(_name(error), unknown=True)


def _code(error: Any) -> int | None:
    return error.code if isinstance(error.code, int) else None


def _name(error: Exception) -> str:
    return str(getattr(error, "status", "")) or (
        "timed out" if isinstance(error, TimeoutError) else type(error).__name__
    )
