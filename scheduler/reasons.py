"""Why a message did not get through, of what the ledger and the providers call it: few enough to have words for each."""

from enum import StrEnum


class Reason(StrEnum):
    """What staff can do something with."""

    NO_CHANNEL = "no_channel"  # no phone that takes messages
    STOPPED = "stopped"
    GONE = "gone"  # the number or chat is no longer in use, or takes no SMS
    WRONG = "wrong"  # somebody else's
    OFF = "off"  # or out of reach
    BLOCKED = "blocked"
    FILTERED = "filtered"
    CARRIER = "carrier"  # did not deliver it, and gave no reason
    LATE = "late"
    ABROAD = "abroad"
    OURS = "ours"  # the club's account
    BUSY = "busy"
    SILENT = "silent"  # the provider did not answer
    WORDS = "words"  # the text could not be made
    OTHER = "other"


# Twilio's numbers as in bot/channels/sms/failures.py, Telegram's words as in bot/channels/telegram/outbound.py.
_CALLED = {
    Reason.NO_CHANNEL: ("no_channel",),
    Reason.STOPPED: ("stopped", "21610"),
    Reason.GONE: ("dead", "21211", "21614", "30005", "30006", "400"),
    Reason.WRONG: ("wrong",),
    Reason.OFF: ("30003",),
    Reason.BLOCKED: ("blocked", "403", "30004"),
    Reason.FILTERED: ("30007",),
    Reason.CARRIER: ("30001", "30008", "21612"),
    Reason.LATE: ("30036",),
    Reason.ABROAD: ("21408",),
    Reason.OURS: ("20003", "20404", "21603", "21606", "21701", "401"),
    Reason.BUSY: ("20429", "21611", "429"),
    Reason.SILENT: ("timed out", "network", "not connected", "unreadable"),
    Reason.WORDS: ("words",),
}
_REASONS = {code: reason for reason, codes in _CALLED.items() for code in codes}


def reason_of(code: str | None) -> Reason:
    """What such a code of the ledger means."""
    return _REASONS.get(code or "", Reason.OTHER)
