"""One participant as staff see them: facts, visits, where words reach them, and who did what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from config.centre import Centre
from scheduler.agenda import room_number
from scheduler.dossier import ERASED, Erased
from scheduler.people import Address, NoSuchPerson, Person, address_from, people_at, person
from scheduler.visits import VisitStatus
from storage import addresses, person_page
from storage.database import Transaction

VISITS, LINES = 40, 60


@dataclass(frozen=True, slots=True)
class PastOrComing:
    """One visit of theirs. Instants are UTC; `room` is the number on its door, None where nobody comes to the club."""

    id: int
    starts_at: datetime
    service: str
    specialist: str
    room: str | None
    mode: str
    status: VisitStatus

    @property
    def is_open(self) -> bool:
        """Whether they are expected."""
        return self.status in {VisitStatus.BOOKED, VisitStatus.CONFIRMED}


@dataclass(frozen=True, slots=True)
class Reached:
    """An address of theirs, and who else is written to there."""

    address: Address
    shared_with: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done. `actor` is 'participant', 'staff' or 'system'; `by` names who on the staff, if that is known."""

    at: datetime
    actor: str
    by: str | None
    action: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class About:
    """A participant's facts. `may_be` was enrolled first under the same name; `clause_at`: when they last were shown the information clause."""

    person: Person
    self_check: str
    enrolled_at: datetime
    may_be: Person | None
    clause_at: datetime | None
    reached: tuple[Reached, ...]


def about(tx: Transaction, person_id: int) -> About:
    """That participant.

    Raises:
        NoSuchPerson: nobody has that id, or a member of staff. Erased: they were forgotten.
    """
    someone = participant(tx, person_id)
    more = person_page.more(tx, person_id)
    there = [address_from(row) for row in addresses.addresses_of(tx, [person_id])]
    return About(
        someone,
        more.self_check,
        more.enrolled_at,
        person(tx, more.may_be_id) if more.may_be_id else None,
        more.clause_at,
        tuple(Reached(one, tuple(_others(tx, one, person_id))) for one in there),
    )


def participant(tx: Transaction, person_id: int) -> Person:
    """That participant, here or not any more.

    Raises:
        NoSuchPerson, Erased: as `about`.
    """
    someone = person(tx, person_id)
    if someone.kind != "participant":
        raise NoSuchPerson(person_id)
    if person_page.more(tx, person_id).erased_at is not None or someone.full_name == ERASED:
        raise Erased(person_id)
    return someone


def visits(tx: Transaction, centre: Centre, person_id: int) -> list[PastOrComing]:
    """Their visits, the latest first."""
    return [
        PastOrComing(
            row.id,
            row.starts_at,
            row.service,
            row.specialist,
            room_number(centre, row.station, row.room) if row.station else None,
            row.mode,
            VisitStatus(row.status),
        )
        for row in person_page.visits(tx, person_id, VISITS)
    ]


def log(tx: Transaction, person_id: int) -> list[Line]:
    """What was done about them, the newest first."""
    return [
        Line(row.at, row.actor, row.by, row.action, row.details)
        for row in person_page.log(tx, person_id, LINES)
    ]


def _others(tx: Transaction, address: Address, person_id: int) -> list[Person]:
    return [one for one in people_at(tx, address.id) if one.id != person_id]
