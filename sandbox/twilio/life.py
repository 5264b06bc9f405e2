"""The life of an outbound SMS: queued, sending, sent, delivered or not, with a receipt for each step."""

import asyncio
from collections.abc import Iterator

from sandbox.trouble import Call, Kind
from sandbox.twilio.account import Account
from sandbox.twilio.messages import Sms

STEPS = ("sending", "sent", "delivered")
EXPIRED = 30036  # still queued when its validity period ended


def begin(account: Account, sms: Sms) -> None:
    """Let it go its way. Without delays and without receipts it is there at once."""
    steps = list(_steps(account, sms))
    if not sms.callback and not any(seconds for _, seconds in steps):
        for status, _ in steps:
            sms.becomes(status)
        account.changed(sms)
        return
    account.postman.start(_walk(account, sms, steps))


def _steps(account: Account, sms: Sms) -> Iterator[tuple[str, float]]:
    end = account.troubles.strike(Call("twilio", "create", sms.to), {Kind.STATUS})
    if account.limits.delivery_seconds[0] > sms.valid_seconds:
        sms.error_code = EXPIRED
        yield "failed", sms.valid_seconds
        return
    for status, seconds in zip(STEPS, account.limits.delivery_seconds, strict=True):
        if end and status == ("sending" if end.outcome == "failed" else "delivered"):
            sms.error_code = end.code or None
            yield end.outcome, seconds
            return
        yield status, seconds


async def _walk(account: Account, sms: Sms, steps: list[tuple[str, float]]) -> None:
    """The states go on by themselves; the receipts follow one by one, however slow the club is."""
    owed: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    reverse = account.troubles.strike(Call("twilio", "receipt", sms.to), {Kind.REVERSE})
    if not reverse:
        account.postman.start(_bring(account, sms, owed, len(steps)))
    for status, seconds in steps:
        if seconds:
            await account.troubles.pause(seconds)
        sms.becomes(status)
        account.changed(sms)
        owed.put_nowait(_receipt(sms))
    if reverse:
        await _bring(account, sms, _reversed(owed), len(steps))


def _reversed(owed: asyncio.Queue[dict[str, str]]) -> asyncio.Queue[dict[str, str]]:
    backwards: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    for receipt in reversed([owed.get_nowait() for _ in range(owed.qsize())]):
        backwards.put_nowait(receipt)
    return backwards


async def _bring(account: Account, sms: Sms, owed: asyncio.Queue[dict[str, str]], count: int) -> None:
    call = Call("twilio", "receipt", sms.to)
    if late := account.troubles.strike(call, {Kind.LATE}):
        await account.troubles.pause(late.seconds)
    for _ in range(count if sms.callback else 0):
        receipt = await owed.get()
        if account.troubles.strike(call, {Kind.LOSE}):
            continue
        if account.troubles.strike(call, {Kind.REPEAT}):
            await account.webhooks.send(sms.callback, receipt)
        await account.webhooks.send(sms.callback, receipt)


def _receipt(sms: Sms) -> dict[str, str]:
    receipt = {"SmsSid": sms.sid, "SmsStatus": sms.status, "MessageSid": sms.sid, "MessageStatus": sms.status}
    receipt |= {"To": sms.to, "From": sms.sender, "AccountSid": sms.account, "ApiVersion": "2010-04-01"}
    if sms.service:
        receipt["MessagingServiceSid"] = sms.service
    if sms.error_code:
        receipt["ErrorCode"] = str(sms.error_code)
    return receipt
