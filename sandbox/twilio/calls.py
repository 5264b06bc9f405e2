"""A call to the club's number: what the caller hears, read off the TwiML that the club answers with."""

import secrets
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from sandbox.twilio.account import Account
from sandbox.wire import JSON


async def call(account: Account, phone: str) -> list[JSON]:
    """Ring the club and listen; where it rings the office, nobody there takes the call."""
    form = {"CallSid": "CA" + secrets.token_hex(16), "AccountSid": account.subscription.sid}
    form |= {"From": phone, "To": account.subscription.number, "Caller": phone}
    form |= {"Called": account.subscription.number, "Direction": "inbound", "ApiVersion": "2010-04-01"}
    heard = await _listen(account, account.voice_url, form | {"CallStatus": "ringing"})
    rung = next((step for step in heard if step["kind"] == "dial"), None)
    if rung and rung["then"]:
        after = form | {"CallStatus": "in-progress", "DialCallStatus": "no-answer"}
        heard += await _listen(account, rung["then"], after)
    return heard


async def _listen(account: Account, url: str, form: dict[str, str]) -> list[JSON]:
    answer = await account.webhooks.send(url, form)
    if not answer.confirmed:
        return [{"kind": "failed", "text": str(answer.status or answer.failed)}]
    try:
        return list(_steps(ET.fromstring(answer.body)))  # noqa: S314 - the club on this machine wrote it
    except ET.ParseError:
        return [{"kind": "failed", "text": "12100"}]  # Twilio's: document parse failure


def _steps(document: ET.Element) -> Iterator[JSON]:
    for verb in document:
        if verb.tag == "Say":
            yield {"kind": "say", "text": verb.text or ""}
        elif verb.tag == "Dial":
            yield {"kind": "dial", "text": "".join(verb.itertext()), "then": verb.get("action", "")}
