"""What staff did to a group's session, taken back: it takes place after all, or where it was before it moved."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from config.centre import Centre
from scheduler import session_reminders
from scheduler.calendar import local
from scheduler.errors import NothingToUndo, SlotInPast
from scheduler.groups import group_of
from scheduler.session_changes import check_room, locked, put_elsewhere, put_there, whom
from scheduler.session_heard import Heard
from scheduler.session_news import tell_changed
from scheduler.session_places import clear
from scheduler.sessions import Session, SessionStatus, session
from storage import audit, session_undo, sessions
from storage.database import Transaction


def moved_from(tx: Transaction, about: Session) -> Session | None:
    """It as it was before staff moved it; None if that can't be undone."""
    was = session_undo.before(tx, about.id)
    if was.was_at is None or not about.is_planned:
        return None
    return _at(about, was.was_at, was.was_room)


def undo_move(tx: Transaction, centre: Centre, session_id: int, *, by: int | None = None) -> Session:
    """Put it back where it was; what was answered for that time counts again.

    Whoever has not been written to of the move yet hears nothing of it, the others are told once.

    Args:
        by: the member of staff who does; None if that is not known. So in all of these.

    Raises:
        SessionClash: its old place is taken, and it stays where it is.
        NothingToUndo, SlotInPast, SessionOver, NoSuchSession, RoomTooSmall.
    """
    now = locked(tx, session_id)
    was = moved_from(tx, now)
    if was is None:
        raise NothingToUndo
    _check(tx, centre, now, was)

    def change() -> dict[str, Any]:
        clear(tx, now)
        session_undo.restore_answers(tx, now.id)
        was_by_hand = session_undo.before(tx, now.id).was_by_hand
        return {"by_hand": was_by_hand, "was_at": None, "was_room_id": None, "was_by_hand": None}

    heard = put_there(tx, centre, now, was, change)
    return _told(tx, centre, session(tx, session_id), heard, by)


def stand_again(
    tx: Transaction,
    centre: Centre,
    session_id: int,
    *,
    starts_at: datetime | None = None,
    room: str | None = None,
    by: int | None = None,
) -> Session:
    """Let a session that staff called off take place after all; whoever had given their place back does not come.

    Args:
        starts_at: at another time; what was answered counts no more then.
        room: its code, if it is in another.

    Raises:
        SessionClash: something stands in its way there, and it stays called off.
        NothingToUndo, SlotInPast, SessionOver, NoSuchSession, NoSuchRoom, RoomTooSmall.
    """
    off = locked(tx, session_id)
    if off.status is not SessionStatus.CALLED_OFF or not off.by_hand:
        raise NothingToUndo
    again = _at(off, starts_at or off.starts_at, room or off.room)
    _check(tx, centre, off, again)

    def change() -> dict[str, Any]:
        was = session_undo.before(tx, off.id)
        if was.was_at is not None:  # it had moved, and stays so
            return {}
        return {"by_hand": was.was_by_hand is not False, "was_by_hand": None}

    if again == off:
        heard = put_there(tx, centre, off, again, change)
    else:
        heard = put_elsewhere(tx, centre, off, again)
    return _told(tx, centre, session(tx, session_id), heard, by)


def _at(one: Session, starts_at: datetime, room: str) -> Session:
    return replace(one, starts_at=starts_at, ends_at=starts_at + (one.ends_at - one.starts_at), room=room)


def _check(tx: Transaction, centre: Centre, now: Session, then: Session) -> None:
    if then.starts_at <= tx.now:
        raise SlotInPast
    if group_of(tx, now.group_id).is_over(local(then.starts_at, centre.zone).date()):
        raise NothingToUndo
    if then.room != now.room:
        check_room(tx, centre, then)


def _told(
    tx: Transaction, centre: Centre, stands: Session, heard: dict[int, Heard], by: int | None
) -> Session:
    """Who had said that they come has only the last reminder; who comes no more is not told that it takes place."""
    for person_id in session_undo.comes(tx, stands.id):
        session_reminders.settle(tx, stands.id, person_id)
    coming = sessions.claimed_by(tx, stands.id)
    was_off = {one for one, what in heard.items() if what.is_off}
    tell_changed(tx, centre, stands, heard, whom(tx, stands) - (was_off - coming))
    audit.note(tx, "staff", "session_undone", actor_id=by, details={"session": stands.id})
    return stands
