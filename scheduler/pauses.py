"""The daily prompt pauses for whoever has not answered for days and had no visit; staff are told, and a sign of life ends it.

A sign of life is whatever the person writes, and a visit that they did not give back.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from config.centre import Centre
from scheduler.calendar import local
from scheduler.todos import open_todo
from storage import people, prompts
from storage.database import Transaction

TODO = "todo_self_check_paused"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def silent(tx: Transaction, centre: Centre, person_ids: Collection[int]) -> set[int]:
    """For whom of these people the prompt pauses."""
    told = prompts.paused(tx, TODO)
    often = prompts.often_asked(tx, centre.policy.silent_days)
    concerned = set(person_ids) & (often | told.keys())
    signs = prompts.last_signs(tx, concerned)
    return _unanswered(tx, centre, concerned & often, signs) | {
        one for one in concerned & told.keys() if told[one] > signs.get(one, LONG_AGO)
    }


def untold(tx: Transaction, centre: Centre) -> list[int]:
    """For which participants it pauses without staff knowing."""
    often = prompts.often_asked(tx, centre.policy.silent_days)
    told = prompts.paused(tx, TODO)
    signs = prompts.last_signs(tx, often)
    return [
        one
        for one in sorted(_unanswered(tx, centre, often, signs))
        if told.get(one, LONG_AGO) <= signs.get(one, LONG_AGO) and _is_participant(tx, one)
    ]


def tell(tx: Transaction, centre: Centre, person_ids: Iterable[int]) -> None:
    """Let staff know of them."""
    day = local(tx.now, centre.zone).date().isoformat()
    for one in person_ids:
        open_todo(tx, key=f"self_check_paused:{one}:{day}", text=TODO, person_id=one)


def _unanswered(
    tx: Transaction, centre: Centre, person_ids: Collection[int], signs: dict[int, datetime]
) -> set[int]:
    """Who of them was asked on so many days since they last gave a sign."""
    rows = prompts.asked_at(tx, person_ids)
    times = Counter(row.person_id for row in rows if row.asked_at > signs.get(row.person_id, LONG_AGO))
    return {one for one, count in times.items() if count >= centre.policy.silent_days}


def _is_participant(tx: Transaction, person_id: int) -> bool:
    row = people.person_of(tx, person_id)
    return row is not None and row.kind == "participant" and row.ended_at is None
