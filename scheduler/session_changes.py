"""Move a group's session, or call it off: everybody who belongs to it is told once. Or let somebody else lead it."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from config.centre import Centre
from scheduler.clashes import Obstacle, Place, SessionClash, obstacles, settled_leader
from scheduler.errors import NoSuchRoom, Refused, SlotInPast
from scheduler.group_shifts import most_at_once
from scheduler.people import person
from scheduler.policies import policy
from scheduler.session_heard import Heard, take_back
from scheduler.session_news import tell_changed
from scheduler.session_places import clear, put
from scheduler.sessions import Session, SessionStatus, members_of, session
from scheduler.todos import NotOnStaff
from storage import audit, claims, groups, session_undo, sessions
from storage.database import Transaction
from storage.locks import lock_people


class SessionOver(Refused):
    """It has begun."""

    def __init__(self, session_id: int) -> None:
        super().__init__(f"session {session_id} has begun, and can't be changed any more")


class SessionOff(Refused):
    """It was called off before."""

    def __init__(self, session_id: int) -> None:
        super().__init__(f"session {session_id} was called off already")


class RoomTooSmall(Refused):
    """Fewer may be in that room at once than belong to the session."""

    def __init__(self, room: str, most: int) -> None:
        super().__init__(
            f"at most {most} may be in room {room} at once, by its area, its places and the rules"
        )
        self.most = most


def move(
    tx: Transaction,
    centre: Centre,
    session_id: int,
    starts_at: datetime,
    *,
    room: str | None = None,
    by: int | None = None,
) -> Session:
    """Put a session at another time, whatever its series says; what was answered for the old time counts no more.

    Args:
        room: its code, if it is in another too.
        by: the member of staff who does; None if that is not known.

    Raises:
        SessionClash: something stands in its way there, and it stays where it was.
        SessionOver, SessionOff, NoSuchSession, SlotInPast, NoSuchRoom, RoomTooSmall.
    """
    before = _locked(tx, session_id)
    if starts_at <= tx.now:
        raise SlotInPast
    ends_at = starts_at + (before.ends_at - before.starts_at)
    after = replace(before, starts_at=starts_at, ends_at=ends_at, room=room or before.room)
    if after == before and before.is_planned:
        return before
    if after.room != before.room:
        check_room(tx, centre, after)
    heard = put_elsewhere(tx, centre, before, after)
    moved = session(tx, session_id)
    tell_changed(tx, centre, moved, heard, whom(tx, moved))
    audit.note(tx, "staff", "session_moved", actor_id=by, details={"session": session_id})
    return moved


def lead(
    tx: Transaction, centre: Centre, session_id: int, leader_id: int, *, by: int | None = None
) -> Session:
    """Let somebody else of the staff lead that session; whoever comes to it is not told, for nothing changes for them.

    Raises:
        SessionClash: they are elsewhere then, or away, and it stays as it was.
        NotOnStaff, NoSuchPerson, SessionOver, SessionOff, NoSuchSession.
    """
    before = _locked(tx, session_id, leader_id)
    someone = person(tx, leader_id)
    if someone.kind != "staff" or someone.ended_at is not None:
        raise NotOnStaff(leader_id)
    if leader_id == before.leader_id:
        return before
    after = replace(before, leader_id=leader_id)
    try:
        with tx.savepoint():
            _hand_over(tx, centre, before, after)
    except claims.Overlap:
        raise SessionClash([]) from None
    details = {"session": session_id, "was": before.leader_id, "leader": leader_id}
    audit.note(tx, "staff", "session_led", actor_id=by, details=details)
    return session(tx, session_id)


def call_off(tx: Transaction, centre: Centre, session_id: int, *, by: int | None = None) -> Session:
    """The session does not take place; its time and everybody's is free at once.

    Raises:
        SessionOver, SessionOff, NoSuchSession.
    """
    before = _locked(tx, session_id)
    heard = take_back(tx, before, everybody(tx, before))
    off, people = drop(tx, before, by=by)
    tell_changed(tx, centre, off, heard, people)
    return off


def drop(tx: Transaction, before: Session, *, by: int | None = None) -> tuple[Session, set[int]]:
    """The same, and nobody is told: who has locked its people does that. Return the session and who is to be told."""
    people = whom(tx, before) - sessions.declined(tx, before.id)
    clear(tx, before)
    off = replace(before, status=SessionStatus.CALLED_OFF, version=before.version + 1, by_hand=True)
    session_undo.keep_hand(tx, before.id)
    sessions.update_session(tx, before.id, status=off.status, version=off.version, by_hand=True)
    audit.note(tx, "staff", "session_off", actor_id=by, details={"session": before.id})
    return off, people


def concerned(tx: Transaction, those: Collection[Session]) -> set[int]:
    """Everybody whom those sessions concern: to be locked before they are changed."""
    return {person_id for one in those for person_id in whom(tx, one)}


def put_elsewhere(tx: Transaction, centre: Centre, before: Session, after: Session) -> dict[int, Heard]:
    """Let it take place there, with nobody's answer; return what everybody had heard of it.

    Raises:
        SessionClash: and nothing has changed.
    """

    def change() -> dict[str, Any]:
        if before.status is not SessionStatus.CALLED_OFF:
            clear(tx, before)
        session_undo.set_answers_aside(tx, before.id)
        was = {"was_at": before.starts_at, "was_room_id": groups.room_id(tx, before.room)}
        return was | {"was_by_hand": before.by_hand, "by_hand": True}

    return put_there(tx, centre, before, after, change)


def put_there(
    tx: Transaction, centre: Centre, before: Session, after: Session, change: Callable[[], dict[str, Any]]
) -> dict[int, Heard]:
    """The same in general: `change` makes what it was before leave, and says what else to write of it."""
    try:
        with tx.savepoint():
            heard = take_back(tx, before, everybody(tx, before))
            values = change() | {"room_id": groups.room_id(tx, after.room)}
            values |= {"starts_at": after.starts_at, "ends_at": after.ends_at, "version": before.version + 1}
            sessions.update_session(tx, after.id, status=SessionStatus.CLASH, **values)
            put(tx, centre, session(tx, after.id), sessions.members(tx, after.group_id))
    except claims.Overlap:  # somebody had it this moment
        raise SessionClash(_obstacles(tx, centre, after)) from None
    return heard


def _obstacles(tx: Transaction, centre: Centre, one: Session) -> list[Obstacle]:
    return obstacles(tx, centre, one, Place.of(tx, centre, one, policy(tx, centre, one.starts_at)))


def check_room(tx: Transaction, centre: Centre, after: Session) -> None:
    """Raises NoSuchRoom, RoomTooSmall."""
    if not centre.has_room(after.room):
        raise NoSuchRoom(after.room)
    most = most_at_once(tx, centre, after.room)
    if len(members_of(tx, after)) > most:
        raise RoomTooSmall(after.room, most)


def _hand_over(tx: Transaction, centre: Centre, before: Session, after: Session) -> None:
    """One that is planned keeps everybody's answers and reminders; one that was in somebody's way may take place now."""
    sessions.update_session(tx, after.id, leader_id=after.leader_id, by_hand=True)
    if not before.is_planned:
        put(tx, centre, after, sessions.members(tx, after.group_id))
        return
    claims.release_session(tx, after.id, before.leader_id)
    if found := _obstacles(tx, centre, after):
        raise SessionClash(found)
    wanted = [claims.Claim(after.starts_at, after.ends_at, person_id=after.leader_id)]
    claims.end_holds(tx, wanted, person_id=0)
    claims.take(tx, wanted, session_id=after.id)
    settled_leader(tx, before)


def locked(tx: Transaction, session_id: int, *others: int) -> Session:
    """Lock whom it concerns, look at it again, and see that it has not begun.

    Raises:
        SessionOver, NoSuchSession.
    """
    lock_people(tx, {*others, *everybody(tx, session(tx, session_id))})
    now = session(tx, session_id)
    if now.starts_at <= tx.now:
        raise SessionOver(session_id)
    return now


def _locked(tx: Transaction, session_id: int, *others: int) -> Session:
    now = locked(tx, session_id, *others)
    if now.status is SessionStatus.CALLED_OFF:
        raise SessionOff(session_id)
    return now


def everybody(tx: Transaction, one: Session) -> set[int]:
    """Its leader, and all of its group."""
    return {one.leader_id, *(member.person_id for member in sessions.members(tx, one.group_id))}


def whom(tx: Transaction, one: Session) -> set[int]:
    """Its leader, and who belongs to it."""
    return {one.leader_id, *(member.person_id for member in members_of(tx, one))}
