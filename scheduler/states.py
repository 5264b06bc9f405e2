"""The states of a message and of an attempt, and which may follow which."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar


class MessageState(StrEnum):
    """Where a row of the ledger stands."""

    WAITING = "waiting"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class AttemptState(StrEnum):
    """Where one call to a provider stands."""

    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


# Until when what staff have paused waits: they say when it goes on.
PARKED = datetime(2200, 1, 1, tzinfo=UTC)

S = TypeVar("S", bound=StrEnum)
_M, _A = MessageState, AttemptState

# What was under way comes back to `waiting` when its attempt is known not to have arrived: for another try, or the next channel.
_ENDED = {_M.WAITING, _M.FAILED, _M.EXPIRED, _M.WITHDRAWN}

MESSAGE_MOVES: Mapping[MessageState, frozenset[MessageState]] = {
    _M.WAITING: frozenset({_M.SENDING, _M.FAILED, _M.EXPIRED, _M.WITHDRAWN}),
    _M.SENDING: frozenset({_M.UNKNOWN, _M.SENT, _M.DELIVERED} | _ENDED),
    _M.UNKNOWN: frozenset({_M.SENT, _M.DELIVERED} | _ENDED),
    _M.SENT: frozenset({_M.DELIVERED} | _ENDED),
    _M.DELIVERED: frozenset(),
    _M.FAILED: frozenset(),
    _M.EXPIRED: frozenset(),
    _M.WITHDRAWN: frozenset(),
}

ATTEMPT_MOVES: Mapping[AttemptState, frozenset[AttemptState]] = {
    _A.SENDING: frozenset({_A.UNKNOWN, _A.SENT, _A.DELIVERED, _A.FAILED}),
    _A.UNKNOWN: frozenset({_A.SENT, _A.DELIVERED, _A.FAILED}),
    _A.SENT: frozenset({_A.DELIVERED, _A.FAILED}),
    _A.DELIVERED: frozenset(),
    _A.FAILED: frozenset(),
}


def before(moves: Mapping[S, frozenset[S]], state: S) -> tuple[S, ...]:
    """The states from which `state` may be reached: what an update is conditional on."""
    return tuple(earlier for earlier, later in moves.items() if state in later)
