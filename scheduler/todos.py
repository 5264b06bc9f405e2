"""What staff have to do: one matter, one row, however often it comes up."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage import todos
from storage.database import Transaction


def open_todo(
    tx: Transaction,
    *,
    key: str,
    text: str,
    params: Mapping[str, Any] | None = None,
    person_id: int | None = None,
    appointment_id: int | None = None,
    due_at: datetime | None = None,
) -> None:
    """Put something on the staff's list; a second one of the same key, done or not, changes nothing.

    Args:
        text: a key of the catalogue; never a participant's words.
        due_at: until when it helps; None if there is no hurry.
    """
    row = {
        "key": key,
        "text": text,
        "params": dict(params or {}),
        "person_id": person_id,
        "appointment_id": appointment_id,
        "created_at": tx.now,
        "due_at": due_at,
    }
    todos.insert_todo(tx, row)
