"""Twilio's word on what became of an SMS, from a call's answer or a status callback."""

from collections.abc import Mapping

from bot.channels.sms.failures import failure_of
from scheduler.channels import Receipt
from scheduler.states import AttemptState

# `sent` means that the carrier has it, not the person. Any status that is new to us is taken for under way.
STATES: dict[str, AttemptState] = {
    "delivered": AttemptState.DELIVERED,
    "read": AttemptState.DELIVERED,
    "failed": AttemptState.FAILED,
    "undelivered": AttemptState.FAILED,
    "canceled": AttemptState.FAILED,
}


def receipt_of(sid: str, status: str, error_code: int | None) -> Receipt:
    """A message as Twilio shows it."""
    state = STATES.get(status, AttemptState.SENT)
    return Receipt(sid, state, failure_of(error_code) if state is AttemptState.FAILED else None)


def receipt_in(form: Mapping[str, str]) -> Receipt | None:
    """A status callback; None if it names no message. Callbacks come late, twice and out of order."""
    sid, code = form.get("MessageSid") or form.get("SmsSid"), form.get("ErrorCode", "")
    if not sid:
        return None
    status = form.get("MessageStatus") or form.get("SmsStatus") or ""
    return receipt_of(sid, status, int(code) if code.isdecimal() else None)
