"""An outbound SMS: checked as Twilio checks it, taken, and sent on its way."""

import time

from sandbox.trouble import Call, Kind
from sandbox.twilio import life
from sandbox.twilio.account import Account
from sandbox.twilio.gsm import segments
from sandbox.twilio.messages import Sms
from sandbox.twilio.numbers import mobile
from sandbox.twilio.refusals import Refused
from sandbox.wire import JSON

MOST_CHARACTERS = 1600
MOST_VALID = 36_000


def create(account: Account, form: JSON) -> JSON:
    """Take a message; its state in the answer is always the first one. Raises Refused."""
    to, body = _checked(account, form)
    _keep_pace(account)
    sms = _message(account, form, to, body)
    account.take(sms, "create")
    answer = sms.as_json()
    life.begin(account, sms)
    return answer


def reply(account: Account, phone: str, text: str) -> None:
    """What Twilio itself writes to a phone, past every check."""
    sms = Sms(
        account=account.subscription.sid, sender=account.subscription.number, to=phone, body=text,
        direction="outbound-reply", status="queued", parts=segments(text),
    )  # fmt: skip
    account.take(sms, "reply")
    life.begin(account, sms)


def _validity(form: JSON) -> int:
    """Raises Refused unless it is a whole number from 1 to 36000."""
    given = str(form.get("ValidityPeriod") or MOST_VALID)
    if not given.isdecimal() or not 1 <= int(given) <= MOST_VALID:
        raise Refused(21624)
    return int(given)


def _checked(account: Account, form: JSON) -> tuple[str, str]:
    to, body = str(form.get("To") or ""), str(form.get("Body") or "")
    if not to:
        raise Refused(21604)
    _check_sender(account, form)
    if not body:
        raise Refused(21602)
    if len(body) > MOST_CHARACTERS:
        raise Refused(21617)
    number = mobile(to)
    if number == account.subscription.number:
        raise Refused(21266, number)
    if number in account.opted_out:
        raise Refused(21610)
    return number, body


def _check_sender(account: Account, form: JSON) -> None:
    sender, service = form.get("From"), form.get("MessagingServiceSid")
    if service and service != account.subscription.service:
        raise Refused(21701, str(service))
    if not service and not sender:
        raise Refused(21603)
    if sender and sender != account.subscription.number:
        raise Refused(21606, str(sender))


def _keep_pace(account: Account) -> None:
    if account.pace:
        now = time.monotonic()
        if account.pace.wait(now) > 0:
            raise Refused(20429)
        account.pace.take(now)


def _message(account: Account, form: JSON, to: str, body: str) -> Sms:
    sms = Sms(
        account=account.subscription.sid, sender=account.subscription.number, to=to, body=body,
        direction="outbound-api", status="queued", parts=segments(body),
        callback=str(form.get("StatusCallback") or ""), service=form.get("MessagingServiceSid"),
        valid_seconds=_validity(form),
    )  # fmt: skip
    if sms.service:
        sms.status = "accepted"
    late = account.troubles.strike(Call("twilio", "create", to), {Kind.UNLISTED})
    sms.listed_from = time.monotonic() + late.seconds if late else 0.0
    return sms
