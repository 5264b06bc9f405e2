"""A visit that staff book for somebody: in their name in the log, and the participant is told of it as of all that they did not do themselves."""

from dataclasses import dataclass
from datetime import datetime

from config.centre import Centre
from scheduler.booking import book
from scheduler.ledger import Ask, Notice, post
from scheduler.news import is_reached, purpose
from scheduler.reminders import ANSWERS
from scheduler.visits import Visit
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Booked:
    """The visit, and whether the participant is written to; if not, whoever has booked it has to say it."""

    visit: Visit
    told: bool


def book_for(
    tx: Transaction,
    centre: Centre,
    *,
    person_id: int,
    service: str,
    starts_at: datetime,
    specialist_id: int | None = None,
    by: int,
) -> Booked:
    """Book that hour for a participant, and tell them.

    Args:
        by: the member of staff who does.

    Raises:
        Refused: as `book`.
    """
    visit = book(
        tx,
        centre,
        person_id=person_id,
        service=service,
        starts_at=starts_at,
        specialist_id=specialist_id,
        by=by,
    )
    return Booked(visit, write_of(tx, centre, visit, "club_booked"))


def write_of(tx: Transaction, centre: Centre, visit: Visit, text: str) -> bool:
    """Tell the participant of a visit that stands; False if they can't be written to."""
    if not is_reached(tx, visit.participant_id):
        return False
    post(tx, _notice(tx, centre, visit, text))
    return True


def _notice(tx: Transaction, centre: Centre, visit: Visit, text: str) -> Notice:
    """TAK, NIE and ZMIEN answer it as they answer a reminder."""
    return Notice(
        key=f"{text}:{visit.id}:{visit.version}",
        purpose=purpose(tx, centre, visit.starts_at),
        text=text,
        params={"starts_at": visit.starts_at.isoformat(), "place": visit.place},
        person_id=visit.participant_id,
        appointment_id=visit.id,
        useless_after=visit.starts_at,
        ask=Ask(kind="visit", options=ANSWERS, asked=False, expires_at=visit.ends_at, version=visit.version),
    )
