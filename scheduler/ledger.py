"""The ledger: every word that leaves is a row first, written in the transaction that has cause to say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from scheduler import ladder
from scheduler.purposes import ASKED, RULES, Purpose
from scheduler.states import MessageState
from storage import addresses, ledger, questions
from storage.database import Transaction

__all__ = ["Ask", "Notice", "Purpose", "post", "post_all", "reroute", "withdraw"]


@dataclass(frozen=True, slots=True)
class Ask:
    """What a message asks.

    Attributes:
        kind: what the dialogue does with an answer.
        options: each {"mark": what one types, "key": the label's text, "params": {...}, "value": {...}}.
        asked: the person asked for it, so that digits answer it.
        version: of the visit that it is about.
    """

    kind: str
    options: tuple[Mapping[str, Any], ...]
    asked: bool
    expires_at: datetime
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to be.

    Attributes:
        key: unique; the same key again is the same message.
        text: a key of the catalogue; the words are made when it is sent.
        params: its values as JSON; `file` is attached rather than said.
        address_id: where to; None goes to the person's best address.
        language: None is the person's own when it is sent.
        send_after: None is now.
        useless_after: None is as long as the purpose says.
    """

    key: str
    purpose: Purpose
    text: str
    params: Mapping[str, Any] = field(default_factory=dict)
    person_id: int | None = None
    address_id: int | None = None
    language: str | None = None
    appointment_id: int | None = None
    session_id: int | None = None
    send_after: datetime | None = None
    useless_after: datetime | None = None
    ask: Ask | None = None


def post(tx: Transaction, notice: Notice) -> int:
    """Write one message; return its id, or that of the first with the same key."""
    return post_all(tx, [notice])[0]


def post_all(tx: Transaction, notices: Sequence[Notice]) -> list[int]:
    """Write any number of messages, all in as few statements as one; return their ids in the same order.

    A person without an address gets a row without one: it becomes a to-do when it is due.
    """
    if not notices:
        return []
    rows = [
        _row(tx, notice, address_id) for notice, address_id in zip(notices, _routes(tx, notices), strict=True)
    ]
    new = ledger.insert_messages(tx, rows)
    if asking := [
        _question(tx, row, notice, new[notice.key])
        for row, notice in zip(rows, notices, strict=True)
        if notice.ask and notice.key in new
    ]:
        questions.insert_questions(tx, asking)
    if any(row["send_after"] <= tx.now for row in rows):
        tx.wake()
    there = {row["key"] for row in rows} - new.keys()
    ids = new | (ledger.ids_by_key(tx, there) if there else {})
    return [ids[notice.key] for notice in notices]


def withdraw(tx: Transaction, *, appointment_id: int, but_last: bool = False) -> int:
    """Withdraw what waits for that visit and nobody asked for; return how many rows.

    What is on its way can't be stopped, but it is not tried again.

    Args:
        but_last: all but the one that would go last.
    """
    return ledger.withdraw(tx, appointment_id, ASKED, but_last=but_last)


def withdraw_session(
    tx: Transaction, session_id: int, person_id: int | None = None, *, but_last: bool = False
) -> int:
    """The same for a group's session: to that person, or to everybody."""
    return ledger.withdraw_session(tx, session_id, ASKED, person_id, but_last=but_last)


def reroute(tx: Transaction, person_id: int) -> int:
    """Send what waits for a person, and nobody asked for, to the best address they have now; return how many rows."""
    target = ladder.best(addresses.addresses_of(tx, [person_id]))
    waiting = ledger.waiting_of(tx, person_id, ASKED)
    if target is None or not waiting:
        return 0
    ladder.move_to(tx, waiting, target, from_=(MessageState.WAITING,))
    return len(waiting)


def _routes(tx: Transaction, notices: Sequence[Notice]) -> list[int | None]:
    """Where each goes."""
    people = {one.person_id for one in notices if one.address_id is None and one.person_id is not None}
    known: dict[int, list[Any]] = {}
    for row in addresses.addresses_of(tx, people) if people else ():
        known.setdefault(row.person_id, []).append(row)
    targets = {person_id: ladder.best(rows) for person_id, rows in known.items()}
    return [one.address_id or getattr(targets.get(one.person_id or 0), "id", None) for one in notices]


def _row(tx: Transaction, notice: Notice, address_id: int | None) -> dict[str, Any]:
    rules = RULES[notice.purpose]
    send_after = notice.send_after or tx.now
    return {
        "key": notice.key,
        "person_id": notice.person_id,
        "address_id": address_id,
        "purpose": notice.purpose,
        "priority": rules.priority,
        "text": notice.text,
        "params": dict(notice.params),
        "language": notice.language,
        "appointment_id": notice.appointment_id,
        "session_id": notice.session_id,
        "send_after": send_after,
        "useless_after": notice.useless_after or send_after + rules.useful_for,
        "posted_at": tx.now,
    }


def _question(tx: Transaction, row: dict[str, Any], notice: Notice, message_id: int) -> dict[str, Any]:
    ask = notice.ask
    assert ask is not None
    return {
        "address_id": row["address_id"],
        "person_id": notice.person_id,
        "message_id": message_id,
        "kind": ask.kind,
        "asked": ask.asked,
        "options": [dict(option) for option in ask.options],
        "appointment_id": notice.appointment_id,
        "session_id": notice.session_id,
        "version": ask.version,
        "posted_at": tx.now,
        "expires_at": ask.expires_at,
    }
