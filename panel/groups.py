"""The groups: who leads them, when they meet, how full they are, and what stands in their way."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from panel.asked import Asked, Page, Show
from panel.group_words import meets, room
from scheduler.calendar import local
from scheduler.errors import Refused
from scheduler.group_shifts import most_at_once
from scheduler.group_split import propose
from scheduler.groups import Group, all_groups
from scheduler.rights import Right
from scheduler.sessions import SessionStatus, sessions_between
from storage import todos


@dataclass(frozen=True, slots=True)
class Line:
    """One group in the list. `split`: "to_confirm" or "impossible" where its shifts need somebody's word."""

    group: Group
    room: str
    leader: str
    meets: str
    most: int
    next_at: datetime | None
    clashes: int
    split: str


def show(asked: Asked) -> Page:
    """Those that go on, by name, and those that are over."""
    known = all_groups(asked.tx)
    names = todos.names(asked.tx, {one.leader_id for one in known if one.leader_id is not None})
    span = (asked.tx.now, asked.tx.now + timedelta(days=asked.centre.rules.horizon_days + 1))
    to_come = [one for one in sessions_between(asked.tx, span) if one.starts_at > asked.tx.now]
    next_at: dict[int, datetime] = {}
    for one in to_come:
        if one.is_planned:
            next_at.setdefault(one.group_id, one.starts_at)
    clashes = Counter(one.group_id for one in to_come if one.status is SessionStatus.CLASH)
    lines = [
        Line(
            one,
            room(asked, one.room),
            names.get(one.leader_id or 0, ""),
            meets(asked, one),
            most_at_once(asked.tx, asked.centre, one.room) if one.room else 0,
            next_at.get(one.id),
            clashes[one.id],
            split_state(asked, one),
        )
        for one in known
    ]
    today = local(asked.tx.now, asked.centre.zone).date()
    return Page(
        "groups.html",
        {
            "lines": [one for one in lines if not one.group.is_over(today)],
            "over": [one for one in lines if one.group.is_over(today)],
        },
    )


def split_state(asked: Asked, group: Group) -> str:
    """Whether staff have to look at its shifts: "to_confirm", "impossible", or "" if all is well."""
    if group.room is None or not group.members:
        return ""
    try:
        return "to_confirm" if propose(asked.tx, asked.centre, group).is_new else ""
    except Refused:
        return "impossible"


PAGES = (Show("/groups", show, Right.GROUPS),)
