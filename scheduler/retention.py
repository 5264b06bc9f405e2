"""How long what is kept about people: each kind for so many local days, as the Centre file says (art. 5(1)(e) GDPR)."""

from datetime import date, datetime, timedelta

from config.centre import Centre
from scheduler.calendar import day_span, local
from scheduler.clock import Clock
from scheduler.erasure import NotErasable, erase
from storage import announcements, declarations
from storage import retention as kept
from storage.database import Database, Transaction

NIGHT = range(4, 6)  # hours of the club's clock: nobody writes, and no clock is changed


async def forget_at_night(database: Database, clock: Clock, centre: Centre) -> None:
    """Let go of all that is too old, batch by batch, so that nobody who writes has to wait for it."""
    while local(clock.now(), centre.zone).hour in NIGHT:
        if not await database.write(lambda tx: forget(tx, centre), clock.now()):
            return


def forget(tx: Transaction, centre: Centre) -> int:
    """Let go of one batch of each kind that is too old by the local date; return how many rows, 0 once nothing is left."""
    days = centre.retention
    return (
        kept.drop_talk(tx, _midnight(tx, centre, days.talk))
        + kept.drop_words(tx, _midnight(tx, centre, days.bodies))
        + kept.drop_sessions(tx, _midnight(tx, centre, days.bodies))
        + kept.drop_messages(tx, _midnight(tx, centre, days.ledger))
        + announcements.drop_texts(tx, _midnight(tx, centre, days.bodies))
        + announcements.drop_left_out(tx, _midnight(tx, centre, days.ledger))
        + kept.drop_wishes(tx, _midnight(tx, centre, days.ledger))
        + kept.drop_received(tx, _midnight(tx, centre, days.inbox))
        + declarations.delete_before(tx, _today(tx, centre) - timedelta(days=days.declarations))
        + kept.drop_todos(tx, _midnight(tx, centre, days.todos))
        + kept.drop_attendance(tx, _midnight(tx, centre, days.visits))
        + kept.anonymise_visits(tx, _midnight(tx, centre, days.visits))
        + kept.drop_log(tx, _midnight(tx, centre, days.audit))
        + _forget_who_left(tx, _midnight(tx, centre, days.left))
    )


def _forget_who_left(tx: Transaction, before: datetime) -> int:
    """Whoever can't be erased tonight is tried again tomorrow."""
    gone = 0
    for person_id in kept.left_before(tx, before):
        try:
            erase(tx, person_id, by="system")
        except NotErasable:
            continue
        gone += 1
    return gone


def _midnight(tx: Transaction, centre: Centre, days: int) -> datetime:
    """The first instant of the local day so many days ago: what is from before it has been kept long enough."""
    day = _today(tx, centre) - timedelta(days=days)
    return day_span(day, day, centre.zone)[0]


def _today(tx: Transaction, centre: Centre) -> date:
    return local(tx.now, centre.zone).date()
