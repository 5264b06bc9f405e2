"""The digest: in the morning staff are told of their day, in the evening of the next open one. Each is told once.

On open days alone, to whoever has a chat linked, or, if the club's file says so, a phone. Of names it keeps none: it is worded
when it is sent, in a chat with names, by SMS with numbers.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from config.centre import Centre
from scheduler.calendar import instant, local
from scheduler.digest_values import Day, on_day
from scheduler.ladder import best
from scheduler.ledger import Notice, Purpose, post_all
from scheduler.morning import is_open_day
from scheduler.people import SMS
from scheduler.purposes import RULES
from scheduler.staff import Role
from storage import digest
from storage.database import Transaction

TEXT = "digest"
ROLES = (
    Role.RECEPTION,
    Role.COORDINATOR,
    Role.SPECIALIST,
)  # an administrator looks after the program, not the day
USEFUL = RULES[Purpose.STAFF].useful_for
DAYS_AHEAD = 14
DAY = timedelta(days=1)


def tell_day(tx: Transaction, centre: Centre) -> int:
    """Write what is due now by the local date; return to how many. The same again is written once."""
    today = local(tx.now, centre.zone).date()
    due = [
        (kind, at)
        for kind, clock in (("morning", centre.digest.morning), ("evening", centre.digest.evening))
        if clock is not None and (at := _at(centre, today, clock)) <= tx.now < at + USEFUL
    ]
    if not due or not is_open_day(tx, today):
        return 0
    return sum(_tell(tx, centre, today, kind, at) for kind, at in due)


def _tell(tx: Transaction, centre: Centre, today: date, kind: str, at: datetime) -> int:
    day = today if kind == "morning" else _next_open(tx, today)
    if day is None:
        return 0
    found = on_day(tx, centre, day)
    notices = [
        Notice(
            key=f"digest:{kind}:{today}:{reader.person_id}",
            purpose=Purpose.STAFF,
            text=TEXT,
            params={"on_day": day.isoformat(), "reader_id": reader.person_id},
            address_id=reader.id,  # and no person: what can't be sent there goes nowhere else, and troubles nobody
            language=reader.language,
            useless_after=at + USEFUL,
        )
        for reader in _readers(tx, centre, at)
        if _has_any(found, reader)
    ]
    return len(post_all(tx, notices))


def _readers(tx: Transaction, centre: Centre, at: datetime) -> list[Any]:
    """Of each the address that words go to, of those that were linked by then."""
    channels = ("telegram", SMS) if centre.digest.by_sms else ("telegram",)
    rows = [row for row in digest.readers(tx, ROLES, channels) if row.linked_at <= at]
    return [best(list(own)) for _, own in groupby(rows, key=lambda row: row.person_id)]


def _has_any(found: Day, reader: Any) -> bool:
    """A specialist without anything that day is left in peace."""
    if reader.role != Role.SPECIALIST:
        return True
    own = found.of(reader.person_id)
    return bool(own.visits or own.sessions)


def _next_open(tx: Transaction, today: date) -> date | None:
    coming = (today + number * DAY for number in range(1, DAYS_AHEAD + 1))
    return next((day for day in coming if is_open_day(tx, day)), None)


def _at(centre: Centre, day: date, clock: time) -> datetime:
    """That local time; one that the spring change skips is an hour later."""
    return instant(day, clock, centre.zone) or datetime.combine(day, clock, centre.zone).astimezone(UTC)
