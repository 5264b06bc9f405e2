"""The reminders of a group's session: one person's are a visit's, and name no group."""

from collections.abc import Collection

from config.centre import Centre
from scheduler.ledger import Ask, Notice, Purpose, post_all, withdraw_session
from scheduler.reminders import ANSWERS, Reminder, reminders
from scheduler.sessions import Session
from storage import ledger
from storage.database import Transaction

KIND = "session"  # of the question that a session's reminder asks


def write(tx: Transaction, centre: Centre, session: Session, person_ids: Collection[int]) -> None:
    """Remind those people, whose time it has claimed only now; all in as few statements as one."""
    planned = reminders(centre, session, tx.now)
    post_all(tx, [_notice(tx, session, one, reminder) for one in sorted(person_ids) for reminder in planned])


def settle(tx: Transaction, session_id: int, person_id: int) -> None:
    """That person comes: only their last reminder stays, and it does not ask again."""
    withdraw_session(tx, session_id, person_id, but_last=True)
    ledger.reword_session(tx, session_id, person_id, "reminder", "reminder_confirmed")


def _notice(tx: Transaction, session: Session, person_id: int, reminder: Reminder) -> Notice:
    """The key has the instant: who leaves a session and comes back later has new ones."""
    stamp = int(tx.now.timestamp())
    return Notice(
        key=f"reminder:session:{session.id}:{session.version}:{person_id}:{reminder.days}d:{stamp}",
        purpose=Purpose.REMINDER,
        text="reminder",
        params={"starts_at": session.starts_at.isoformat(), "place": session.place},
        person_id=person_id,
        session_id=session.id,
        send_after=reminder.send_after,
        useless_after=reminder.useless_after,
        ask=Ask(kind=KIND, options=ANSWERS, asked=False, expires_at=session.ends_at, version=session.version),
    )
