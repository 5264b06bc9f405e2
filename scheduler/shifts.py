"""How a group is split into shifts: few enough at a time, even, the same people together each week (source document, C9)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil

from scheduler.errors import Refused

MOST_SHIFTS = 6  # a day; the club's is eight hours long


class NoRoomForAnyone(Refused):
    """Not one person may be in that room."""

    def __init__(self) -> None:
        super().__init__("not one person may be in that room, by its area, its places and the rules")


class TooManyShifts(Refused):
    """The group needs more shifts than a day holds."""

    def __init__(self, people: int, limit: int) -> None:
        super().__init__(f"{people} people, {limit} at a time, need more than {MOST_SHIFTS} shifts a day")
        self.people, self.limit = people, limit


class TooManyTogether(Refused):
    """More people ask to be together than one shift may hold."""

    def __init__(self, people: int, limit: int) -> None:
        super().__init__(f"{people} people ask to be together, and a shift may hold {limit}")
        self.people, self.limit = people, limit


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody to be put into a shift.

    Attributes:
        shift: the one they are in now, from 0; None for who is new.
        together: people of the same word want the same shift.
    """

    person_id: int
    shift: int | None = None
    together: str | None = None


def limit(places: int, area_m2: float, distance_m: float, policy_limit: int) -> int:
    """How many may be in a room at once: the least of its places, a square of the distance each, and the policy's number."""
    return min(places, int(area_m2 / distance_m**2), policy_limit)


def shifts_for(members: int, most: int) -> int:
    """How many shifts that many people need.

    Raises:
        NoRoomForAnyone: `most` is none. TooManyShifts: a day has no room for them.
    """
    if most < 1:
        raise NoRoomForAnyone
    number = max(1, ceil(members / most))
    if number > MOST_SHIFTS:
        raise TooManyShifts(members, most)
    return number


def split(members: Sequence[Member], most: int) -> dict[int, int]:
    """The shift of each person, from 0.

    The best split there is, in this order: as even as those who want to be together allow (even to one, where nobody does),
    and then with the fewest people moved out of the shift they are in. Found exactly, over how full the shifts are.

    Raises:
        NoRoomForAnyone, TooManyShifts, TooManyTogether.
    """
    parties = _parties(members)
    for party in parties:
        if len(party) > most >= 1:
            raise TooManyTogether(len(party), most)
    for number in range(shifts_for(len(members), most), MOST_SHIFTS + 1):
        found = _best(parties, number, most)
        if found is not None:  # else the parties do not fit side by side
            together = zip(parties, found, strict=True)
            return {member.person_id: shift for party, shift in together for member in party}
    raise TooManyShifts(len(members), most)


def slot_of(shift: int, shifts: int, meeting: int) -> int:
    """Which of the day's hours a shift has at its n-th meeting: each has the better hour in its turn."""
    return (shift + meeting) % shifts


def _parties(members: Sequence[Member]) -> list[list[Member]]:
    """Who has to be in one shift, the largest first: those are the hardest to place."""
    by_word: dict[object, list[Member]] = defaultdict(list)
    for member in sorted(members, key=lambda one: one.person_id):
        by_word[member.together if member.together is not None else member.person_id].append(member)
    return sorted(by_word.values(), key=lambda party: (-len(party), party[0].person_id))


def _best(parties: Sequence[Sequence[Member]], number: int, most: int) -> tuple[int, ...] | None:
    """The shift of each party; None if they do not fit into so many shifts."""
    staying = [_staying(party) for party in parties]

    @cache
    def from_here(index: int, full: tuple[int, ...]) -> tuple[tuple[int, int], tuple[int, ...]] | None:
        """The least (unevenness, people moved) for the parties from `index` on, and where they go."""
        if index == len(parties):
            return (sum(people**2 for people in full), 0), ()
        options = []
        for shift in range(number):
            people = full[shift] + len(parties[index])
            rest = (
                from_here(index + 1, (*full[:shift], people, *full[shift + 1 :])) if people <= most else None
            )
            if rest is not None:
                (uneven, moved), where = rest
                moved += sum(staying[index].values()) - staying[index][shift]
                options.append(((uneven, moved), (shift, *where)))
        return min(options, default=None)

    found = from_here(0, (0,) * number)
    return found[1] if found else None


def _staying(party: Sequence[Member]) -> Mapping[int, int]:
    """How many of a party are in each shift now."""
    return Counter(member.shift for member in party if member.shift is not None)
