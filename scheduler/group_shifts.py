"""How many of a group come at a time: the limit of its room, the split into shifts that staff confirm, and when it no longer fits.

Nobody is moved silently: what would be better is a to-do, once for each change of members or rules.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zlib import crc32

from config.centre import Centre
from scheduler.errors import Refused
from scheduler.policies import Policy, policy
from scheduler.shifts import Member, limit, split
from scheduler.todos import open_todo
from storage import todos
from storage.database import Transaction


class DayTooShort(Refused):
    """The last shift would end when the club's day is over."""

    def __init__(self, shifts: int) -> None:
        super().__init__(f"{shifts} shifts, one after the other, would end after the club's day")


def most_at_once(tx: Transaction, centre: Centre, room_code: str) -> int:
    """How many people may be in that room, now and up to the horizon: by its places, its area and the distance, and the policy."""
    if not centre.has_room(room_code):
        return 0
    horizon = tx.now + timedelta(days=centre.rules.horizon_days)
    return min(_most(centre, room_code, policy(tx, centre, at)) for at in (tx.now, horizon))


def proposal(tx: Transaction, centre: Centre, group: Any, members: Sequence[Any]) -> dict[int, int]:
    """The best split of a group now: each person's shift, from 0.

    Raises:
        Refused: no split will do, and why.
    """
    wanted = [Member(one.person_id, one.shift, one.together) for one in members]
    shifts = split(wanted, most_at_once(tx, centre, group.room))
    _check_day(tx, centre, group, number_of(shifts))
    return shifts


def number_of(shifts: Mapping[int, int]) -> int:
    """How many shifts a split has; one, if nobody is in it."""
    return max(shifts.values(), default=0) + 1


def in_force(tx: Transaction, centre: Centre, group: Any, members: Sequence[Any]) -> int | None:
    """How many shifts a group comes in now; None as long as it may not meet until staff have confirmed a split.

    Staff have a to-do where another split would be better, or none will do.
    """
    most = most_at_once(tx, centre, group.room)
    try:
        better = proposal(tx, centre, group, members)
    except Refused:
        _open(tx, group, "todo_group_too_large", members, most)
        return None
    sizes = Counter(one.shift for one in members if one.shift is not None)
    if not sizes and number_of(better) == 1:
        return 1
    if better != {one.person_id: one.shift for one in members}:
        _open(tx, group, "todo_group_to_split", members, most, number_of(better))
    return max(sizes) + 1 if sizes and max(sizes.values()) <= most else None


def confirmed(tx: Transaction, group_id: int) -> None:
    """Staff have looked at the split: what asked them to is done."""
    todos.close(tx, f"split:{group_id}:")


def _most(centre: Centre, room_code: str, rules: Policy) -> int:
    room = centre.room(room_code)
    return limit(len(room.stations), room.area_m2, rules.distance_m, rules.group_limit)


def _check_day(tx: Transaction, centre: Centre, group: Any, shifts: int) -> None:
    """Nobody is to be on their way home when the club's quiet hours have begun."""
    if group.starts is None:
        return
    gap = policy(tx, centre, tx.now).group_gap_minutes
    lasts = timedelta(minutes=shifts * group.minutes + (shifts - 1) * gap)
    ends = datetime.combine(date.min, group.starts) + lasts
    if ends > datetime.combine(date.min, centre.rules.quiet_from):
        raise DayTooShort(shifts)


def _open(
    tx: Transaction, group: Any, text: str, members: Sequence[Any], most: int, shifts: int | None = None
) -> None:
    """Once for each change of who belongs to it, who wants to be together, where it meets, and how many may."""
    who = [(one.person_id, one.shift, one.together) for one in members]
    mark = crc32(repr((text, who, most, group.room, group.starts, group.minutes)).encode())
    params = {"group": group.name, "members": len(members), "most": most, "shifts": shifts}
    open_todo(tx, key=f"split:{group.id}:{mark}", text=text, params=params)
