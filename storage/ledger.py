"""The ledger's rows: written once, changed only from one state to the next."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Update, and_, bindparam, case, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningUpdate

from storage.database import Transaction
from storage.rows import IDS, is_given
from storage.tables import address, attempt, message, person

# The reason on a row that was on its way when its visit changed: it is not tried again.
WITHDRAWN = "withdrawn"

_WAITING = message.c.status == "waiting"
_ON_THE_WAY = ("waiting", "sending", "unknown", "sent")
_OF_ADDRESS = address.c.id == bindparam("of_address")
_CHANNEL = select(address.c.channel).where(_OF_ADDRESS).scalar_subquery()
_ACCOUNT = select(address.c.account).where(_OF_ADDRESS).scalar_subquery()


_INSERT = {
    name: kind.insert(message)
    .on_conflict_do_nothing()
    .values(channel=_CHANNEL, account=_ACCOUNT)
    .returning(message.c.id, message.c.key)
    for name, kind in (("postgresql", postgresql), ("sqlite", sqlite))
}


def insert_messages(tx: Transaction, rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Write those whose key is new, each on its address's channel and account; return their ids by key."""
    given = [row | {"of_address": row["address_id"]} for row in rows]
    return {row.key: row.id for row in tx.connection.execute(_INSERT[tx.dialect], given)}


def ids_by_key(tx: Transaction, keys: Collection[str]) -> dict[str, int]:
    """The ids of the rows with those keys."""
    asked = select(message.c.key, message.c.id).where(message.c.key.in_(keys))
    return {row.key: row.id for row in tx.connection.execute(asked)}


def message_by_id(tx: Transaction, message_id: int) -> Row[Any]:
    """One row with its address and its person's language, locked until the transaction ends."""
    asked = (
        select(message, address.c.address, person.c.language.label("person_language"))
        .outerjoin(address, message.c.address_id == address.c.id)
        .outerjoin(person, message.c.person_id == person.c.id)
        .where(message.c.id == message_id)
        .with_for_update(of=message)
    )
    return tx.connection.execute(asked).one()


def withdraw(tx: Transaction, appointment_id: int, asked: Collection[str], *, but_last: bool) -> int:
    """Withdraw what waits for that visit; what is on its way is marked, so that it is not tried again.

    Args:
        asked: the purposes that stay, because the person asked for them.
        but_last: leave the one that would go last, and what is on its way.

    Returns:
        How many were waiting.
    """
    of_visit = and_(message.c.appointment_id == appointment_id, message.c.purpose.not_in(asked))
    return _withdraw(tx, _all_but_last(of_visit) if but_last else _not_there_yet(of_visit))


def _not_there_yet(about: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(about, message.c.status.in_(_ON_THE_WAY))


def _all_but_last(about: ColumnElement[bool]) -> ColumnElement[bool]:
    last = (
        select(message.c.id)
        .where(about, _WAITING)
        .order_by(message.c.send_after.desc(), message.c.id.desc())
        .limit(1)
    )
    return and_(about, _WAITING, message.c.id.not_in(last.scalar_subquery()))


def _withdraw(tx: Transaction, which: ColumnElement[bool]) -> int:
    changed = (
        update(message)
        .where(which)
        .values(status=case((_WAITING, "withdrawn"), else_=message.c.status), reason=WITHDRAWN)
        .returning(message.c.status)
    )
    return tx.connection.execute(changed).scalars().all().count("withdrawn")


def withdraw_session(
    tx: Transaction,
    session_id: int,
    asked: Collection[str],
    person_id: int | None = None,
    *,
    but_last: bool = False,
) -> int:
    """The same for a group's session: to that person, or to everybody."""
    about = and_(message.c.session_id == session_id, message.c.purpose.not_in(asked))
    if person_id is not None:
        about = and_(about, message.c.person_id == person_id)
    return _withdraw(tx, _all_but_last(about) if but_last else _not_there_yet(about))


def reword(tx: Transaction, appointment_id: int, old: str, new: str) -> None:
    """Let what waits for that visit say something else."""
    which = and_(message.c.appointment_id == appointment_id, message.c.text == old, _WAITING)
    tx.connection.execute(update(message).where(which).values(text=new))


def reword_session(tx: Transaction, session_id: int, person_id: int, old: str, new: str) -> None:
    """The same for what waits for that person of a group's session."""
    of_session = message.c.session_id == session_id, message.c.person_id == person_id
    statement = update(message).where(*of_session, message.c.text == old, _WAITING)
    tx.connection.execute(statement.values(text=new))


def move(
    tx: Transaction, message_ids: Collection[int], to: str, *, from_: Collection[str], reason: str | None
) -> list[int]:
    """Change the state of those rows that are in one of the states `from_`; return which they were."""
    statement = (
        update(message)
        .where(message.c.id.in_(message_ids), message.c.status.in_(from_))
        .values(status=to, reason=reason)
        .returning(message.c.id)
    )
    return list(tx.connection.execute(statement).scalars().all())


def move_many(
    tx: Transaction, message_ids: Collection[int], to: str, *, from_: Collection[str]
) -> list[tuple[int, str]]:
    """The same for any number of rows at once, the reason left as it is; return id and purpose of each that was."""
    if not message_ids:
        return []
    values = {IDS: sorted(message_ids), "to_status": to}
    moved = tx.connection.execute(_move_many(tx.dialect, tuple(from_)), values).all()
    return [(number, purpose) for number, purpose in moved]


def mark_sending(tx: Transaction, message_ids: Collection[int]) -> None:
    """Those rows, which waited and which this transaction has locked, are on their way."""
    values = {IDS: list(message_ids), "to_status": "sending"}
    tx.connection.execute(_mark_many(tx.dialect, ("waiting",)), values)


def again(
    tx: Transaction, message_id: int, send_after: datetime, reason: str, from_: Collection[str]
) -> None:
    """Let the row wait once more."""
    statement = update(message).where(message.c.id == message_id, message.c.status.in_(from_))
    tx.connection.execute(statement.values(status="waiting", send_after=send_after, reason=reason))


def hand_on(tx: Transaction, message_ids: Collection[int], to: Row[Any], from_: Collection[str]) -> list[int]:
    """Let those rows wait at another address; return which did.

    Args:
        to: the address, with its id, channel and account.
    """
    statement = (
        update(message)
        .where(message.c.id.in_(message_ids), message.c.status.in_(from_))
        .values(status="waiting", address_id=to.id, channel=to.channel, account=to.account)
        .returning(message.c.id)
    )
    return list(tx.connection.execute(statement).scalars().all())


def waiting_of(tx: Transaction, person_id: int, asked: Collection[str]) -> list[int]:
    """The rows that wait for a person and that nobody asked for; what is announced goes to an address, whoever shares it."""
    which = select(message.c.id).where(
        message.c.person_id == person_id,
        _WAITING,
        message.c.purpose.not_in(asked),
        message.c.announcement_id.is_(None),
    )
    return list(tx.connection.execute(which).scalars().all())


def forget(tx: Transaction, message_ids: Collection[int]) -> None:
    """Drop what those rows were about: the text's key, its parameters, and the bodies that were sent."""
    tx.connection.execute(update(message).where(message.c.id.in_(message_ids)).values(text="", params={}))
    tx.connection.execute(update(attempt).where(attempt.c.message_id.in_(message_ids)).values(body=None))


@lru_cache
def _move_many(dialect: str, from_: tuple[str, ...]) -> ReturningUpdate[Any]:
    return _mark_many(dialect, from_).returning(message.c.id, message.c.purpose)


@lru_cache
def _mark_many(dialect: str, from_: tuple[str, ...]) -> Update:
    those = update(message).where(is_given(dialect, message.c.id), message.c.status.in_(from_))
    return those.values(status=bindparam("to_status"))
