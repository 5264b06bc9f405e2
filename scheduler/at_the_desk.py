"""What staff do with a visit for somebody who phones or stands before them: done in their name, and confirmed in writing.

Nobody asked for that message in the chat, so it is neutral. Whoever can't be written to is told by whoever speaks with them:
`told` says so.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from config.centre import Centre
from scheduler import booking
from scheduler.booked_by_staff import write_of
from scheduler.ladder import best
from scheduler.ledger import Notice, post
from scheduler.news import News, is_reached, purpose, tell
from scheduler.visits import Visit
from storage import addresses, visit_history
from storage.database import Transaction

NOT_YET = {"waiting", "withdrawn"}


@dataclass(frozen=True, slots=True)
class Done:
    """A visit as it is now, and whether its participant is written to."""

    visit: Visit
    told: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a visit is moved to; None takes whoever is free."""

    starts_at: datetime
    specialist_id: int | None = None


def move_for(
    tx: Transaction, centre: Centre, visit_id: int, to: Place, *, by: int, told: bool = True
) -> Done:
    """Move the visit.

    Args:
        by: the member of staff who does. So in all of these.
        told: the participant is written to. So in all of these.

    Raises:
        Refused: as `booking.move`, and so on.
    """
    moved = booking.move(
        tx, centre, visit_id=visit_id, starts_at=to.starts_at, specialist_id=to.specialist_id, by=by
    )
    return Done(moved, told and write_of(tx, centre, moved, "club_moved"))


def give_back_for(tx: Transaction, centre: Centre, visit_id: int, *, by: int, told: bool = True) -> Done:
    """The participant gives the visit back; for a while they can take that back in their own chat."""
    after = booking.give_back(tx, centre, visit_id=visit_id, by=by)
    return Done(after, told and _write_off(tx, centre, after))


def call_off_for(tx: Transaction, centre: Centre, visit_id: int, *, by: int, told: bool = True) -> Done:
    """The club calls the visit off; whoever is to be told and can't be written to becomes a to-do."""
    after = booking.call_off(tx, visit_id=visit_id, by=by)
    return Done(after, told and tell(tx, centre, News([after])))


def undo_for(tx: Transaction, centre: Centre, visit_id: int, *, by: int, told: bool = True) -> Done:
    """Let a visit that was given back stand again."""
    undone = booking.undo(tx, centre, visit_id=visit_id, by=by)
    return Done(undone, told and write_of(tx, centre, undone, "club_undone"))


def unbook(tx: Transaction, centre: Centre, visit_id: int, *, by: int) -> Done:
    """The booking was a slip: its time is free at once, and nobody hears of it unless the confirmation has left."""
    after = booking.call_off(tx, visit_id=visit_id, by=by)
    has_left = any(status not in NOT_YET for status in visit_history.states(tx, visit_id))
    return Done(after, has_left and _write_off(tx, centre, after))


def channel_of(tx: Transaction, person_id: int) -> str | None:
    """Over which channel words of the club reach a person now; None if they have none, or asked for silence."""
    target = best(addresses.addresses_of(tx, [person_id]))
    return str(target.channel) if target is not None and target.state == "active" else None


def facts(visit: Visit) -> dict[str, Any]:
    """The values of these texts."""
    return {"starts_at": visit.starts_at.isoformat(), "place": visit.place}


def _write_off(tx: Transaction, centre: Centre, visit: Visit) -> bool:
    if not is_reached(tx, visit.participant_id):
        return False
    post(
        tx,
        Notice(
            key=f"club_given_back:{visit.id}:{visit.version}",
            purpose=purpose(tx, centre, visit.starts_at),
            text="club_given_back",
            params=facts(visit),
            person_id=visit.participant_id,
            appointment_id=visit.id,
            useless_after=visit.starts_at,
        ),
    )
    return True
