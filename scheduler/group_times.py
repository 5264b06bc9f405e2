"""When a group meets from a day on, and its end: what is planned before that day stays as it is."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from config.centre import Centre
from scheduler.calendar import local
from scheduler.errors import Refused
from scheduler.free_times import last_day
from scheduler.groups import Group, change
from scheduler.sessions import session_from
from scheduler.weekly import Weekly, rule_of
from storage import sessions
from storage.database import Transaction
from storage.locks import lock_people


class TooFarAhead(Refused):
    """The sessions before that day are not made yet, so that they could not be kept."""

    def __init__(self, last: date) -> None:
        super().__init__(f"times can be changed from a day up to {last.isoformat()} on")
        self.last = last


@dataclass(frozen=True, slots=True)
class Times:
    """When a group meets: local time, from a day on, up to a last day that counts too; None leaves that open."""

    rhythm: Weekly
    starts: time
    minutes: int
    first_day: date
    last_day: date | None = None


def set_times(tx: Transaction, centre: Centre, group: Group, times: Times, *, by: int | None = None) -> Group:
    """Let the group meet then; whoever comes at other times is told once, and what comes before the first day stays.

    Raises:
        TooFarAhead: the first day of new times lies beyond what is planned. BadSeries, Incomplete.
    """
    values = {
        "rule": rule_of(times.rhythm),
        "starts": times.starts,
        "minutes": times.minutes,
        "first_day": times.first_day,
        "ended_on": times.last_day + timedelta(days=1) if times.last_day else None,
    }
    if group.meets:
        _keep_before(tx, centre, group, times.first_day)
    return change(tx, centre, group, values, by=by)


def end(tx: Transaction, centre: Centre, group: Group, last: date, *, by: int | None = None) -> Group:
    """That day, or today if it is over, is its last; what would come later is called off, and whoever comes no more is told once.

    Raises:
        BadSeries, Incomplete.
    """
    today = local(tx.now, centre.zone).date()
    return change(tx, centre, group, {"ended_on": max(last, today) + timedelta(days=1)}, by=by)


def _keep_before(tx: Transaction, centre: Centre, group: Group, first_day: date) -> None:
    """The new series knows nothing of the days before it: what is planned then stays as if staff had put it there."""
    today, horizon = local(tx.now, centre.zone).date(), last_day(centre, tx.now)
    begins = group.first_day or today
    if first_day > horizon and begins <= horizon:
        raise TooFarAhead(horizon)
    lock_people(tx, {one.person_id for one in sessions.members(tx, group.id)} | {group.leader_id or 0})
    for one in map(session_from, sessions.sessions_of(tx, group.id, today)):
        if one.is_planned and one.series_day < first_day:
            sessions.update_session(tx, one.id, by_hand=True)
