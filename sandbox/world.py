"""The whole outside world: its settings, and the parts that it is made of."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from sandbox.clock import Clock
from sandbox.journal import Journal
from sandbox.news import News
from sandbox.pace import Limits
from sandbox.postman import Postman
from sandbox.telegram.account import Account as TelegramAccount
from sandbox.trouble import Troubles
from sandbox.twilio.account import Account as TwilioAccount
from sandbox.twilio.account import Replies, Subscription

ASK_FOR_RETRIES = "#rc=3&rp=all"


@dataclass(kw_only=True)
class World:
    """One bot, one phone number, and everybody who can be reached by them.

    Call `stop()` when the server shall end, so that nobody goes on waiting, and `close()` after it;
    `async with world:` does both.
    """

    telegram_token: str  # "<digits>:<letters>", as Telegram's are
    twilio_account_sid: str
    twilio_auth_token: str
    twilio_number: str  # E.164; what people's phones see
    twilio_service: str = ""  # MG..., if the club sends through a messaging service
    club_url: str = "http://127.0.0.1:8000"  # where the club's webhooks are
    sms_webhook_url: str = ""  # as the club registered it, fragment and all; empty: club_url + /twilio/sms
    club_path: str = ""  # prefix of /demo/state as the page's browser sees it
    time_zone: str = "Europe/Warsaw"  # of the clock on the page
    starts_at: datetime | None = None  # of the movable clock; None: real time
    limits: Limits = field(default_factory=Limits)
    replies: Replies = field(default_factory=Replies)

    def __post_init__(self) -> None:
        self.news = News()
        self.clock = Clock(self.starts_at, self.news)
        self.journal = Journal(self.news, self.clock, self.limits.kept)
        self.troubles = Troubles()
        self.postman = Postman()
        self.telegram = self._telegram()
        self.twilio = self._twilio()
        self.begun = time.time()

    def reset(self, clock_at: datetime | None = None) -> None:
        """Everything that was said and done is gone; what the bot told the providers of itself stays."""
        self.telegram.clear()
        self.twilio.clear()
        self.troubles.lift()
        self.journal.clear()
        self.clock.reset(clock_at)
        self.begun = time.time()
        self.news.tell("reset")

    def as_json(self) -> dict[str, Any]:
        return {
            "telegram": {
                "polled": self.telegram.updates.polled,
                "webhook": self.telegram.webhook.as_json(),
                "chats": [c.as_json() for c in self.telegram.chats],
            },
            "twilio": {
                "number": self.twilio_number,
                "sms_url": self.twilio.sms_url,
                "phones": self.twilio.messages.phones(),
                "opted_out": sorted(self.twilio.opted_out),
            },
            "begun": self.begun,
            "clock": self.clock.state(),
            "trouble": [trouble.as_json() for trouble in self.troubles.waiting],
            "messages": self.journal.last,
            "news": self.news.last,
        }

    def stop(self) -> None:
        """Let everybody go who waits: polls, streams, pauses."""
        for bell in (self.telegram.updates.bell, self.clock.bell, self.news.bell, self.troubles.bell):
            bell.close()

    async def close(self) -> None:
        self.stop()
        await self.postman.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def _telegram(self) -> TelegramAccount:
        return TelegramAccount(
            self.telegram_token, self.limits, self.news, self.journal, self.postman, self.troubles
        )

    def _twilio(self) -> TwilioAccount:
        return TwilioAccount(
            subscription=Subscription(
                self.twilio_account_sid, self.twilio_auth_token, self.twilio_number, self.twilio_service
            ),
            replies=self.replies,
            limits=self.limits,
            news=self.news,
            journal=self.journal,
            postman=self.postman,
            troubles=self.troubles,
            sms_url=self.sms_webhook_url or f"{self.club_url}/twilio/sms{ASK_FOR_RETRIES}",
            voice_url=f"{self.club_url}/twilio/voice",
        )
