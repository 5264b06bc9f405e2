"""Other days of the demo: a local time as an instant, and the open transaction as it would have been then."""

from dataclasses import replace
from datetime import date, datetime, time

from config.centre import Centre
from scheduler.calendar import instant
from scheduler.clock import Clock
from storage.database import Transaction


class Then(Clock):
    """Of a transaction of another day: what happened in it really happened then."""

    def real(self, tx: Transaction) -> datetime:
        return tx.now


def at(centre: Centre, day: date, clock: time) -> datetime:
    """That local time of a working day."""
    found = instant(day, clock, centre.zone)
    assert found is not None  # no clock change skips an hour of a working day
    return found


def as_of(tx: Transaction, now: datetime) -> Transaction:
    """The same transaction, in which everything happens at that instant."""
    return replace(tx, now=now)
