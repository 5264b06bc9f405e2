"""Whether a member of staff may do something now; whoever may not is written into the log, with the right and no words."""

from scheduler.rights import Right, may
from scheduler.staff import Role
from storage import audit, people
from storage.database import Transaction


def is_allowed(tx: Transaction, person_id: int, right: Right) -> bool:
    """Whether that person works here and has that right at this moment."""
    someone, role = people.person_of(tx, person_id), people.role_of(tx, person_id)
    works_here = someone is not None and someone.kind == "staff" and someone.ended_at is None
    return works_here and role is not None and may(Role(role), right)


def note_refused(tx: Transaction, right: Right, *, by: int | None, actor: audit.Actor = "staff") -> None:
    """Write down that somebody tried what they may not do.

    Args:
        by: who; None where several share the address and nobody knows who wrote.
    """
    audit.note(tx, actor, "refused", actor_id=by, details={"right": right})
