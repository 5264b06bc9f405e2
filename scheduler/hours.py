"""Specialists' weekly hours: those of the club's file, and those that staff entered.

What staff entered is theirs: no start of the program touches it. What the file says comes from the file at every start; a row of it that
staff ended stays ended for as long as the file says that same row. Whoever changes the row in the file says something new, and that holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from config.centre import Centre
from scheduler.calendar import local
from scheduler.errors import NotASpecialist, Refused
from scheduler.free_times import enabled
from scheduler.visits import Visit
from storage import audit, timetable
from storage import hours as stored
from storage.database import Transaction
from storage.hours import HoursRow
from storage.locks import lock_people

SHOWN = timedelta(days=31)  # for so long what is over can be seen, and taken back


@dataclass(frozen=True, slots=True)
class Weekly:
    """A stretch of every week, local times; weekday 1 is Monday. No station where the visit is by phone or remote."""

    specialist_id: int
    service: str
    weekday: int
    starts: time
    ends: time
    station: str | None
    mode: str

    def has(self, centre: Centre, visit: Visit) -> bool:
        """Whether a visit lies within it."""
        begins, ends = local(visit.starts_at, centre.zone), local(visit.ends_at, centre.zone)
        return (
            (visit.specialist_id, visit.service, visit.station, visit.mode)
            == (self.specialist_id, self.service, self.station, self.mode)
            and begins.isoweekday() == self.weekday
            and self.starts <= begins.time()
            and ends.time() <= self.ends
        )


@dataclass(frozen=True, slots=True)
class Hours:
    """The same as it stands: from and until which day, both counted; None is always."""

    id: int
    specialist: str
    weekly: Weekly
    by_staff: bool
    since: date | None
    until: date | None


class NoSuchHours(Refused):
    """They are gone, or the club's file has them where staff's own are meant."""

    def __init__(self, hours_id: int) -> None:
        super().__init__(f"there are no weekly hours number {hours_id} that staff could change so")


class HoursClash(Refused):
    """The specialist is elsewhere then, or the station is somebody else's."""

    def __init__(self, other: Hours) -> None:
        super().__init__(f"{other.specialist} has hours then, number {other.id}")
        self.other = other


class HoursTooShort(Refused):
    """They end before one visit of the service would."""

    def __init__(self) -> None:
        super().__init__("there is no room for one visit in these hours")


def hours(tx: Transaction) -> list[Hours]:
    """All that are not over for long, by specialist, weekday and start."""
    found = [_of(row) for row in stored.weekly(tx)]
    seen = [one for one in found if one.until is None or one.until >= tx.now.date() - SHOWN]
    return sorted(seen, key=lambda one: (one.specialist, one.weekly.weekday, one.weekly.starts, one.id))


def the_hours(tx: Transaction, hours_id: int) -> Hours:
    """One.

    Raises:
        NoSuchHours.
    """
    found = next((one for one in hours(tx) if one.id == hours_id), None)
    if found is None:
        raise NoSuchHours(hours_id)
    return found


def add(tx: Transaction, centre: Centre, wanted: Weekly, since: date, *, by: int | None = None) -> int:
    """Hours from that day on; return their number.

    Raises:
        HoursClash, HoursTooShort, NotASpecialist, NoSuchService.
    """
    locked = lock_people(tx, {wanted.specialist_id, *stored.who_serves(tx)})
    if wanted.specialist_id not in locked or locked[wanted.specialist_id].kind != "staff":
        raise NotASpecialist
    check(tx, centre, wanted, since)
    service_id, station_id = timetable.ids_of(tx, wanted.service, wanted.station)
    row = HoursRow(
        wanted.specialist_id,
        int(service_id or 0),
        wanted.weekday,
        wanted.starts,
        wanted.ends,
        station_id,
        wanted.mode,
    )
    hours_id = stored.add_hours(tx, row, since)
    _note(tx, "hours_added", hours_id, wanted, by)
    return hours_id


def check(
    tx: Transaction, centre: Centre, wanted: Weekly, since: date, *, instead_of: int | None = None
) -> None:
    """Whether those hours could begin on that day.

    Args:
        instead_of: hours that end then, and are in nobody's way.

    Raises:
        HoursClash, HoursTooShort, NoSuchService.
    """
    lasts = timedelta(minutes=enabled(centre, wanted.service).minutes)
    if _clock(wanted.starts) + lasts > _clock(wanted.ends):
        raise HoursTooShort
    for other in hours(tx):
        if other.id != instead_of and _meet(other, wanted, since):
            raise HoursClash(other)


def stop(tx: Transaction, hours_id: int, since: date, *, by: int | None = None) -> None:
    """Let hours end on the day before; those of staff that would have begun later are gone.

    Raises:
        NoSuchHours.
    """
    found = the_hours(tx, hours_id)
    if found.since is not None and found.since >= since:
        stored.remove_hours(tx, hours_id)
    else:
        stored.end_hours(tx, hours_id, since - timedelta(days=1))
    _note(tx, "hours_ended", hours_id, found.weekly, by)


def remove(tx: Transaction, hours_id: int, *, by: int | None = None) -> None:
    """Hours that staff entered were a slip.

    Raises:
        NoSuchHours: there are none, or the club's file has them.
    """
    found = the_hours(tx, hours_id)
    if not stored.remove_hours(tx, hours_id):
        raise NoSuchHours(hours_id)
    _note(tx, "hours_removed", hours_id, found.weekly, by)


def go_on(tx: Transaction, centre: Centre, hours_id: int, *, by: int | None = None) -> None:
    """Hours that were to end don't.

    Raises:
        NoSuchHours. HoursClash: others have begun there.
    """
    found = the_hours(tx, hours_id)
    if found.until is None:
        raise NoSuchHours(hours_id)
    check(tx, centre, found.weekly, found.until + timedelta(days=1), instead_of=hours_id)
    stored.end_hours(tx, hours_id, None)
    _note(tx, "hours_go_on", hours_id, found.weekly, by)


def standing_out(centre: Centre, those: Sequence[Hours], visit: Visit, *, without: int) -> bool:
    """Whether no weekly hours but those of that number have the visit."""
    day = local(visit.starts_at, centre.zone).date()
    return not any(
        one.weekly.has(centre, visit) and stored.in_force(one, day) for one in those if one.id != without
    )


def _meet(other: Hours, wanted: Weekly, since: date) -> bool:
    """Whether both want the specialist or the station at once, on some day from then on."""
    its = other.weekly
    is_same = its.specialist_id == wanted.specialist_id or (
        wanted.station is not None and its.station == wanted.station
    )
    is_then = its.weekday == wanted.weekday and its.starts < wanted.ends and wanted.starts < its.ends
    return is_same and is_then and (other.until is None or other.until >= since)


def _clock(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)


def _note(tx: Transaction, action: str, hours_id: int, weekly: Weekly, by: int | None) -> None:
    details = {"hours": hours_id, "weekday": weekly.weekday}
    audit.note(tx, "staff", action, actor_id=by, person_id=weekly.specialist_id, details=details)


def _of(row: Any) -> Hours:
    weekly = Weekly(row.specialist_id, row.service, row.weekday, row.starts, row.ends, row.station, row.mode)
    return Hours(row.id, row.specialist, weekly, row.by_staff, row.since, row.until)
