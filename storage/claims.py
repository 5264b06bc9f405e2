"""Claims: what occupies the time of a station or of a person; storage/guard.py keeps them from overlapping."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from storage.database import Transaction
from storage.guard import NAMES
from storage.tables import claim
from storage.tables.base import UtcDateTime


class Overlap(Exception):
    """A claim would overlap another; nothing of what was asked for has been claimed."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A span of a station's time or of a person's, never of both. A station's includes its airing and cleaning."""

    starts_at: datetime
    ends_at: datetime
    station_id: int | None = None
    person_id: int | None = None

    @property
    def rank(self) -> tuple[bool, int, datetime]:
        """The order in which everybody claims, so that two who want the same can't wait for each other."""
        return (self.station_id is None, self.station_id or self.person_id or 0, self.starts_at)


def take(tx: Transaction, appointment_id: int, claims: Collection[Claim]) -> None:
    """Claim all of it, or nothing.

    ON CONFLICT DO NOTHING, sorted: plain inserts into an EXCLUDE constraint deadlock when two race, this form does not.

    Raises:
        Overlap: some of it is taken. The caller rolls back to its savepoint.
    """
    rows = [
        {
            "appointment_id": appointment_id,
            "station_id": one.station_id,
            "person_id": one.person_id,
            "starts_at": one.starts_at,
            "ends_at": one.ends_at,
        }
        for one in sorted(claims, key=lambda one: one.rank)
    ]
    try:
        taken = tx.connection.execute(_TAKE[tx.dialect], rows).scalars().all()
    except IntegrityError as error:
        if any(
            name in str(error.orig) for name in NAMES
        ):  # a trigger of SQLite: ON CONFLICT does not catch it
            raise Overlap from error
        raise
    if len(taken) < len(rows):
        raise Overlap


def release(tx: Transaction, appointment_id: int) -> None:
    """Free whatever the visit occupies."""
    tx.connection.execute(_RELEASE, {"visit": appointment_id})


def between(
    tx: Transaction,
    station_ids: Collection[int],
    person_ids: Collection[int],
    span: tuple[datetime, datetime],
) -> list[Row[Any]]:
    """Every claim of those stations and people that touches the span."""
    values = {"stations": list(station_ids), "people": list(person_ids), "from": span[0], "until": span[1]}
    return list(tx.connection.execute(_BETWEEN, values))


# Built once: to build a statement anew costs as much as to run it.
_TAKE = {
    "postgresql": postgresql.insert(claim).on_conflict_do_nothing().returning(claim.c.id),
    "sqlite": sqlite.insert(claim).on_conflict_do_nothing().returning(claim.c.id),
}
_BETWEEN = select(
    claim.c.appointment_id, claim.c.station_id, claim.c.person_id, claim.c.starts_at, claim.c.ends_at
).where(
    or_(
        claim.c.station_id.in_(bindparam("stations", expanding=True)),
        claim.c.person_id.in_(bindparam("people", expanding=True)),
    ),
    claim.c.ends_at > bindparam("from", type_=UtcDateTime()),
    claim.c.starts_at < bindparam("until", type_=UtcDateTime()),
)
_RELEASE = delete(claim).where(claim.c.appointment_id == bindparam("visit"))
