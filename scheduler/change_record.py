"""Writes a change from the club's side into the diary, so that from now on nobody can book there and then."""

from dataclasses import asdict
from datetime import date, time

from config.centre import Centre
from scheduler.booking import away
from scheduler.impact import Away, Change, RoomShut, spans
from storage import audit, diary
from storage.database import Transaction


def record(tx: Transaction, centre: Centre, change: Change, *, by: int | None = None) -> None:
    """Do it; what is booked stands.

    Raises:
        NoSuchRoom, NotASpecialist.
    """
    if isinstance(change, Away):
        away(tx, **asdict(change), by=by)
        return
    if isinstance(change, RoomShut):
        for span in spans(centre, change):
            for station in diary.stations_of(tx, change.room):
                diary.add_absence(tx, span, station_id=station.id)
    elif change.after is None:
        diary.add_closure(tx, change.first, change.last, change.reason)
    else:
        for span in spans(centre, change):
            for specialist_id in diary.who_serves(tx):
                diary.add_absence(tx, span, person_id=specialist_id)
    audit.note(tx, "staff", type(change).__name__.lower(), actor_id=by, details=_details(change))


def _details(change: Change) -> dict[str, str]:
    """Days and codes for the log: nobody's words."""
    return {
        name: str(value.isoformat() if isinstance(value, date | time) else value)
        for name, value in asdict(change).items()
        if value is not None and name != "reason"
    }
