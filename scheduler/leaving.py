"""Leaving the club: what is given back, withdrawn and untied when somebody ends taking part, and what is said of it."""

from dataclasses import dataclass

from scheduler.attendance import Seat, coming_seats
from scheduler.booked import coming
from scheduler.booking import free
from scheduler.errors import Refused
from scheduler.ladder import best
from scheduler.ledger import Notice, Purpose, post
from scheduler.people import Address, AddressState, Person, addresses_of, person
from scheduler.session_places import let_go
from scheduler.sessions import coming_sessions
from scheduler.visits import Visit
from storage import addresses, audit, groups, people
from storage import leaving as ties
from storage.database import Transaction
from storage.locks import lock_people


class NotHere(Refused):
    """Only participants who have not left can leave."""

    def __init__(self, someone: Person) -> None:
        why = f"left on {someone.ended_at.date().isoformat()}" if someone.ended_at else "is staff"
        super().__init__(f"{someone.full_name} (number {someone.id}) {why}; nothing was changed")


@dataclass(frozen=True, slots=True)
class Leaving:
    """What leaving withdraws."""

    person: Person
    visits: tuple[Visit, ...]
    sessions: tuple[Seat, ...]
    groups: tuple[str, ...]
    messages: tuple[int, ...]
    questions: int
    addresses: tuple[Address, ...]


def what_leaves(tx: Transaction, person_id: int) -> Leaving:
    """What would be withdrawn if that participant left now; nothing is changed.

    Raises:
        NoSuchPerson, NotHere.
    """
    someone = person(tx, person_id)
    if someone.kind != "participant" or someone.ended_at is not None:
        raise NotHere(someone)
    return Leaving(
        someone,
        tuple(visit for visit in coming(tx, [person_id]) if visit.starts_at > tx.now),
        tuple(seat for seat in coming_seats(tx, [person_id]) if seat.starts_at > tx.now),
        tuple(row.name for row in groups.names_of(tx, [person_id])),
        tuple(ties.waiting(tx, person_id)),
        ties.open_questions(tx, person_id),
        tuple(addresses_of(tx, person_id)),
    )


def leave(tx: Transaction, person_id: int, *, tell: bool = True) -> Leaving:
    """End somebody's taking part: their visits to come are free for others, their groups go on without them, nothing more is sent but one last word.

    A visit that has begun stays as it is.

    Args:
        tell: say so once, where their words went until now.

    Raises:
        NoSuchPerson, NotHere.
    """
    what_leaves(tx, person_id)  # refuses before anything is locked
    _lock(tx, person_id)
    left = what_leaves(tx, person_id)
    for visit in left.visits:
        free(tx, visit)
        audit.note(tx, "staff", "given_back", person_id=person_id, appointment_id=visit.id)
    for session in coming_sessions(tx, [person_id]):
        if session.starts_at > tx.now:
            let_go(tx, session, person_id)
    ties.leave_groups(tx, person_id)
    ties.withdraw(tx, person_id)
    ties.close_questions(tx, person_id)
    if tell:
        _say_goodbye(tx, left.person)
    ties.unlink(tx, person_id, [address.id for address in left.addresses])
    ties.drop_codes(tx, person_id)
    ties.stop_waiting(tx, person_id)
    people.change_person(tx, person_id, ended_at=tx.now, word_hash=None)
    details = {"visits": [visit.id for visit in left.visits], "addresses": [one.id for one in left.addresses]}
    audit.note(tx, "staff", "ended", person_id=person_id, details=details)
    return left


def _lock(tx: Transaction, person_id: int) -> None:
    """The participant and every specialist whose claim goes, in one statement, as every use case of the diary does."""
    concerned = {visit.specialist_id for visit in coming(tx, [person_id])}
    lock_people(tx, {person_id, *concerned})


def _say_goodbye(tx: Transaction, someone: Person) -> None:
    """To the best address alone; never to one that asked for silence."""
    last = best(addresses.addresses_of(tx, [someone.id]))
    if last is None or last.state != AddressState.ACTIVE:
        return
    post(
        tx,
        Notice(
            key=f"goodbye:{someone.id}:{tx.now.date().isoformat()}",
            purpose=Purpose.NOTICE,
            text="goodbye",
            person_id=someone.id,
            address_id=last.id,
        ),
    )
