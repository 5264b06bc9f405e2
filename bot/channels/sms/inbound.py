"""What Twilio brings: whether it is Twilio's at all, and what the SMS in it says."""

import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qsl

from twilio.request_validator import RequestValidator

from bot.channels.letters import legible
from bot.channels.sms.outbound import CHANNEL
from bot.channels.webhook import Webhook
from bot.dialogue.incoming import Incoming
from bot.errors import Broken, Forged

Form = Mapping[str, str]

MOST_FIELDS = 200
_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_SID = re.compile(r"[A-Za-z0-9]{10,64}")


class Seal:
    """Checks signatures against the address as the settings have it: a proxy may have changed the one we see."""

    def __init__(self, auth_token: str, public_url: str) -> None:
        self._validator = RequestValidator(auth_token)
        self._public_url = public_url

    def open(self, webhook: Webhook) -> Form:
        """The form inside, blank fields and all: they are signed too.

        Raises:
            Forged: Twilio did not sign this.
            Broken: it is no form.
        """
        try:
            form = dict(
                parse_qsl(webhook.body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
            )
        except ValueError as error:
            raise Broken("the body is not a form") from error
        if not self._validator.validate(self._public_url + webhook.path, form, webhook.signature):
            raise Forged("the signature does not fit")
        return form


def incoming_of(form: Form, account: str, *, sent_at: datetime | None = None) -> Incoming | None:
    """None from a sender that can't be answered: a name in letters, a short code.

    Args:
        sent_at: when Twilio took it; a webhook does not tell, and comes at once.

    Raises:
        Broken: Twilio's own fields are missing.
    """
    sid, sender = form.get("MessageSid", ""), form.get("From", "")
    if not _SID.fullmatch(sid) or not sender:
        raise Broken("MessageSid or From is missing")
    if not _NUMBER.fullmatch(sender):
        return None
    return Incoming(CHANNEL, account, sender, sid, text=legible(form.get("Body", "")), sent_at=sent_at)
