"""A group's session: one meeting of one shift, and who belongs to it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from scheduler.errors import Refused
from storage import sessions
from storage.database import Transaction


class SessionStatus(StrEnum):
    """Where a session stands; one that clashes claims nothing until staff have settled what stands in its way."""

    PLANNED = "planned"
    CLASH = "clash"
    CALLED_OFF = "called_off"


class NoSuchSession(Refused):
    """No session has that id."""

    def __init__(self, session_id: int) -> None:
        super().__init__(f"there is no session number {session_id}; 'termin sessions list' shows them")


@dataclass(frozen=True, slots=True)
class Session:
    """One session as it stands now. Instants are UTC; `room` and `place` are the room's code, `group` the group's name.

    `by_hand`: staff have moved it or called it off themselves, and it stays as they left it.
    """

    id: int
    group_id: int
    group: str
    shift: int
    series_day: date
    starts_at: datetime
    ends_at: datetime
    room: str
    leader_id: int
    status: SessionStatus
    version: int
    by_hand: bool

    @property
    def place(self) -> str:
        return self.room

    @property
    def is_planned(self) -> bool:
        return self.status is SessionStatus.PLANNED

    @property
    def span(self) -> tuple[datetime, datetime]:
        return self.starts_at, self.ends_at


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who belongs to a session. `is_expected`: its time is theirs; not so if they are elsewhere or said no."""

    person_id: int
    full_name: str
    is_expected: bool


def session(tx: Transaction, session_id: int) -> Session:
    """That session.

    Raises:
        NoSuchSession.
    """
    row = sessions.session(tx, session_id)
    if row is None:
        raise NoSuchSession(session_id)
    return session_from(row)


def coming_sessions(tx: Transaction, person_ids: Collection[int]) -> list[Session]:
    """The planned sessions that are not over and expect any of those people, as members or as leader, by start."""
    rows = {row.id: row for row in sessions.sessions_with(tx, person_ids, tx.now)}
    return [session_from(row) for row in rows.values()]


def sessions_between(tx: Transaction, span: tuple[datetime, datetime]) -> list[Session]:
    """Every session that touches the span, whatever became of it, by start."""
    return [session_from(row) for row in sessions.sessions_within(tx, span)]


def members_of(tx: Transaction, session: Session) -> list[Attendee]:
    """Everybody who belongs to that session, by id; its leader is not among them."""
    expected = sessions.claimed_by(tx, session.id)
    belong = belonging(sessions.members(tx, session.group_id), session.shift, session.series_day)
    return [Attendee(one.person_id, one.full_name, one.person_id in expected) for one in belong]


def belonging(members: Sequence[Any], shift: int, day: date) -> list[Any]:
    """Who of a group belongs to that shift on that day. While nobody has a shift, the first is everybody's."""
    is_split = any(one.shift is not None for one in members)
    there = [one for one in members if one.leaves_on is None or day < one.leaves_on]
    return [one for one in there if (one.shift if is_split else 0) == shift]


def session_from(row: Any) -> Session:
    """A row of the sessions' queries as what it means."""
    return Session(
        row.id,
        row.group_id,
        row.group,
        row.shift,
        row.series_day,
        row.starts_at,
        row.ends_at,
        row.room,
        row.leader_id,
        SessionStatus(row.status),
        row.version,
        row.by_hand,
    )
