"""What is remembered of the staff's log-ins: accounts, where they are logged in, and who tried without success."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, insert, or_, select, update

from storage.database import Transaction
from storage.rows import insert_new
from storage.tables import account, knock, person, staff, staff_session
from storage.tables.base import UtcDateTime


def account_of(tx: Transaction, person_id: int) -> Row[Any] | None:
    """That person's account, if they are on the staff now."""
    return tx.connection.execute(_ACCOUNT_OF, {"of_person": person_id}).one_or_none()


def account_called(tx: Transaction, login: str) -> Row[Any] | None:
    """The account of that log-in, if whose it is is on the staff now."""
    return tx.connection.execute(_ACCOUNT_CALLED, {"of_login": login}).one_or_none()


def colleagues(tx: Transaction) -> list[Row[Any]]:
    """Everybody on the staff now, by name: with their role, and with their log-in if they have one."""
    return list(tx.connection.execute(_COLLEAGUES))


def add_account(tx: Transaction, person_id: int, login: str, password_hash: str) -> bool:
    """Write an account whose password is to be changed; False if the log-in is somebody's, or the person has one."""
    values = {"person_id": person_id, "login": login, "password_hash": password_hash, "since": tx.now}
    added = insert_new(tx, account).values(values | {"must_change": True}).returning(account.c.person_id)
    return tx.connection.execute(added).one_or_none() is not None


def change_account(tx: Transaction, person_id: int, **values: Any) -> None:
    """Change those columns of an account."""
    tx.connection.execute(update(account).where(account.c.person_id == person_id).values(**values))


def replace_password(tx: Transaction, person_id: int, old_hash: str, new_hash: str) -> bool:
    """Put a password of their own in the place of that one; False if another was there by now."""
    same = update(account).where(account.c.person_id == person_id, account.c.password_hash == old_hash)
    changed = tx.connection.execute(same.values(password_hash=new_hash, must_change=False))
    return changed.rowcount == 1


def take_step(tx: Transaction, person_id: int, secret: str, step: int) -> bool:
    """Use up that step's code of that secret; False if it, or a later one, was used, or the secret is another by now."""
    given = {"of_person": person_id, "of_secret": secret, "step": step}
    return tx.connection.execute(_TAKE_STEP, given).rowcount == 1


def drop_account(tx: Transaction, person_id: int) -> None:
    """Let that person log in no more."""
    tx.connection.execute(delete(account).where(account.c.person_id == person_id))


def add_session(tx: Transaction, person_id: int, token_hash: str) -> int:
    """Remember a browser that is logged in."""
    row = {"person_id": person_id, "token_hash": token_hash, "begun_at": tx.now, "seen_at": tx.now}
    return int(tx.connection.execute(insert(staff_session).values(row).returning(_ID)).scalar_one())


def session_by(tx: Transaction, token_hash: str) -> Row[Any] | None:
    """The session of that token that was not ended, with who it is, if they are on the staff now."""
    return tx.connection.execute(_SESSION_BY, {"of_hash": token_hash}).one_or_none()


def sessions_of(tx: Transaction, person_id: int) -> list[Row[Any]]:
    """Where that person is logged in and did not log out, the latest first."""
    return list(tx.connection.execute(_SESSIONS_OF, {"of_person": person_id}))


def see(tx: Transaction, session_id: int, unless_since: datetime) -> None:
    """Note that a session is in use, unless that was noted since then."""
    tx.connection.execute(_SEE, {"of_session": session_id, "since": unless_since, "now": tx.now})


def see_all(tx: Transaction) -> None:
    """Let every session that was not ended begin now."""
    open_ones = update(staff_session).where(staff_session.c.ended_at.is_(None))
    tx.connection.execute(open_ones.values(begun_at=tx.now, seen_at=tx.now))


def end_session(tx: Transaction, person_id: int, session_id: int) -> bool:
    """End that session of that person; False if it is over, or somebody else's."""
    ended = _END.where(staff_session.c.person_id == person_id, staff_session.c.id == session_id)
    return tx.connection.execute(ended.values(ended_at=tx.now)).rowcount == 1


def end_sessions(tx: Transaction, person_id: int, *, but: int | None = None) -> int:
    """End every session of that person, but that one; return how many there were."""
    ended = _END.where(staff_session.c.person_id == person_id)
    if but is not None:
        ended = ended.where(staff_session.c.id != but)
    return tx.connection.execute(ended.values(ended_at=tx.now)).rowcount


def knocks(tx: Transaction, keys: Sequence[str]) -> list[Row[Any]]:
    """What is noted under those keys."""
    return list(tx.connection.execute(_KNOCKS, {"keys": list(keys)}))


def lock_knocks(tx: Transaction, keys: Sequence[str]) -> list[Row[Any]]:
    """The same, and nobody else reads or counts under them until this is over; what is new begins at no failures."""
    for key in sorted(keys):
        row = {"key": key, "failures": 0, "last_at": tx.now, "next_at": tx.now}
        tx.connection.execute(insert_new(tx, knock).values(row))
    return list(tx.connection.execute(_KNOCKS.with_for_update(), {"keys": list(keys)}))


def count_knock(tx: Transaction, key: str, failures: int, next_at: datetime) -> None:
    """Note a failure, and until when the next try has to wait."""
    counted = update(knock).where(knock.c.key == key)
    tx.connection.execute(counted.values(failures=failures, last_at=tx.now, next_at=next_at))


def drop_knock(tx: Transaction, key: str) -> None:
    """Begin to count anew."""
    tx.connection.execute(delete(knock).where(knock.c.key == key))


# Built once: to build a statement anew costs as much as to run it.
_ID = staff_session.c.id
_IS_HERE = person.c.kind == "staff", person.c.ended_at.is_(None)
_ACCOUNT = (
    select(account, person.c.full_name)
    .join(person, person.c.id == account.c.person_id)
    .join(staff, staff.c.person_id == account.c.person_id)
    .where(*_IS_HERE)
)
_ACCOUNT_OF = _ACCOUNT.where(account.c.person_id == bindparam("of_person"))
_ACCOUNT_CALLED = _ACCOUNT.where(account.c.login == bindparam("of_login"))
_COLLEAGUES = (
    select(
        person.c.id,
        person.c.full_name,
        staff.c.role,
        account.c.login,
        account.c.must_change,
        account.c.totp_step,
    )
    .join(staff, staff.c.person_id == person.c.id)
    .outerjoin(account, account.c.person_id == person.c.id)
    .where(*_IS_HERE)
    .order_by(person.c.name_key, person.c.id)
)
_TAKE_STEP = (
    update(account)
    .where(
        account.c.person_id == bindparam("of_person"),
        account.c.totp_secret == bindparam("of_secret"),
        or_(account.c.totp_step.is_(None), account.c.totp_step < bindparam("step")),
    )
    .values(totp_step=bindparam("step"))
)
_SESSION_BY: Select[Any] = (
    select(
        staff_session.c.id,
        staff_session.c.person_id,
        staff_session.c.begun_at,
        staff_session.c.seen_at,
        person.c.full_name,
        person.c.language,
        staff.c.role,
        account.c.must_change,
    )
    .join(person, person.c.id == staff_session.c.person_id)
    .join(staff, staff.c.person_id == staff_session.c.person_id)
    .join(account, account.c.person_id == staff_session.c.person_id)
    .where(staff_session.c.token_hash == bindparam("of_hash"), staff_session.c.ended_at.is_(None), *_IS_HERE)
)
_SESSIONS_OF = (
    select(staff_session.c.id, staff_session.c.begun_at, staff_session.c.seen_at)
    .where(staff_session.c.person_id == bindparam("of_person"), staff_session.c.ended_at.is_(None))
    .order_by(staff_session.c.seen_at.desc(), staff_session.c.id.desc())
)
_SEE = (
    update(staff_session)
    .where(
        staff_session.c.id == bindparam("of_session"),
        staff_session.c.seen_at < bindparam("since", type_=UtcDateTime()),
        staff_session.c.ended_at.is_(None),
    )
    .values(seen_at=bindparam("now", type_=UtcDateTime()))
)
_END = update(staff_session).where(staff_session.c.ended_at.is_(None))
_KNOCKS = select(knock).where(knock.c.key.in_(bindparam("keys", expanding=True))).order_by(knock.c.key)
