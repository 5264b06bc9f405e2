"""Who was near somebody: for the sanitary station, when it asks; every look is in the log with its purpose."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from config.centre import Centre
from scheduler.agenda import room_number
from scheduler.calendar import day_span, local
from scheduler.errors import Refused
from scheduler.people import person
from scheduler.visits import VisitStatus
from storage import audit
from storage import contacts as stored
from storage.database import Transaction

# Who is known or believed to have come; given back, missed and refused at the door were not in the room.
CAME = (VisitStatus.BOOKED, VisitStatus.CONFIRMED, VisitStatus.ARRIVED, VisitStatus.ATTENDED)
LONGEST = 200


class NoPurpose(Refused):
    """Nobody looks up who met whom without saying what for."""

    def __init__(self) -> None:
        super().__init__(
            f"say what the list is for, in at most {LONGEST} letters: the authority's name and its letter's number"
        )


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who held the same room during a visit (`own_*`) or within its airing before or after; instants are UTC."""

    person_id: int
    person: str
    phone: str | None
    kind: str
    room: str
    starts_at: datetime
    ends_at: datetime
    own_starts_at: datetime
    own_ends_at: datetime


def contacts(
    tx: Transaction,
    centre: Centre,
    person_id: int,
    *,
    days: int,
    purpose: str,
    by_id: int | None = None,
) -> list[Contact]:
    """Participants and staff near that person, a participant or staff too, on the last so many days and today, by time.

    Args:
        purpose: what the list is for; it stays in the log, with whom it named, and with who asked (`by_id`).

    Raises:
        NoSuchPerson, NoPurpose.
    """
    person(tx, person_id)
    if not 0 < len(purpose.strip()) <= LONGEST:
        raise NoPurpose
    today = local(tx.now, centre.zone).date()
    since, _ = day_span(today - timedelta(days=days), today, centre.zone)
    found: dict[tuple[int, int], Contact] = {}
    for row in stored.near_visits(tx, person_id, (since, tx.now), CAME):
        for one in _both(centre, row):
            if one.person_id != person_id:
                found.setdefault((one.person_id, row.id), one)
    audit.note(
        tx,
        "staff",
        "contacts",
        actor_id=by_id,
        person_id=person_id,
        details={
            "purpose": purpose.strip(),
            "days": days,
            "people": sorted({one.person_id for one in found.values()}),
        },
    )
    return list(found.values())


def _both(centre: Centre, row: Any) -> Iterator[Contact]:
    """Whoever came, and whom they came to."""
    for kind, role in (("participant", "participant"), ("staff", "specialist")):
        yield Contact(
            person_id=getattr(row, f"{role}_id"),
            person=getattr(row, role),
            phone=getattr(row, f"{role}_phone") or None,
            kind=kind,
            room=room_number(centre, row.station, row.room),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            own_starts_at=row.own_starts_at,
            own_ends_at=row.own_ends_at,
        )
