"""Who was near somebody: for the sanitary station, when it asks; every look is in the log with its purpose."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from config.centre import Centre
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
    """Somebody who held the same room during a visit or a group's session (`own_*`), or within its airing; instants are UTC."""

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
    found: dict[int, Contact] = {}
    for row in stored.near(tx, person_id, (since, tx.now), CAME):
        found.setdefault(row.id, _contact(centre, row))
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


def _contact(centre: Centre, row: Any) -> Contact:
    doors = {one.code: one.number for one in centre.rooms}
    return Contact(
        row.person_id,
        row.person,
        row.phone or None,
        row.kind,
        doors.get(row.room, row.room),
        row.starts_at,
        row.ends_at,
        row.own_starts_at,
        row.own_ends_at,
    )
