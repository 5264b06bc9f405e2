"""When somebody answers in the office: its weekly hours, but for holidays and closures."""

from datetime import datetime

from config.centre import Centre
from scheduler.calendar import is_holiday, local
from storage import closures
from storage.database import Transaction


def is_open(tx: Transaction, centre: Centre) -> bool:
    """Whether somebody answers now."""
    here = local(tx.now, centre.zone)
    return _is_within_hours(centre, here) and not is_holiday(here.date()) and not _is_closed(tx, here)


def _is_within_hours(centre: Centre, here: datetime) -> bool:
    return any(
        span.weekday == here.isoweekday() and span.starts <= here.time() < span.ends
        for span in centre.contact.open
    )


def _is_closed(tx: Transaction, here: datetime) -> bool:
    return bool(closures.closures_within(tx, here.date(), here.date()))
