"""The club's account at the pretend Twilio."""

from dataclasses import dataclass, field

from sandbox.journal import Journal
from sandbox.news import News
from sandbox.pace import Limits, Window
from sandbox.postman import Postman
from sandbox.trouble import Troubles
from sandbox.twilio.messages import Messages, Sms, phone_of
from sandbox.twilio.webhooks import Webhooks

STOP_WORDS = frozenset(["STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"])
START_WORDS = frozenset(["START", "YES", "UNSTOP"])
HELP_WORDS = frozenset(["HELP", "INFO"])


@dataclass(frozen=True)
class Subscription:
    """Whose account it is, and from which number it writes."""

    sid: str
    token: str
    number: str
    service: str = ""  # MG..., a messaging service that the number belongs to


@dataclass(frozen=True)
class Replies:
    """What Twilio itself answers to its own words, in English unless the owner sets others; empty: nothing."""

    stop: str = (
        "You have successfully been unsubscribed. You will not receive any more messages from this number. "
        "Reply START to resubscribe."
    )
    start: str = (
        "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
        "Reply STOP to unsubscribe. Msg&Data Rates May Apply."
    )
    help: str = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."


@dataclass
class Account:
    """One number with its messages, its webhook, and who has opted out of it."""

    subscription: Subscription
    replies: Replies
    limits: Limits
    news: News
    journal: Journal
    postman: Postman
    troubles: Troubles
    sms_url: str
    voice_url: str
    opted_out: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.messages = Messages(self.limits.kept)
        self.webhooks = Webhooks(self.subscription.token, self.limits, self.postman, self.troubles)
        self.pace = Window(self.limits.sms_per_second, 1.0) if self.limits.sms_per_second else None

    def take(self, sms: Sms, method: str) -> None:
        """From here on Twilio answers for it."""
        self.messages.add(sms)
        taken = self.journal.add(
            provider="twilio",
            direction="in" if sms.inbound else "out",
            person=phone_of(sms),
            body=sms.body,
            sid=sms.sid,
            method=method,
            status=sms,
            more={"parts": sms.parts},
        )
        sms.seen_at = taken.clock_at
        self.changed(sms)

    def changed(self, sms: Sms) -> None:
        self.news.tell("sms", phone=phone_of(sms), sid=sms.sid, status=sms.status)

    def clear(self) -> None:
        self.messages.clear()
        self.opted_out.clear()
