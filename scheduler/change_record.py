"""Writes a change from the club's side into the diary, so that from now on nobody can book there and then."""

from dataclasses import asdict
from datetime import date, time

from config.centre import Centre
from scheduler.booking import away
from scheduler.hours import add, stop
from scheduler.impact import Away, Change, Closed, HoursOver, RoomShut, spans
from storage import absences, audit, closures, hours, timetable
from storage.database import Transaction


def record(tx: Transaction, centre: Centre, change: Change, *, by: int | None = None) -> None:
    """Do it; what is booked stands.

    Raises:
        NoSuchRoom, NotASpecialist, NoSuchHours, HoursClash, HoursTooShort.
    """
    match change:
        case Away():
            away(tx, **asdict(change), by=by)
        case HoursOver():
            _hours_over(tx, centre, change, by)
        case RoomShut():
            _room_shut(tx, centre, change, by)
        case Closed():
            _closed(tx, centre, change, by)


def _hours_over(tx: Transaction, centre: Centre, change: HoursOver, by: int | None) -> None:
    stop(tx, change.hours_id, change.since, by=by)
    if change.instead is not None:
        add(tx, centre, change.instead, change.since, by=by)


def _room_shut(tx: Transaction, centre: Centre, change: RoomShut, by: int | None) -> None:
    for span in spans(centre, change):
        for station in timetable.stations_of(tx, change.room):
            absences.add_absence(tx, span, station_id=station.id)
    audit.note(tx, "staff", "roomshut", actor_id=by, details=_details(change))


def _closed(tx: Transaction, centre: Centre, change: Closed, by: int | None) -> None:
    if change.after is None:
        closures.add_closure(tx, change.first, change.last, change.reason)
    else:
        for span in spans(centre, change):
            for specialist_id in hours.who_serves(tx):
                absences.add_absence(tx, span, person_id=specialist_id)
    audit.note(tx, "staff", "closed", actor_id=by, details=_details(change))


def _details(change: RoomShut | Closed) -> dict[str, str]:
    """Days and codes for the log: nobody's words."""
    return {
        name: str(value.isoformat() if isinstance(value, date | time) else value)
        for name, value in asdict(change).items()
        if value is not None and name != "reason"
    }
