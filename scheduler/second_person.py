"""The second person of an announcement to many: whoever may confirm it is asked in their own chat."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import groupby
from typing import Any

from config.centre import Centre
from scheduler.announced import Announcement
from scheduler.ladder import best
from scheduler.ledger import Ask, Notice, Purpose, post_all
from scheduler.quiet_hours import earliest_allowed
from scheduler.rights import Right, may
from scheduler.staff import Role
from storage import digest
from storage.database import Transaction

TEXT = "announcing_second"
ROLES = tuple(role for role in Role if may(role, Right.ANNOUNCE))
USEFUL = timedelta(hours=24)


def ask(tx: Transaction, centre: Centre, known: Announcement) -> int:
    """Ask everybody else who may, where they have a chat; return how many.

    What was written stays in the announcement's own row: it is read when the question is worded.
    """
    send_after = earliest_allowed(tx.now, centre, known.draft.purpose)
    rows = digest.readers(tx, ROLES, ["telegram"])
    others = [
        best(list(own)) for person_id, own in groupby(rows, _person) if person_id != known.written_by_id
    ]
    notices = [_notice(known, one, send_after) for one in others]
    return len(post_all(tx, notices))


def _person(row: Any) -> Any:
    return row.person_id


def _notice(known: Announcement, reader: Any, send_after: Any) -> Notice:
    return Notice(
        key=f"announcement:{known.id}:second:{reader.person_id}",
        purpose=Purpose.STAFF,
        text=TEXT,
        params={"announcement_id": known.id},
        address_id=reader.id,
        language=reader.language,
        send_after=send_after,
        useless_after=send_after + USEFUL,
        ask=Ask("staff", _answers(known.id), asked=True, expires_at=send_after + USEFUL),
    )


def _answers(number: int) -> tuple[Mapping[str, Any], ...]:
    labels = (("TAK", "btn_announcing_confirm", "second"), ("NIE", "btn_announcing_refuse", "leave"))
    return tuple(
        {
            "mark": mark,
            "key": key,
            "params": {},
            "value": {"command": "ogloszenie", "step": step, "number": number},
        }
        for mark, key, step in labels
    )
