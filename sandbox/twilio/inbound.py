"""An SMS typed on a phone: brought to the club, its stop words obeyed on the way."""

import asyncio
from typing import Any

from sandbox.trouble import Call, Kind
from sandbox.twilio.account import HELP_WORDS, START_WORDS, STOP_WORDS, Account
from sandbox.twilio.gsm import segments
from sandbox.twilio.messages import Sms
from sandbox.twilio.sending import reply

BLANK = ("ToCity", "ToState", "ToZip", "FromCity", "FromState", "FromZip")


def receive(account: Account, phone: str, text: str) -> tuple[Sms, asyncio.Task[Any]]:
    """Take an SMS from a phone; the task ends once the club has answered, or Twilio has given up."""
    sms = Sms(
        account=account.subscription.sid, sender=phone, to=account.subscription.number, body=text,
        direction="inbound", status="received", parts=segments(text),
    )  # fmt: skip
    sms.sent = sms.created
    account.take(sms, "sms")
    _obey(account, phone, text)
    return sms, account.postman.start(_bring(account, sms))


def _obey(account: Account, phone: str, text: str) -> None:
    """Twilio's own words count only when they are the whole message."""
    word = text.strip().upper()
    if word in STOP_WORDS and phone not in account.opted_out:
        _answer(account, phone, account.replies.stop)
        account.opted_out.add(phone)
    elif word in START_WORDS and phone in account.opted_out:
        account.opted_out.discard(phone)
        _answer(account, phone, account.replies.start)
    elif word in HELP_WORDS:
        _answer(account, phone, account.replies.help)


def _answer(account: Account, phone: str, text: str) -> None:
    if text:
        reply(account, phone, text)


async def _bring(account: Account, sms: Sms) -> None:
    call = Call("twilio", "webhook", sms.sender)
    if account.troubles.strike(call, {Kind.LOSE}):
        return
    if account.troubles.strike(call, {Kind.REPEAT}):
        await account.webhooks.send(account.sms_url, _form(account, sms))
    delivered = await account.webhooks.send(account.sms_url, _form(account, sms))
    sms.webhook = delivered.status
    account.changed(sms)


def _form(account: Account, sms: Sms) -> dict[str, str]:
    form = {"MessageSid": sms.sid, "SmsSid": sms.sid, "SmsMessageSid": sms.sid, "AccountSid": sms.account}
    form |= {"From": sms.sender, "To": sms.to, "Body": sms.body, "SmsStatus": "received"}
    form |= {"NumSegments": str(sms.parts), "NumMedia": "0", "ApiVersion": "2010-04-01"}
    form |= {"FromCountry": "PL", "ToCountry": "PL", **dict.fromkeys(BLANK, "")}
    if account.subscription.service:
        form["MessagingServiceSid"] = account.subscription.service
    return form
