"""What a month comes to, for whoever answers for the club: counts alone, nobody's name."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from config.centre import Centre
from scheduler.calendar import local
from scheduler.visits import VisitStatus
from storage import months
from storage.database import Transaction

IN_TIME = timedelta(hours=24)  # before the visit: as long ahead somebody else can still get the time

CAME = (VisitStatus.ARRIVED, VisitStatus.ATTENDED)


@dataclass(slots=True)
class Month:
    """One local month.

    Attributes:
        visits: all that were booked for it and not called off by the club.
        in_time: given back a day or more before.
        filled: times that somebody of the waiting list took.
        messages: that a provider took, by channel.
    """

    first: date
    visits: int = 0
    came: int = 0
    missed: int = 0
    refused: int = 0
    given_back: int = 0
    in_time: int = 0
    filled: int = 0
    messages: dict[str, int] = field(default_factory=dict)
    sms_parts: int = 0
    zloty: Decimal = Decimal(0)


def figures(tx: Transaction, centre: Centre, count: int = 12) -> list[Month]:
    """The last so many months, this one last."""
    firsts = _firsts(local(tx.now, centre.zone).date(), count)
    bounds = [datetime.combine(day, time(0), centre.zone) for day in firsts]
    found = [Month(day) for day in firsts[:-1]]
    for row in months.visits(tx, bounds):
        _count(found[row.month], VisitStatus(row.status), row.many)
    for row in months.given_back(tx, bounds):
        found[row.month].given_back += 1
        found[row.month].visits += 1
        found[row.month].in_time += row.starts_at - row.given_back_at >= IN_TIME
    for row in months.taken_offers(tx, bounds):
        found[row.month].filled = row.many
    for row in months.messages(tx, bounds):
        found[row.month].messages[row.channel] = row.many
        if row.channel == "sms":
            found[row.month].sms_parts = row.parts
            found[row.month].zloty = row.parts * centre.health.sms_part_zloty
    return found


def _count(month: Month, status: VisitStatus, count: int) -> None:
    """What was given back is counted by who did."""
    if status is VisitStatus.GIVEN_BACK:
        return
    month.visits += count
    if status in CAME:
        month.came += count
    elif status is VisitStatus.MISSED:
        month.missed += count
    elif status is VisitStatus.REFUSED_NO_MASK:
        month.refused += count


def _firsts(today: date, count: int) -> list[date]:
    """The first days of the last so many months, and of the next one."""
    last = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - count + 1, last + 2)]
