"""The roll: every participant with their groups and addresses."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from config.centre import Centre
from scheduler.calendar import local
from scheduler.contracts import AHEAD
from scheduler.errors import Refused
from scheduler.people import Address, Person, address_from, called, person_from
from storage import addresses, groups, people
from storage import roll as stored
from storage.database import Transaction


class NobodyCalled(Refused):
    """No participant is meant by that name, or several may be."""

    def __init__(self, name: str, same: int) -> None:
        how_many = f"{same} participants are" if same else "no participant is"
        super().__init__(
            f"{how_many} called '{name}'; the number says who is meant: 'termin participants list'"
        )


@dataclass(frozen=True, slots=True)
class Participant:
    """A line of the roll; `may_be_id` is an earlier participant of that name."""

    person: Person
    may_be_id: int | None
    groups: tuple[str, ...]
    addresses: tuple[Address, ...]


class Only(StrEnum):
    """Which part of the roll: everybody who takes part; of them whose contract ends soon (or has), whom no message reaches, or who may be there twice; or who has left."""

    HERE = "here"
    ENDS = "ends"
    UNREACHED = "unreached"
    MAY_BE = "may_be"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class RollPage:
    """A part of the roll; `next` is whom the next begins after, None at the end."""

    people: list[Participant]
    next: int | None


def roll(tx: Transaction, *, with_ended: bool = False) -> list[Participant]:
    """Every participant by id, those who have left too if asked for."""
    return _with_all(tx, people.participants(tx, with_ended=with_ended))


def roll_page(
    tx: Transaction, centre: Centre, only: Only = Only.HERE, *, after: int | None = None, limit: int = 50
) -> RollPage:
    """So many participants by name, after that person or from the beginning."""
    until = local(tx.now, centre.zone).date() + AHEAD
    rows = stored.page(tx, only, after=after, limit=limit + 1, until=until)
    return RollPage(_with_all(tx, rows[:limit]), rows[limit - 1].id if len(rows) > limit else None)


def _with_all(tx: Transaction, rows: list[Any]) -> list[Participant]:
    """With their groups and addresses."""
    ids = [row.id for row in rows]
    names = _by_person(groups.names_of(tx, ids))
    reached = _by_person(addresses.addresses_of(tx, ids))
    return [
        Participant(
            person_from(row),
            row.may_be_id,
            tuple(one.name for one in names.get(row.id, ())),
            tuple(address_from(one) for one in reached.get(row.id, ())),
        )
        for row in rows
    ]


def groups_of(tx: Transaction, person_id: int) -> set[str]:
    """The names of the groups that person is in."""
    return {row.name for row in groups.names_of(tx, [person_id])}


def participant_called(tx: Transaction, name: str) -> Person:
    """Whoever takes part and has that name, or that number as a person.

    Raises:
        NobodyCalled: nobody has, or several have.
    """
    here = called(tx, "participant", name)
    if len(here) != 1:
        raise NobodyCalled(name[:200], len(here))
    return here[0]


def _by_person(rows: list[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found
