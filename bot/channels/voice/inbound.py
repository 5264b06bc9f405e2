"""What Twilio tells of a call: whose it is, and what became of ringing the office."""

import re
from collections.abc import Mapping

Form = Mapping[str, str]

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
# A number that is not shown arrives as these: ANONYMOUS, RESTRICTED, UNAVAILABLE, UNKNOWN, BLOCKED on a keypad.
# https://support.twilio.com/hc/en-us/articles/223179988
_HIDDEN = frozenset({"+266696687", "+7378742883", "+86282452253", "+8656696", "+2562533"})
_TAKEN = frozenset({"completed", "answered"})


def caller(form: Form) -> str | None:
    """The number that calls; None if it is not shown."""
    number = form.get("From", "")
    return number if _NUMBER.fullmatch(number) and number not in _HIDDEN else None


def was_taken(form: Form) -> bool:
    """Whether somebody in the office took the call; not if nobody did, it failed, or the caller hung up before."""
    return form.get("DialCallStatus") in _TAKEN
