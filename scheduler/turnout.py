"""How many come to each session of a group, and how many were there."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.sessions import Session
from storage import sessions
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Turnout:
    """One session's: `present` as far as it was entered."""

    leader: str
    expected: int
    present: int


def turnout(tx: Transaction, about: Sequence[Session]) -> dict[int, Turnout]:
    """By the session's id, in one statement."""
    if not about:
        return {}
    rows = sessions.turnout(tx, {one.id for one in about})
    return {row.id: Turnout(row.leader, row.expected, row.present) for row in rows}
