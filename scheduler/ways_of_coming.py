"""How somebody will come to a visit that stands: late, or not alone."""

from typing import Any

from scheduler.booked import visit
from scheduler.errors import VisitOver
from scheduler.todos import open_todo
from scheduler.visits import Visit
from storage import audit, visits
from storage.database import Transaction
from storage.locks import lock_people

NOT_SAID = 0  # late, and nobody said by how much


def late(tx: Transaction, *, visit_id: int, minutes: int | None, by: int | None = None) -> Visit:
    """They come, but so many minutes late (None: not said); the visit stands.

    Args:
        by: the member of staff who notes it; None if they said so themselves.

    Raises:
        NoSuchVisit, VisitOver.
    """
    return _note(tx, visit_id, "late", by, late_minutes=minutes or NOT_SAID)


def accompanied(tx: Transaction, *, visit_id: int, by: int | None = None) -> Visit:
    """Somebody comes along. There is room for one client at a station: staff have to agree to it.

    Args:
        by: the member of staff who notes it, and so has agreed; None if they said so themselves.

    Raises:
        NoSuchVisit, VisitOver.
    """
    stands = _note(tx, visit_id, "accompanied", by, accompanied=True)
    if by is not None:
        return stands
    open_todo(
        tx,
        key=f"accompanied:{stands.id}:{stands.version}",
        text="todo_accompanied",
        params={"starts_at": stands.starts_at.isoformat()},
        person_id=stands.participant_id,
        appointment_id=stands.id,
        due_at=stands.starts_at,
    )
    return stands


def as_usual(tx: Transaction, *, visit_id: int, by: int) -> Visit:
    """Staff take back that they come late, or not alone.

    Raises:
        NoSuchVisit, VisitOver.
    """
    return _note(tx, visit_id, "as_usual", by, late_minutes=None, accompanied=False)


def _note(tx: Transaction, visit_id: int, action: str, by: int | None, **values: Any) -> Visit:
    lock_people(tx, {visit(tx, visit_id).participant_id})
    stands = visit(tx, visit_id)
    if not stands.is_open or stands.ends_at <= tx.now:
        raise VisitOver(stands)
    visits.change_visit(tx, visit_id, **values)
    whose = stands.participant_id
    audit.note(
        tx,
        "participant" if by is None else "staff",
        action,
        actor_id=by or whose,
        person_id=whose,
        appointment_id=visit_id,
        details=values,
    )
    return stands
