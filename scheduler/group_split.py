"""The split of a group into shifts: proposed by the club, confirmed by staff, and told once to whoever comes at other times."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from config.centre import Centre
from scheduler import group_shifts
from scheduler.calendar import local
from scheduler.free_times import last_day
from scheduler.groups import Group, Incomplete
from scheduler.policies import policy
from scheduler.series import Series, meetings
from scheduler.sessions_ahead import make_anew
from scheduler.shifts import slot_of
from storage import audit, groups, sessions
from storage.database import Transaction
from storage.locks import lock_people


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift: who is in it, who of them is not in it yet, and when it arrives at the next meetings, turn by turn."""

    people: tuple[tuple[int, str], ...]
    new: frozenset[int]
    arrivals: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """A proposal: at most so many at once, in these shifts. `is_new` if staff have not confirmed it yet."""

    most: int
    shifts: tuple[Shift, ...]
    is_new: bool


def propose(tx: Transaction, centre: Centre, group: Group) -> Split:
    """The best split of that group now.

    Raises:
        Incomplete: it is not said yet where it meets. Refused: no split will do, and why.
    """
    return _split(tx, centre, group)[0]


def confirm(tx: Transaction, centre: Centre, group: Group, *, by: int | None = None) -> Split:
    """Staff say yes to it: from now on the group comes so; sessions to come follow, and everybody who changes is told once.

    Raises:
        Incomplete, Refused: as `propose`.
    """
    people = {one.person_id for one in sessions.members(tx, group.id)}
    lock_people(tx, people | ({group.leader_id} if group.leader_id else set()))
    found, shifts = _split(tx, centre, group)
    for person_id, shift in shifts.items():
        groups.change_member(tx, person_id, group.id, shift=shift if len(found.shifts) > 1 else None)
    group_shifts.confirmed(tx, group.id)
    details = {"group": group.id, "shifts": len(found.shifts)}
    audit.note(tx, "staff", "group_split", actor_id=by, details=details)
    make_anew(tx, centre, group.id)
    return found


def _split(tx: Transaction, centre: Centre, group: Group) -> tuple[Split, Mapping[int, int]]:
    if group.room is None:
        raise Incomplete(group.name, ["room"])
    members = sessions.members(tx, group.id)
    shifts = group_shifts.proposal(tx, centre, group, members)
    number = group_shifts.number_of(shifts)
    now = {one.person_id: one.shift for one in members}
    is_new = now != (shifts if number > 1 else dict.fromkeys(now))
    arrivals = _arrivals(tx, centre, group, number)
    made = (
        Shift(
            tuple((one.person_id, one.full_name) for one in members if shifts[one.person_id] == shift),
            frozenset(one for one in now if shifts[one] == shift and (now[one] or 0) != shift),
            arrivals[shift],
        )
        for shift in range(number)
    )
    return Split(group_shifts.most_at_once(tx, centre, group.room), tuple(made), is_new), shifts


def _arrivals(tx: Transaction, centre: Centre, group: Group, number: int) -> list[tuple[datetime, ...]]:
    """When each shift comes at the next meetings, until each has had its turn at every hour."""
    if not group.meets:
        return [()] * number
    known: Any = group
    series = Series(known.rule, known.first_day, known.starts, known.minutes)
    days = (local(tx.now, centre.zone).date(), last_day(centre, tx.now))
    next_ = [one for one in meetings(series, days, centre.zone, lambda _: True) if one.starts_at > tx.now]
    turn = timedelta(minutes=known.minutes) + policy(tx, centre, tx.now).gap
    return [
        tuple(one.starts_at + slot_of(shift, number, one.number) * turn for one in next_[:number])
        for shift in range(number)
    ]
