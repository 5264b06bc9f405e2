"""The roll: every participant with their groups and addresses."""

from dataclasses import dataclass
from typing import Any

from scheduler.errors import Refused
from scheduler.names import name_key
from scheduler.people import Address, Person, address_from, person_from
from storage import addresses, groups, people
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


def roll(tx: Transaction, *, with_ended: bool = False) -> list[Participant]:
    """Every participant by id, those who have left too if asked for."""
    rows = people.participants(tx, with_ended=with_ended)
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


def participant_called(tx: Transaction, name: str) -> Person:
    """Whoever takes part and has that name, or that number as a person.

    Raises:
        NobodyCalled: nobody has, or several have.
    """
    if name.isdecimal():
        numbered = people.person_of(tx, int(name))
        same = [numbered] if numbered and numbered.kind == "participant" else []
    else:
        same = list(people.namesakes(tx, "participant", name_key(name)))
    here = [row for row in same if row.ended_at is None]
    if len(here) != 1:
        raise NobodyCalled(name[:200], len(here))
    return person_from(here[0])


def _by_person(rows: list[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found
