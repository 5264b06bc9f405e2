"""Claims: what occupies the time of a station or of a person; storage/guard.py keeps them from overlapping.

A claim whose visit its participant gave back is a hold for a while: it keeps everybody else out, and whoever it is held for not.
Once it has run out it occupies nothing, and goes when somebody wants its time, or when the next hold is made.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, delete, or_, select, update
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


def take(
    tx: Transaction,
    claims: Collection[Claim],
    *,
    appointment_id: int | None = None,
    session_id: int | None = None,
) -> None:
    """Claim all of it for that visit, or for that session of a group, or nothing.

    ON CONFLICT DO NOTHING, sorted: plain inserts into an EXCLUDE constraint deadlock when two race, this form does not.

    Raises:
        Overlap: some of it is taken. The caller rolls back to its savepoint.
    """
    rows = [
        {
            "appointment_id": appointment_id,
            "session_id": session_id,
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


def release_session(tx: Transaction, session_id: int, person_id: int | None = None) -> None:
    """Free whatever the session occupies, or that person's time alone."""
    statement = _RELEASE_SESSION if person_id is None else _RELEASE_MEMBER
    tx.connection.execute(statement, {"session": session_id, "person": person_id})


def hold(tx: Transaction, appointment_id: int, person_id: int, until: datetime) -> None:
    """Free the time of that participant, and hold the rest of what the visit occupied for them.

    Holds that have run out go first: so there are never more than were made since somebody last gave a visit back.
    """
    tx.connection.execute(_SWEEP, {"now": tx.now})
    tx.connection.execute(_FREE, {"visit": appointment_id, "person": person_id})
    tx.connection.execute(_HOLD, {"visit": appointment_id, "person": person_id, "until": until})


def end_holds(tx: Transaction, claims: Collection[Claim], person_id: int) -> None:
    """Delete the holds in the way of these claims that keep `person_id` out no more, in the order in which everybody claims."""
    for one in sorted(claims, key=lambda one: one.rank):
        values = {
            "station": one.station_id,
            "person": one.person_id,
            "from": one.starts_at,
            "until": one.ends_at,
        }
        tx.connection.execute(_END_HOLDS, values | {"now": tx.now, "wanted_for": person_id})


def between(
    tx: Transaction,
    station_ids: Collection[int],
    person_ids: Collection[int],
    span: tuple[datetime, datetime],
    wanted_for: int | None = None,
) -> list[Row[Any]]:
    """Every claim of those stations and people that touches the span, but holds that keep `wanted_for` out no more."""
    values = {"stations": list(station_ids), "people": list(person_ids), "from": span[0], "until": span[1]}
    return list(tx.connection.execute(_BETWEEN, values | {"now": tx.now, "wanted_for": wanted_for or 0}))


def keeps_out() -> ColumnElement[bool]:
    """Whether a claim is in the way of somebody: of the person `wanted_for` at `now`."""
    return or_(
        claim.c.held_until.is_(None),
        and_(claim.c.held_until > _NOW, claim.c.held_for_id != bindparam("wanted_for")),
    )


def lapsed() -> ColumnElement[bool]:
    """Whether a claim is a hold that is in the way of the person `wanted_for` no more."""
    return and_(
        claim.c.held_until.is_not(None),
        or_(claim.c.held_until <= _NOW, claim.c.held_for_id == bindparam("wanted_for")),
    )


# Built once: to build a statement anew costs as much as to run it.
_NOW = bindparam("now", type_=UtcDateTime())
_FROM, _UNTIL = bindparam("from", type_=UtcDateTime()), bindparam("until", type_=UtcDateTime())
_TAKE = {
    "postgresql": postgresql.insert(claim).on_conflict_do_nothing().returning(claim.c.id),
    "sqlite": sqlite.insert(claim).on_conflict_do_nothing().returning(claim.c.id),
}
_BETWEEN = select(
    claim.c.appointment_id,
    claim.c.session_id,
    claim.c.station_id,
    claim.c.person_id,
    claim.c.starts_at,
    claim.c.ends_at,
).where(
    or_(
        claim.c.station_id.in_(bindparam("stations", expanding=True)),
        claim.c.person_id.in_(bindparam("people", expanding=True)),
    ),
    claim.c.ends_at > _FROM,
    claim.c.starts_at < _UNTIL,
    keeps_out(),
)
_RELEASE = delete(claim).where(claim.c.appointment_id == bindparam("visit"))
_RELEASE_SESSION = delete(claim).where(claim.c.session_id == bindparam("session"))
_RELEASE_MEMBER = _RELEASE_SESSION.where(claim.c.person_id == bindparam("person"))
_OF_VISIT = claim.c.appointment_id == bindparam("visit")
_FREE = delete(claim).where(_OF_VISIT, claim.c.person_id == bindparam("person"))
_HOLD = (
    update(claim)
    .where(_OF_VISIT)
    .values(held_until=_UNTIL, held_for_id=bindparam("person", type_=claim.c.id.type))
)
# What somebody else is just deleting is not waited for: the sweep has no turn among those who claim.
_SWEEP = delete(claim).where(
    claim.c.id.in_(select(claim.c.id).where(claim.c.held_until <= _NOW).with_for_update(skip_locked=True))
)
_END_HOLDS = delete(claim).where(
    or_(claim.c.station_id == bindparam("station"), claim.c.person_id == bindparam("person")),
    claim.c.ends_at > _FROM,
    claim.c.starts_at < _UNTIL,
    lapsed(),
)
