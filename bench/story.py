"""The SMS that people send in the measure of a whole turn: half ask for a time, half say TAK to one and have it booked."""

from datetime import datetime
from functools import partial
from itertools import islice
from urllib.parse import urlencode

from sqlalchemy import text
from twilio.request_validator import RequestValidator

from bench.club import ACCOUNT, NOW, SERVICES, WARSAW, a_large_centre, hours_ahead, phone_of, settle, word_of
from bot.channels.webhook import Webhook
from bot.dialogue.answer import answer
from bot.dialogue.club import Club
from bot.dialogue.incoming import Incoming
from storage.database import Database
from words.catalogue import load_catalogue

TOKEN, PUBLIC_URL, PATH = "bench-token", "https://bench.example", "/twilio/sms"

# As the courier would have left the lists that were sent.
_SENT = (
    "UPDATE message SET status = 'sent'",
    "INSERT INTO attempt (message_id, address_id, channel, account, body, status, provider_id, started_at, lease_until)"
    " SELECT id, address_id, channel, account, '', 'sent', 'bench' || id, posted_at, posted_at FROM message",
)


def prepare(database: Database, people: int) -> None:
    """Enrol them; every second one has already asked for a time, and was asked TAK or NIE."""
    centre = a_large_centre()
    settle(database, centre, people)
    club = Club(centre, load_catalogue())
    for number in range(1, people, 2):
        asked = Incoming("sms", ACCOUNT, phone_of(number), f"SMasked{number}", text=_wish(number))
        database.run(partial(answer, club=club, incoming=asked), NOW)
    with database.engine.begin() as connection:
        for statement in _SENT:
            connection.execute(text(statement))


def webhooks(people: int, *, forged: bool = False) -> list[Webhook]:
    """What Twilio brings, one from each of them."""
    seal = RequestValidator("another-token" if forged else TOKEN)
    return [_signed(seal, number) for number in range(people)]


def as_http(webhook: Webhook) -> bytes:
    """The request as it goes over the wire."""
    lines = (
        f"POST {webhook.path} HTTP/1.1",
        "Host: bench.example",
        "User-Agent: TwilioProxy/1.1",
        "Accept: */*",
        "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
        "I-Twilio-Idempotency-Token: 5f8f1b1e-6f3c-4a3e-9b54-000000000000",
        f"X-Twilio-Signature: {webhook.signature}",
        f"Content-Length: {len(webhook.body)}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + webhook.body


def _signed(seal: RequestValidator, number: int) -> Webhook:
    sid = f"SM{number:032}"
    form = {
        "ToCountry": "PL",
        "ToState": "",
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "ToCity": "",
        "FromZip": "",
        "SmsSid": sid,
        "FromState": "",
        "SmsStatus": "received",
        "FromCity": "",
        "Body": "TAK" if number % 2 else _wish(number),
        "FromCountry": "PL",
        "To": ACCOUNT,
        "ToZip": "",
        "NumSegments": "1",
        "MessageSid": sid,
        "AccountSid": "AC" + "0" * 32,
        "From": phone_of(number),
        "ApiVersion": "2010-04-01",
    }
    return Webhook(PATH, urlencode(form).encode(), seal.compute_signature(PUBLIC_URL + PATH, form))


def _wish(number: int) -> str:
    """The service and a time of it that nobody else asks for."""
    at: datetime = next(islice(hours_ahead(), number // SERVICES, None)).astimezone(WARSAW)
    return f"{word_of(number % SERVICES)} {at:%d.%m} {at:%H:%M}"
