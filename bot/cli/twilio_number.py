"""Asks Twilio where it sends the messages that come in to the club's number."""

import base64
import json
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from config.settings import Settings

SECONDS = 10.0


class CannotTell(Exception):
    """Twilio could not be asked; the text says why."""


def inbound_address(settings: Settings) -> str:
    """The number's webhook address, as Twilio has it; '' if it has none.

    Raises:
        CannotTell: the sender is a messaging service, Twilio is away, or it refuses.
    """
    sender = settings.twilio_sender or ""
    if not sender.startswith("+"):
        raise CannotTell("the sender is a messaging service; look at its own settings")
    numbers = _get(settings, f"IncomingPhoneNumbers.json?PhoneNumber={quote(sender)}")[
        "incoming_phone_numbers"
    ]
    if not numbers:
        raise CannotTell(f"the account has no number {sender}")
    return str(numbers[0]["sms_url"] or "")


def _get(settings: Settings, what: str) -> Any:
    sid = settings.twilio_account_sid
    token = settings.twilio_auth_token.get_secret_value() if settings.twilio_auth_token else ""
    url = f"{settings.twilio_api_url}/2010-04-01/Accounts/{sid}/{what}"
    basic = base64.b64encode(f"{sid}:{token}".encode()).decode()
    try:
        # The settings have seen to it that the address is http or https.
        with urlopen(Request(url, headers={"Authorization": f"Basic {basic}"}), timeout=SECONDS) as answer:  # noqa: S310
            return json.load(answer)
    except (URLError, OSError, ValueError) as error:
        raise CannotTell(
            f"asking Twilio failed ({getattr(error, 'code', None) or type(error).__name__})"
        ) from None
