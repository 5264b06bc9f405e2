"""What became of the offers of the last weeks, for staff to read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import offers
from storage.database import Transaction

LATELY, MOST = timedelta(days=14), 40


@dataclass(frozen=True, slots=True)
class Made:
    """An offer that was made, and what became of it: open, taken, declined, lost to somebody faster, expired."""

    person_id: int
    person: str
    service: str
    starts_at: datetime
    offered_at: datetime
    outcome: str


def lately(tx: Transaction) -> list[Made]:
    """What became of the offers of the last weeks, the newest first."""
    found = offers.latest(tx, tx.now - LATELY, MOST)
    return [
        Made(
            row.person_id,
            row.person,
            row.service,
            row.starts_at,
            row.offered_at,
            "expired" if row.outcome == "open" and row.expires_at <= tx.now else row.outcome,
        )
        for row in found
    ]
