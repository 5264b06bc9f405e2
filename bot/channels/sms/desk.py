"""What is done with Twilio's webhooks: nothing before their signature fits."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import parse_qs

from bot.channels.sms.inbound import Seal, incoming_of
from bot.channels.sms.outbound import ATTEMPT
from bot.channels.sms.receipts import receipt_in
from bot.channels.voice.desk import VoiceDesk
from bot.channels.webhook import Webhook
from bot.dialogue.incoming import Incoming
from scheduler.channels import Receipt

NOTHING = (
    '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'  # replies go out as rows of the ledger
)

Take = Callable[[Incoming], Awaitable[None]]
Settle = Callable[[Receipt, int | None], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class TwilioDesk:
    """One sender's webhooks. Each method returns TwiML.

    Raises:
        Forged, Broken: it is not Twilio's, or not whole; nothing is changed.
        NotTaken: the database is away; Twilio shall try again.
    """

    seal: Seal
    account: str
    take: Take
    settle: Settle
    voice: VoiceDesk

    async def sms(self, webhook: Webhook) -> str:
        incoming = incoming_of(self.seal.open(webhook), self.account)
        if incoming is not None:
            await self.take(incoming)
        return NOTHING

    async def status(self, webhook: Webhook) -> str:
        receipt = receipt_in(self.seal.open(webhook))
        if receipt is not None:
            await self.settle(receipt, _attempt_in(webhook.path))
        return NOTHING


def _attempt_in(path: str) -> int | None:
    """The attempt that the callback's own address names: it can come before the call's answer."""
    given = parse_qs(path.partition("?")[2]).get(ATTEMPT, [""])[0]
    return int(given) if given.isdecimal() else None
