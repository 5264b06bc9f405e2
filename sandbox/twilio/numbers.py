"""Which phone numbers can be sent an SMS: E.164 in general, and the Polish numbering plan."""

import re

from sandbox.twilio.refusals import Refused

E164 = re.compile(r"\+[1-9]\d{6,14}")
PUNCTUATION = str.maketrans("", "", " -().")
# Two first digits of Polish mobile numbers: Urząd Komunikacji Elektronicznej, plan numeracji krajowej.
POLISH_MOBILE = frozenset(["45", "50", "51", "53", "57", "60", "66", "69", "72", "73", "78", "79", "88"])


def mobile(given: str) -> str:
    """The number in E.164. Raises Refused: 21211 if it is none, 21614 if no SMS can reach it."""
    number = given.translate(PUNCTUATION)
    if not E164.fullmatch(number) or (number.startswith("+48") and len(number) != 12):
        raise Refused(21211, given)
    if number.startswith("+48") and number[3:5] not in POLISH_MOBILE:
        raise Refused(21614, number)
    return number
