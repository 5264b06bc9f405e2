"""One group: facts, who belongs to it, what is behind it and what is ahead, and what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from panel.asked import Act, Answer, Asked, Go, Page, Show
from panel.fields import Fields
from panel.group_words import meets, room
from panel.groups import split_state
from panel.in_the_way import InTheWay, in_words
from panel.times import number
from scheduler.calendar import local
from scheduler.clashes import shown
from scheduler.finding import find, is_enough
from scheduler.group_shifts import most_at_once
from scheduler.groups import Group, TwoGroups, group_of, join, leave
from scheduler.names import name_key
from scheduler.people import person
from scheduler.rights import Right
from scheduler.sessions import Session, SessionStatus, session_from
from scheduler.turnout import Turnout, turnout
from storage import sessions, todos

FOUND = 8
BEHIND = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Line:
    """One session of it; `room` and `leader` are empty where they are the group's own."""

    session: Session
    turnout: Turnout
    room: str
    leader: str
    in_the_way: Sequence[InTheWay] = ()


def show(asked: Asked) -> Page:
    """All that there is to see of it."""
    return _page(asked, group_of(asked.tx, asked.path["id"]))


def look(asked: Asked) -> Page:
    """Whoever may be meant, to be made a member."""
    group, text = group_of(asked.tx, asked.path["id"]), asked.form.get("q", "")
    errors = {} if is_enough(text) else {"q": asked.say("book_too_short")}
    found = find(asked.tx, text, FOUND + 1)
    more = {"q": text, "errors": errors, "found": found[:FOUND], "is_more": len(found) > FOUND}
    page = _page(asked, group)
    return Page(page.template, {**page.values, **more}, 422 if errors else 200)


def add_member(asked: Asked) -> Answer:
    """Somebody belongs to it; if another group of theirs meets that day, it is asked first."""
    group = group_of(asked.tx, asked.path["id"])
    who = person(asked.tx, number(asked.form.get("person")) or 0)
    try:
        with asked.tx.savepoint():
            join(asked.tx, asked.centre, group, who.id, by=asked.staff.person_id)
    except TwoGroups:
        return Page("person_two_groups.html", {"someone": who, "group": group}, 422)
    return Go(f"/panel/groups/{group.id}", "done_group_joined")


def drop_member(asked: Asked) -> Answer:
    """Somebody belongs to it no more, from a day on."""
    group, fields = group_of(asked.tx, asked.path["id"]), Fields(asked)
    who = person(asked.tx, number(asked.form.get("member")) or 0)
    on = fields.day("leaves_on", required=False)
    if fields.errors:
        page = _page(asked, group)
        return Page(page.template, {**page.values, "errors": fields.errors}, 422)
    leave(asked.tx, asked.centre, group, who.id, on=on, by=asked.staff.person_id)
    return Go(f"/panel/groups/{group.id}", "done_group_left")


def _page(asked: Asked, group: Group) -> Page:
    today = local(asked.tx.now, asked.centre.zone).date()
    behind, ahead = _sessions(asked, group)
    names = todos.names(asked.tx, {group.leader_id or 0})
    members = sorted(sessions.members(asked.tx, group.id), key=lambda one: name_key(one.full_name))
    values: dict[str, Any] = {
        "group": group,
        "room": room(asked, group.room),
        "most": most_at_once(asked.tx, asked.centre, group.room) if group.room else 0,
        "leader": names.get(group.leader_id or 0, ""),
        "meets": meets(asked, group),
        "last_day": group.ended_on - timedelta(days=1) if group.ended_on else None,
        "is_over": group.is_over(today),
        "split": split_state(asked, group),
        "members": members,
        "by_shift": by_shift(members),
        "choices": [(one.person_id, one.full_name) for one in members],
        "today": today.isoformat(),
        "behind": behind,
        "ahead": ahead,
        "shifts": len({one.session.shift for one in ahead}) > 1,
        "q": "",
        "errors": {},
        "found": None,
        "is_more": False,
    }
    return Page("group.html", values)


def by_shift(members: Sequence[Any]) -> list[tuple[int | None, list[Any]]]:
    """Who is in which shift; those in none yet come last."""
    found: dict[int | None, list[Any]] = {}
    for one in sorted(members, key=lambda one: (one.shift is None, one.shift or 0)):
        found.setdefault(one.shift, []).append(one)
    return list(found.items())


def _sessions(asked: Asked, group: Group) -> tuple[list[Line], list[Line]]:
    """Those that have begun, the latest first, and those that have not; not those of times that it had before."""
    since = local(asked.tx.now - BEHIND, asked.centre.zone).date()
    rows = map(session_from, sessions.sessions_of(asked.tx, group.id, since))
    known = [one for one in rows if one.by_hand or one.status is not SessionStatus.CALLED_OFF]
    counts = turnout(asked.tx, known)
    ids = {one.id for one in known if one.starts_at > asked.tx.now}
    stands = shown(asked.tx, ids)
    lines = [
        Line(
            one,
            counts[one.id],
            room(asked, one.room) if one.room != group.room else "",
            counts[one.id].leader if one.leader_id != group.leader_id else "",
            in_words(asked, stands.get(one.id, ())),
        )
        for one in known
    ]
    behind = [one for one in reversed(lines) if one.session.id not in ids]
    return behind, [one for one in lines if one.session.id in ids]


PAGES = (
    Show("/groups/{id:int}", show, Right.GROUPS),
    Act("/groups/{id:int}/find", look, Right.GROUPS),
    Act("/groups/{id:int}/join", add_member, Right.GROUPS),
    Act("/groups/{id:int}/leave", drop_member, Right.GROUPS),
)
