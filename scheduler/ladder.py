"""The ladder: Telegram, SMS, voice when there is one, and at the end somebody of the staff."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from scheduler.purposes import FORGOTTEN, RULES
from scheduler.states import MESSAGE_MOVES, MessageState, before
from scheduler.todos import open_todo
from storage import addresses, attempts, ledger, questions, recipients
from storage.database import Transaction

RUNGS = ("telegram", "sms", "voice")
NEAR = timedelta(hours=36)  # to a visit of which somebody could not be told: it is tomorrow at the latest


def best(known: Iterable[Any]) -> Any | None:
    """The address that a person's words go to; None if there is none left.

    One that asked for silence keeps what would go there until it is due: START may come before.
    """
    usable = [one for one in known if one.state in ("active", "stopped")]
    return min(usable, key=lambda one: (one.state != "active", _rung(one.channel), one.id), default=None)


def step_down(
    tx: Transaction, message_id: int, reason: str, lanes: Collection[tuple[str, str]] | None = None
) -> None:
    """Let a message wait for the person's next channel; with none left, or too late, it fails and staff are told.

    Args:
        lanes: channel accounts that are served; None means any.
    """
    message = ledger.message_by_id(tx, message_id)
    if not MESSAGE_MOVES[MessageState(message.status)]:
        return
    target = _next(tx, message, lanes) if message.useless_after > tx.now else None
    if target is None:
        give_up(tx, message, reason)
    elif _is_told_there(tx, message, target):
        froms = before(MESSAGE_MOVES, MessageState.WITHDRAWN)
        ledger.move(tx, [message_id], MessageState.WITHDRAWN, from_=froms, reason="told_there")
    else:
        move_to(tx, [message_id], target, from_=(message.status,))


def _is_told_there(tx: Transaction, message: Any, target: Any) -> bool:
    """Whether the same announcement goes there already, to somebody who shares it: then once is enough."""
    if message.announcement_id is None:
        return False
    return recipients.merge(tx, message.announcement_id, message.id, target.id)


def move_to(tx: Transaction, message_ids: Collection[int], target: Any, *, from_: Collection[str]) -> None:
    """Let those messages that are in one of the states `from_`, and what they ask, wait at another address."""
    moved = ledger.hand_on(tx, message_ids, target, from_)
    if moved:
        questions.follow(tx, moved, target.id)
        tx.wake()


def give_up(tx: Transaction, message: Any, reason: str, *, tell: bool = True) -> None:
    """The message fails; somebody of the staff is told, if it was somebody's."""
    froms = before(MESSAGE_MOVES, MessageState.FAILED)
    if not ledger.move(tx, [message.id], MessageState.FAILED, from_=froms, reason=reason):
        return
    if tell:
        _tell(tx, message, reason)
    if message.purpose in FORGOTTEN:
        ledger.forget(tx, [message.id])


def too_late(tx: Transaction, expired: Iterable[tuple[int, str]]) -> None:
    """Staff are told of what was never sent in time, where somebody waits for it; the rest is let go."""
    for message_id, purpose in expired:
        if RULES[purpose].missed:
            _tell(tx, ledger.message_by_id(tx, message_id), "expired")


def _tell(tx: Transaction, message: Any, reason: str) -> None:
    """Advice is not named: what it was about is nobody's business. Of answers one to-do a day is enough."""
    if message.person_id is None:
        return
    params = {} if message.purpose in FORGOTTEN else _facts(message.params)
    people = recipients.of_message(tx, message.id) if message.announcement_id is not None else []
    if people:
        params = {"people": people, "number": message.announcement_id}
    text = _todo_text(message, params)
    matter = f"{message.person_id}:{tx.now.date()}" if RULES[message.purpose].asked else str(message.id)
    open_todo(
        tx,
        key=f"not_reached:{matter}",
        text=text,
        params={**params, "reason": reason, "message_id": message.id},
        person_id=None if len(people) > 1 else message.person_id,
        appointment_id=message.appointment_id,
        due_at=max(message.useless_after, tx.now),
        urgent=text == "todo_not_reached" and datetime.fromisoformat(params["starts_at"]) < tx.now + NEAR,
    )


def _facts(params: dict[str, Any]) -> dict[str, Any]:
    return {name: params[name] for name in ("starts_at", "place", "service") if name in params}


def _todo_text(message: Any, params: dict[str, Any]) -> str:
    if RULES[message.purpose].asked:
        return "todo_reply_not_reached"
    if message.announcement_id is not None:
        return "todo_announcement"
    if "starts_at" not in params:
        return "todo_message_not_reached"
    return "todo_not_reached" if message.address_id else "todo_no_channel"


def _next(tx: Transaction, message: Any, lanes: Collection[tuple[str, str]] | None) -> Any | None:
    """The best address of the person's that is not above this one, was not tried for this message, and is served."""
    if message.person_id is None:
        return None
    passed = {*attempts.tried(tx, message.id), message.address_id}
    left = [
        one
        for one in addresses.addresses_of(tx, [message.person_id])
        if one.state == "active"
        and one.id not in passed
        and _rung(one.channel) >= _rung(message.channel)
        and (lanes is None or (one.channel, one.account) in lanes)
    ]
    return best(left)


def _rung(channel: str | None) -> int:
    return RUNGS.index(channel) if channel in RUNGS else 0
