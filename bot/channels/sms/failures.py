"""Twilio's error codes, from a refused call or a late receipt, and what each means for the message and the number."""

from typing import Any

from scheduler.channels import SendFailed

_MINUTES = 60.0
_DEAD = {"permanent": True, "address_dead": True}
_FOR_GOOD = {"permanent": True}
_OUR_FAULT: dict[str, Any] = {}  # nothing left: it waits until staff have mended it

FAILURES: dict[int, dict[str, Any]] = {
    20003: _OUR_FAULT,  # the account's SID or token
    20404: _OUR_FAULT,  # the account itself
    20429: {"retry_after": 1.0},  # too many requests: never processed
    21211: _DEAD,  # no such number
    21408: _FOR_GOOD,  # the account may not write to that country
    21603: _OUR_FAULT,  # no sender
    21606: _OUR_FAULT,  # the sender is not ours
    21610: {"permanent": True, "address_stopped": True},  # STOP was written, and Twilio remembers
    21611: {"retry_after": 30.0},  # the sender's queue is full
    21612: _FOR_GOOD,  # that sender can't reach that number
    21614: _DEAD,  # a landline
    21617: _FOR_GOOD,  # more than 1600 characters
    21701: _OUR_FAULT,  # the messaging service
    30001: {"again_in": 5 * _MINUTES},  # the queue overflowed
    30003: {"again_in": 30 * _MINUTES},  # the handset is off or out of reach
    30004: _FOR_GOOD,  # blocked
    30005: _DEAD,  # nobody has that number
    30006: _DEAD,  # a landline, or a carrier that can't be reached
    30007: _FOR_GOOD,  # filtered: the same words would be again
    30008: {"again_in": 5 * _MINUTES},  # the carrier gave no reason
    30036: {"again_in": 0.0},  # it was still queued when it helped nobody any more (validity period)
}


def failure_of(code: int | None) -> SendFailed:
    """A code that is not in the table fails for good: the next channel, or staff, has to say it."""
    return SendFailed(str(code or "failed"), **FAILURES.get(code or 0, _FOR_GOOD))
