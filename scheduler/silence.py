"""Tells staff when nothing goes out: over another channel where one fails, from another process where the clockwork stands."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from scheduler.clock import Clock
from scheduler.ledger import Notice, Purpose, post_all
from scheduler.states import MessageState
from scheduler.todos import open_todo
from storage import addresses, heartbeats, ledger, pace, todos
from storage.database import Transaction

SILENT = timedelta(minutes=5)  # without a beat of any clockwork: worth telling staff
FAILING = timedelta(minutes=10)  # of trying in vain on one channel
NAMES = {"sms": "SMS", "telegram": "Telegram"}


def fails(tx: Transaction, lane: tuple[str, str], real: datetime) -> None:
    """A call failed, and not for its address's sake; staff are told once if none has succeeded for minutes."""
    since = pace.fails(tx, lane, real)
    if real - since < FAILING:
        return
    params = {"channel": NAMES.get(lane[0], lane[0]), "from_at": since.isoformat()}
    key = f"channel_silent:{lane[0]}:{since.isoformat()}"
    elsewhere = [(one.person_id, one.id) for one in _duty_addresses(tx) if one.channel != lane[0]]
    open_todo(tx, key=key, text="todo_channel_silent", params=params, urgent=not elsewhere)
    _tell(tx, key, "staff_channel_silent", params, elsewhere)


def works(tx: Transaction, lane: tuple[str, str]) -> None:
    """A call succeeded."""
    pace.works(tx, lane)


def clockwork_stands(tx: Transaction, clock: Clock) -> list[int]:
    """Rows that tell staff so; empty while some process's clockwork turns. For a process that has none itself."""
    last = _last_beat(tx)
    if last is None or clock.real(tx) - last <= SILENT:
        return []
    return _tell(tx, _key(last), "staff_silent", {"from_at": last.isoformat()}, _duty(tx))


def clockwork_turns(tx: Transaction, real: datetime) -> None:
    """To be called before a beat: if there was none for minutes, staff learn from when to when."""
    last = _last_beat(tx)
    if last is None or real - last <= SILENT:
        return
    span = {"from_at": last.isoformat(), "until_at": real.isoformat()}
    open_todo(tx, key=f"silence:{last.isoformat()}", text="todo_silence", params=span)
    _withdraw_unsaid(tx, last)
    _tell(tx, f"silence:{last.isoformat()}", "staff_silence", span, _duty(tx))


def _last_beat(tx: Transaction) -> datetime | None:
    return max((row.beat_at for row in heartbeats.last_beats(tx)), default=None)


def _key(last: datetime) -> str:
    return f"silent:{last.isoformat()}"


def _tell(
    tx: Transaction,
    key: str,
    text: str,
    params: Mapping[str, Any],
    whom: Iterable[tuple[int, int | None]],
) -> list[int]:
    """One row a person, at hours at which they can do something about it.

    Args:
        whom: each person, and the address; None is their best one.
    """
    return post_all(
        tx,
        [
            Notice(f"{key}:{person_id}", Purpose.NOTICE, text, params, person_id, address_id)
            for person_id, address_id in whom
        ],
    )


def _withdraw_unsaid(tx: Transaction, last: datetime) -> None:
    """It is over before it was told that it had begun."""
    ids = ledger.ids_by_key(tx, [f"{_key(last)}:{person_id}" for person_id, _ in _duty(tx)])
    ledger.move(tx, list(ids.values()), MessageState.WITHDRAWN, from_=[MessageState.WAITING], reason="over")


def _duty(tx: Transaction) -> list[tuple[int, int | None]]:
    return [(one.person_id, None) for one in todos.on_duty(tx)]


def _duty_addresses(tx: Transaction) -> list[Any]:
    people = [one.person_id for one in todos.on_duty(tx)]
    return [one for one in addresses.addresses_of(tx, people) if one.state == "active"]
