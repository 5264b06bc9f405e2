"""Who would be told, and how, if a session were moved or called off: shown to staff before they do it."""

from dataclasses import dataclass

from scheduler.ladder import best
from scheduler.sessions import Attendee, Session, members_of
from storage import addresses, sessions
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Concerned:
    """Everybody who belongs to a session, by what they would learn of its change.

    Attributes:
        written: they get a message. called: somebody has to call them.
        declined: they have said that they do not come; told of a new time, but not that it is called off.
    """

    written: tuple[Attendee, ...]
    called: tuple[Attendee, ...]
    declined: frozenset[int]


def concerned(tx: Transaction, about: Session) -> Concerned:
    """As it is now; who leads it is not among them."""
    people = members_of(tx, about)
    reached = _reached(tx, [one.person_id for one in people])
    return Concerned(
        tuple(one for one in people if one.person_id in reached),
        tuple(one for one in people if one.person_id not in reached),
        frozenset(sessions.declined(tx, about.id)),
    )


def _reached(tx: Transaction, person_ids: list[int]) -> set[int]:
    known: dict[int, list[object]] = {}
    for row in addresses.addresses_of(tx, person_ids):
        known.setdefault(row.person_id, []).append(row)
    targets = {person_id: best(rows) for person_id, rows in known.items()}
    return {one for one, target in targets.items() if target is not None and target.state == "active"}
