"""Everything of the channel SMS, put together."""

from collections.abc import Callable
from functools import partial
from typing import Self

from bot.channels.sms.catch_up import CatchUp
from bot.channels.sms.client import AiohttpClient, twilio_client
from bot.channels.sms.desk import Take, TwilioDesk
from bot.channels.sms.inbound import Seal
from bot.channels.sms.outbound import SmsChannel
from bot.channels.voice.desk import VoiceDesk
from bot.dialogue.club import Club
from bot.errors import NotTaken
from config.settings import Settings
from scheduler.channels import Receipt
from scheduler.clock import Clock
from scheduler.settling import receipt
from storage.database import Database, Transaction
from storage.errors import DatabaseAway

CALLER_WAITS_SECONDS = 3.0  # in silence, before the office is rung all the same


class SmsLine:
    """One sender at Twilio; open between `async with` and its end."""

    def __init__(self, settings: Settings, club: Club, database: Database, clock: Clock, take: Take) -> None:
        sid, token, sender, public_url = (
            settings.twilio_account_sid, settings.twilio_auth_token, settings.twilio_sender, settings.public_url,
        )  # fmt: skip
        assert sid is not None  # the settings are refused if any is missing
        assert token is not None
        assert sender is not None
        assert public_url is not None
        self._http = AiohttpClient()
        client = twilio_client(sid, token.get_secret_value(), settings.twilio_api_url, self._http)
        self.channel = SmsChannel(client, sender, public_url, settings.sms_per_second)
        self.catch_up = CatchUp(client, sender, database, clock, take)
        seal = Seal(token.get_secret_value(), public_url)
        self.desk = TwilioDesk(
            seal=seal,
            account=sender,
            take=take,
            settle=partial(_settle, database, clock, (self.channel.name, sender)),
            voice=VoiceDesk(seal, sender, public_url, club, partial(_write, database, clock)),
        )

    async def __aenter__(self) -> Self:
        await self._http.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.__aexit__()


async def _settle(
    database: Database, clock: Clock, lane: tuple[str, str], told: Receipt, attempt_id: int | None
) -> None:
    try:
        await database.write(lambda tx: receipt(tx, clock, lane, told, attempt_id=attempt_id), clock.now())
    except DatabaseAway as error:
        raise NotTaken("the database is away") from error


async def _write(database: Database, clock: Clock, work: Callable[[Transaction], str]) -> str:
    return await database.write(work, clock.now(), within_seconds=CALLER_WAITS_SECONDS)
