"""Social contracts that end: staff are told in good time; nothing is ever given back because of it."""

from datetime import datetime, time, timedelta

from config.centre import Centre
from scheduler.calendar import local
from scheduler.todos import open_todo
from storage import people
from storage.database import Transaction

AHEAD = timedelta(days=14)
BEHIND = timedelta(days=14)  # nobody asks after one that ended long ago


def watch_contracts(tx: Transaction, centre: Centre) -> None:
    """Open a to-do for every contract that ends within two weeks; a contract of another day is another matter."""
    today = local(tx.now, centre.zone).date()
    for row in people.contracts_ending(tx, today - BEHIND, today + AHEAD):
        open_todo(
            tx,
            key=f"contract:{row.id}:{row.contract_until.isoformat()}",
            text="todo_contract_ends",
            params={"ends_date": row.contract_until.isoformat()},
            person_id=row.id,
            due_at=datetime.combine(row.contract_until, time(12), centre.zone),
        )
