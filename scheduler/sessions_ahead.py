"""Makes groups' sessions ahead of time, up to the horizon; and makes them anew when staff have changed the group.

What stands in the way of one is shown to staff and tried again; a session that staff moved or called off stays as they left it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from config.centre import Centre
from scheduler import group_shifts
from scheduler.calendar import is_holiday, local
from scheduler.clashes import Place, watch
from scheduler.free_times import last_day
from scheduler.policies import policy
from scheduler.series import Series, meetings
from scheduler.session_news import tell_new_times, tell_off
from scheduler.session_places import clear, let_go, let_in_late, plan
from scheduler.sessions import Session, SessionStatus, session, session_from
from scheduler.shifts import slot_of
from storage import claims, closures, sessions
from storage.database import Database, Transaction
from storage.groups import leave_due
from storage.locks import lock_people

Key = tuple[int, date]  # shift, and day of the series


@dataclass(frozen=True, slots=True)
class Due:
    """One session to be."""

    shift: int
    series_day: date
    starts_at: datetime
    ends_at: datetime

    @property
    def key(self) -> Key:
        return self.shift, self.series_day


def make_ahead(tx: Transaction, centre: Centre, group_id: int | None = None) -> int:
    """Make every group's sessions up to the horizon, or one group's, and try again what clashed; return how many are planned now.

    A second run does nothing.
    """
    return sum(_tend(tx, centre, group) for group in _locked(tx, centre, group_id))


async def make_all(database: Database, centre: Centre, now: datetime) -> None:
    """The same, a group at a time: others want to write too."""
    groups = await database.read(lambda tx: _that_meet(tx, centre), now)
    for group in groups:
        await database.write(partial(make_ahead, centre=centre, group_id=group.id), now)


def make_anew(tx: Transaction, centre: Centre, group_id: int) -> None:
    """Bring the sessions to come of a group in line with what it is now; whoever comes at other times is told once.

    One that has just ended too: what was planned is off.
    """
    for group in _locked(tx, centre, group_id, ended_since=date.min):
        before = _who_comes(tx, group, centre)
        members = sessions.members(tx, group.id)
        shifts = group_shifts.in_force(tx, centre, group, members)
        if shifts is not None:
            _leave_old_places(tx, centre, group, shifts, members)
            _tend(tx, centre, group)
            _tell_changed(tx, centre, before, _who_comes(tx, group, centre))


def _that_meet(tx: Transaction, centre: Centre) -> list[Any]:
    return sessions.groups_that_meet(tx, local(tx.now, centre.zone).date())


def _locked(
    tx: Transaction, centre: Centre, group_id: int | None, ended_since: date | None = None
) -> list[Any]:
    """The groups, with everybody in them locked at once: no person lock is taken later."""
    today = local(tx.now, centre.zone).date()
    leave_due(tx, today)
    meet = sessions.groups_that_meet(tx, ended_since or today)
    groups = [one for one in meet if group_id in (None, one.id)]
    people = {one.person_id for group in groups for one in sessions.members(tx, group.id)}
    lock_people(tx, people | {group.leader_id for group in groups})
    return groups


def _tend(tx: Transaction, centre: Centre, group: Any) -> int:
    """Write what is missing, plan what can be, let members in who are not yet, and show what has come into the way."""
    members = sessions.members(tx, group.id)
    shifts = group_shifts.in_force(tx, centre, group, members)
    known = {(one.shift, one.series_day): one for one in _known(tx, group, centre)}
    planned = 0
    if shifts is not None:
        due = [one for one in _due(tx, centre, group, shifts) if one.key not in known]
        new = [_written(tx, group, one) for one in due]
        clashing = [
            one for one in known.values() if one.status is SessionStatus.CLASH and _is_to_come(tx, one)
        ]
        planned = sum(plan(tx, centre, one, members) for one in (*clashing, *new))
    for one in known.values():
        if one.is_planned and _is_to_come(tx, one):
            _look_after(tx, centre, one, members, is_in_order=shifts is not None)
    return planned


def _look_after(
    tx: Transaction, centre: Centre, one: Session, members: Sequence[Any], *, is_in_order: bool
) -> None:
    if is_in_order:
        try:
            with tx.savepoint():
                let_in_late(tx, centre, one, members)
        except claims.Overlap:  # somebody who joined just now booked a visit: the next run names it
            pass
    watch(tx, centre, one, Place.of(tx, centre, one, policy(tx, centre, one.starts_at)))


def _due(tx: Transaction, centre: Centre, group: Any, shifts: int) -> Iterator[Due]:
    """What the series says from now up to the horizon, on days on which the club is open."""
    today, horizon = local(tx.now, centre.zone).date(), last_day(centre, tx.now)
    last = min(horizon, group.ended_on - timedelta(days=1)) if group.ended_on else horizon
    closed = closures.closures_within(tx, today, horizon)
    lasts = timedelta(minutes=group.minutes)

    def is_open(day: date) -> bool:
        return not is_holiday(day) and not any(first <= day <= until for first, until in closed)

    series = Series(group.rule, group.first_day, group.starts, group.minutes)
    for meeting in meetings(series, (today, last), centre.zone, is_open):
        gap = policy(tx, centre, meeting.starts_at).gap
        for shift in range(shifts):
            starts_at = meeting.starts_at + slot_of(shift, shifts, meeting.number) * (lasts + gap)
            if starts_at > tx.now:
                yield Due(shift, meeting.day, starts_at, starts_at + lasts)


def _known(tx: Transaction, group: Any, centre: Centre) -> list[Session]:
    today = local(tx.now, centre.zone).date()
    return [session_from(row) for row in sessions.sessions_of(tx, group.id, today)]


def _is_to_come(tx: Transaction, one: Session) -> bool:
    return one.starts_at > tx.now


def _written(tx: Transaction, group: Any, due: Due) -> Session:
    """As a clash: it claims nothing until it has its place."""
    values = _values(group, due) | {
        "group_id": group.id,
        "shift": due.shift,
        "series_day": due.series_day,
        "status": SessionStatus.CLASH,
    }
    return session(tx, sessions.insert_session(tx, values))


def _values(group: Any, due: Due) -> dict[str, Any]:
    return {
        "starts_at": due.starts_at,
        "ends_at": due.ends_at,
        "room_id": group.room_id,
        "leader_id": group.leader_id,
    }


def _leave_old_places(
    tx: Transaction, centre: Centre, group: Any, shifts: int, members: Sequence[Any]
) -> None:
    """Whatever is no longer as the group is now leaves its time, and whoever is in another shift leaves theirs.

    First of all, before anything is planned anew: one shift may go where another was.
    """
    due = {one.key: one for one in _due(tx, centre, group, shifts)}
    shift_of = {one.person_id: one.shift or 0 for one in members}
    for one in _known(tx, group, centre):
        if not _is_to_come(tx, one):
            continue
        wanted = due.get((one.shift, one.series_day))
        if one.by_hand:
            _keep_by_hand(tx, one, shifts)
        elif wanted is None:
            _change(tx, one, status=SessionStatus.CALLED_OFF)
        elif not one.is_planned or not _is_same(one, group, wanted):
            _change(tx, one, status=SessionStatus.CLASH, **_values(group, wanted))
        for person_id in sessions.claimed_by(tx, one.id) - {one.leader_id}:
            if shift_of.get(person_id) != one.shift:
                let_go(tx, one, person_id)


def _keep_by_hand(tx: Transaction, one: Session, shifts: int) -> None:
    """What staff moved stays, unless its shift is no more. The place that it had before was of other times."""
    if one.is_planned and one.shift >= shifts:
        _change(tx, one, status=SessionStatus.CALLED_OFF, by_hand=False)
    sessions.update_session(tx, one.id, was_at=None, was_room_id=None, was_by_hand=None)


def _change(tx: Transaction, one: Session, **values: Any) -> None:
    if one.status is values.get("status") is SessionStatus.CALLED_OFF:
        return
    clear(tx, one)
    sessions.update_session(tx, one.id, version=one.version + 1, **values)


def _is_same(one: Session, group: Any, wanted: Due) -> bool:
    return (one.starts_at, one.ends_at, one.room, one.leader_id) == (
        wanted.starts_at,
        wanted.ends_at,
        group.room,
        group.leader_id,
    )


def _who_comes(tx: Transaction, group: Any, centre: Centre) -> dict[int, list[Session]]:
    """The sessions to come of everybody in the group, by start."""
    found: dict[int, list[Session]] = {}
    for one in _known(tx, group, centre):
        if one.is_planned and _is_to_come(tx, one):
            for person_id in sessions.claimed_by(tx, one.id) - {one.leader_id}:
                found.setdefault(person_id, []).append(one)
    return found


def _tell_changed(
    tx: Transaction, centre: Centre, before: dict[int, list[Session]], after: dict[int, list[Session]]
) -> None:
    """Whoever had sessions and has others now is told once: when the next is, or that there are none."""
    off: dict[int, list[Session]] = {}
    next_: dict[int, Session] = {}
    for person_id, had in before.items():
        has = after.get(person_id, [])
        places = {(one.starts_at, one.room) for one in has}
        lost = [one for one in had if (one.starts_at, one.room) not in places]
        if lost and not any(one.starts_at > lost[0].starts_at for one in has):
            off[person_id] = lost
        elif lost:
            next_[person_id] = has[0]
    tell_off(tx, centre, off)
    tell_new_times(tx, centre, next_)
