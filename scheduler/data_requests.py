"""What people ask about their own data: each is a to-do of the office's, to be answered within a month (art. 12(3) GDPR)."""

import calendar
from datetime import date, datetime, time

from config.centre import Centre
from scheduler.calendar import local
from scheduler.people import Person
from scheduler.todos import open_todo
from storage import audit, clauses
from storage.database import Transaction

COPY, ERASURE, OBJECTION = "data_copy", "erase", "object"


def ask(tx: Transaction, centre: Centre, someone: Person, matter: str) -> date:
    """Put it on the staff's list, once a day however often it is asked; return the day by which they must answer."""
    today = local(tx.now, centre.zone).date()
    answer_by = a_month_after(today)
    open_todo(
        tx,
        key=f"{matter}:{someone.id}:{today.isoformat()}",
        text=f"todo_{matter}",
        person_id=someone.id,
        due_at=datetime.combine(answer_by, time(12), centre.zone),
    )
    audit.note(tx, "participant", f"asked_{matter}", actor_id=someone.id, person_id=someone.id)
    return answer_by


def a_month_after(day: date) -> date:
    """The same day of the next month, or that month's last."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def note_clause_shown(tx: Transaction, centre: Centre, someone: Person, channel: str) -> None:
    """Remember which version of the information clause the person has been shown."""
    clauses.note_shown(tx, someone.id, centre.data.version, channel)
