"""What changes from the club's side, when that holds, and which visits it touches."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from config.centre import Centre
from scheduler.booked import standing_within
from scheduler.calendar import day_span, days_from, instant
from scheduler.errors import NoSuchRoom
from scheduler.hours import Weekly, hours, standing_out
from scheduler.sessions import Session, sessions_between
from scheduler.visits import Visit
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Away:
    """A specialist is not here."""

    specialist_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class RoomShut:
    """A room can't be used on those days, both counted; visits can go to another."""

    room: str
    instead: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Closed:
    """The club is closed on those days, both counted; or on each of them from that local time on."""

    first: date
    last: date
    reason: str
    after: time | None = None


@dataclass(frozen=True, slots=True)
class HoursOver:
    """Weekly hours end on the day before; others of the same specialist may begin then instead."""

    hours_id: int
    gone: Weekly
    since: date
    instead: Weekly | None = None


AHEAD = timedelta(days=730)  # nobody is booked so far ahead
Change = Away | RoomShut | Closed | HoursOver


def affected(tx: Transaction, centre: Centre, change: Change) -> list[Visit]:
    """The visits that stand, have not begun, and that the change touches, by start.

    Raises:
        NoSuchRoom: the club has no such room.
    """
    _check_rooms(centre, change)
    if isinstance(change, HoursOver):
        return _out_of_hours(tx, centre, change)
    return [
        visit
        for span in spans(centre, change)
        for visit in standing_within(tx, span)
        if visit.starts_at > tx.now and _touches(centre, change, visit)
    ]


def sessions_affected(tx: Transaction, centre: Centre, change: Change) -> list[Session]:
    """The same of groups' sessions: a closed club calls them off, any other change leaves them to staff."""
    return [
        session
        for span in spans(centre, change)
        for session in sessions_between(tx, span)
        if session.is_planned and session.starts_at > tx.now and _touches_session(change, session)
    ]


def spans(centre: Centre, change: Change) -> list[tuple[datetime, datetime]]:
    """When the change holds."""
    if isinstance(change, Away):
        return [(change.starts_at, change.ends_at)]
    if isinstance(change, HoursOver):
        return [day_span(change.since, change.since + AHEAD, centre.zone)]
    if isinstance(change, RoomShut) or change.after is None:
        return [day_span(change.first, change.last, centre.zone)]
    return [_rest_of(centre, day, change.after) for day in days_from(change.first, change.last)]


def _out_of_hours(tx: Transaction, centre: Centre, change: HoursOver) -> list[Visit]:
    """The visits within what ends that nothing else of the week's hours has."""
    (span,), those = spans(centre, change), hours(tx)
    return [
        visit
        for visit in standing_within(tx, span)
        if visit.starts_at > tx.now
        and change.gone.has(centre, visit)
        and not (change.instead and change.instead.has(centre, visit))
        and standing_out(centre, those, visit, without=change.hours_id)
    ]


def _rest_of(centre: Centre, day: date, after: time) -> tuple[datetime, datetime]:
    """From that time on; from the day's beginning where the clock skips it."""
    begins, ends = day_span(day, day, centre.zone)
    return instant(day, after, centre.zone) or begins, ends


def _check_rooms(centre: Centre, change: Change) -> None:
    known = {room.code for room in centre.rooms}
    for code in (change.room, change.instead) if isinstance(change, RoomShut) else ():
        if code not in known:
            raise NoSuchRoom(code)


def _touches_session(change: Change, session: Session) -> bool:
    if isinstance(change, HoursOver):
        return False
    if isinstance(change, Away):
        return session.leader_id == change.specialist_id
    return isinstance(change, Closed) or session.room == change.room


def _touches(centre: Centre, change: Change, visit: Visit) -> bool:
    if isinstance(change, Away):
        return visit.specialist_id == change.specialist_id
    if isinstance(change, RoomShut):
        stations = {
            station.code for room in centre.rooms if room.code == change.room for station in room.stations
        }
        return visit.station in stations
    return True
