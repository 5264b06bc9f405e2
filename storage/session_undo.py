"""What staff's last change of a group's session can be undone to, and what of its news nobody has heard yet."""

from typing import Any

from sqlalchemy import bindparam, case, delete, func, null, select, update

from storage import todos
from storage.database import Transaction
from storage.ledger import WITHDRAWN
from storage.tables import attempt, attendance, message, room, todo
from storage.tables import session as session_
from storage.tables.base import UtcDateTime

NEWS = ("session_moved", "session_off", "session_on")  # of one session alone
CALLS = ("todo_tell_session_moved", "todo_tell_called_off", "todo_tell_session_on")


def before(tx: Transaction, session_id: int) -> Any:
    """Where it was before it moved, as `was_at` and `was_room`, and whether it `was_by_hand`; all None if nothing can be undone."""
    return tx.connection.execute(_BEFORE, {"session": session_id}).one()


def keep_hand(tx: Transaction, session_id: int) -> None:
    """Keep whether staff had changed it before what they do now; of one that moved, before that."""
    tx.connection.execute(_KEEP_HAND, {"of": session_id})


def set_answers_aside(tx: Transaction, session_id: int) -> None:
    """What was answered counts no more, for the session is at another time; it is kept in case it comes back."""
    tx.connection.execute(_ASIDE, {"session": session_id})


def restore_answers(tx: Transaction, session_id: int) -> None:
    """What was answered before the session moved counts again, and what was answered since does not."""
    tx.connection.execute(_RESTORE, {"session": session_id})
    tx.connection.execute(_TIDY, {"session": session_id})


def comes(tx: Transaction, session_id: int) -> list[int]:
    """Who has said that they come, by id."""
    return list(tx.connection.execute(_COMES, {"session": session_id}).scalars())


def recall(tx: Transaction, session_id: int) -> list[tuple[int, dict[str, Any]]]:
    """Take back what waits to be said of the session's last change, and to be told by phone; what is on its way is not tried again.

    Returns:
        Of each word that nobody can have heard: to whom, and its parameters. Not of one that was tried, nor of a call that
        somebody has begun with.
    """
    about = {"session": session_id}
    for message_id in tx.connection.execute(_LOST, about).scalars().all():
        todos.close_one(tx, f"not_reached:{message_id}")
    words = tx.connection.execute(_RECALL, about).all()
    calls = tx.connection.execute(_NO_CALL, {"begins": f"group:{session_id}:%", "now": tx.now}).all()
    tried = set(tx.connection.execute(_TRIED, about).scalars())
    unheard = [
        (row.person_id, row.params) for row in words if row.status == "withdrawn" and row.id not in tried
    ]
    return unheard + [(row.person_id, row.params) for row in calls if row.taken_at is None]


# Built once: to build a statement anew costs as much as to run it.
_BEFORE = (
    select(session_.c.was_at, session_.c.was_by_hand, room.c.code.label("was_room"))
    .outerjoin(room, room.c.id == session_.c.was_room_id)
    .where(session_.c.id == bindparam("session"))
)
_KEEP_HAND = (
    update(session_)
    .where(session_.c.id == bindparam("of"))
    .values(was_by_hand=func.coalesce(session_.c.was_by_hand, session_.c.by_hand))
)
_OPEN = attendance.c.session_id == bindparam("session"), attendance.c.presence.is_(None)
_ASIDE = update(attendance).where(*_OPEN).values(answer_before=attendance.c.answer, answer=null())
_RESTORE = update(attendance).where(*_OPEN).values(answer=attendance.c.answer_before, answer_before=null())
_TIDY = delete(attendance).where(*_OPEN, attendance.c.answer.is_(None))
_COMES = (
    select(attendance.c.person_id)
    .where(attendance.c.session_id == bindparam("session"), attendance.c.answer == "coming")
    .order_by(attendance.c.person_id)
)
_OF_NEWS = message.c.session_id == bindparam("session"), message.c.text.in_(NEWS)
_LOST = select(message.c.id).where(*_OF_NEWS, message.c.status.in_(("failed", "expired")))
_TRIED = select(attempt.c.message_id).join(message, message.c.id == attempt.c.message_id).where(*_OF_NEWS)
_RECALL = (
    update(message)
    .where(*_OF_NEWS, message.c.status.in_(("waiting", "sending", "unknown", "sent")))
    .values(
        status=case((message.c.status == "waiting", "withdrawn"), else_=message.c.status), reason=WITHDRAWN
    )
    .returning(message.c.id, message.c.person_id, message.c.params, message.c.status)
)
_NO_CALL = (
    update(todo)
    .where(todo.c.key.like(bindparam("begins")), todo.c.text.in_(CALLS), todo.c.done_at.is_(None))
    .values(done_at=bindparam("now", type_=UtcDateTime()))
    .returning(todo.c.person_id, todo.c.params, todo.c.taken_at)
)
