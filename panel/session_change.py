"""Changing one session of a group: whom it concerns is shown first; then it is moved, led by somebody else, or called off in one step."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from panel.asked import Act, Answer, Asked, Go, Page, Show
from panel.fields import Fields
from panel.group_words import choices, room
from panel.in_the_way import in_words
from panel.refusals import reason
from panel.times import number
from scheduler.clashes import SessionClash, shown
from scheduler.errors import Refused
from scheduler.rights import Right
from scheduler.session_changes import RoomTooSmall, call_off, lead, move
from scheduler.session_told import concerned
from scheduler.sessions import Session, SessionStatus, session
from scheduler.turnout import turnout


def show(asked: Asked) -> Page:
    """What it is now, who would be told and how, and what can be done."""
    return _page(asked, session(asked.tx, asked.path["id"]), {})


def put_elsewhere(asked: Asked) -> Answer:
    """Another day, time or room."""
    about, fields = session(asked.tx, asked.path["id"]), Fields(asked)
    day, clock = fields.day("day"), fields.clock("time")
    to_room = fields.one_of("room", {one.code for one in asked.centre.rooms})
    at = fields.moment(day, clock, "time") if day and clock else None
    if fields.errors or at is None:
        return _page(asked, about, fields.errors)
    try:
        with asked.tx.savepoint():
            move(asked.tx, asked.centre, about.id, at, room=to_room, by=asked.staff.person_id)
    except Refused as error:
        name = "room" if isinstance(error, RoomTooSmall) else "day"
        return _page(asked, about, {name: why(asked, error)})
    return Go(f"/panel/groups/{about.group_id}", "done_session_moved")


def hand_over(asked: Asked) -> Answer:
    """Somebody else leads it."""
    about = session(asked.tx, asked.path["id"])
    try:
        with asked.tx.savepoint():
            leader_id = number(asked.form.get("leader")) or 0
            lead(asked.tx, asked.centre, about.id, leader_id, by=asked.staff.person_id)
    except SessionClash as error:
        return _page(asked, about, {"leader": why(asked, error)})
    return Go(f"/panel/groups/{about.group_id}", "done_session_led")


def drop(asked: Asked) -> Go:
    """It does not take place."""
    off = call_off(asked.tx, asked.centre, asked.path["id"], by=asked.staff.person_id)
    return Go(f"/panel/groups/{off.group_id}", "done_session_off")


def why(asked: Asked, error: Refused) -> str:
    """Why not, and what stands in the way."""
    if isinstance(error, RoomTooSmall):
        return asked.say("session_room_too_small", most=error.most)
    if not isinstance(error, SessionClash):
        return reason(asked.words, error)
    found = [one.text for one in in_words(asked, error.obstacles)]
    return asked.say("session_clashes", what="; ".join(dict.fromkeys(found)) or asked.say("way_held"))


def _page(asked: Asked, about: Session, errors: Mapping[str, str]) -> Page:
    can_change = about.status is not SessionStatus.CALLED_OFF and about.starts_at > asked.tx.now
    values: dict[str, Any] = {
        "session": about,
        "room": room(asked, about.room),
        "leader": turnout(asked.tx, [about])[about.id].leader,
        "in_the_way": in_words(asked, shown(asked.tx, [about.id]).get(about.id, ())),
        "people": concerned(asked.tx, about),
        "can_change": can_change,
        "given": _given(asked, about.starts_at, about) | dict(asked.form),
        "errors": errors,
        **choices(asked),
    }
    return Page("session_change.html", values, 422 if errors else 200)


def _given(asked: Asked, at: datetime, about: Session) -> dict[str, str]:
    local = asked.words.local(at)
    return {
        "day": local.date().isoformat(),
        "time": f"{local:%H:%M}",
        "room": about.room,
        "leader": str(about.leader_id),
    }


PAGES = (
    Show("/sessions/{id:int}/change", show, Right.GROUPS),
    Act("/sessions/{id:int}/move", put_elsewhere, Right.GROUPS),
    Act("/sessions/{id:int}/lead", hand_over, Right.GROUPS),
    Act("/sessions/{id:int}/call-off", drop, Right.GROUPS),
)
