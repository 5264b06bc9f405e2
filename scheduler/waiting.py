"""The waiting list: who waits for a time of which service, on which days, at which hours, and until when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from config.centre import Centre
from scheduler.calendar import local
from scheduler.errors import ContractEnded, Refused
from scheduler.free_times import Search, enabled, free_times
from storage import audit, offers, people
from storage import waiting as rows
from storage.database import Transaction
from storage.locks import lock_people

MOST_REFUSED = 300  # of a service's times within the horizon


class WaitsNoMore(Refused):
    """That row of the waiting list is not as it was."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would wait for. Days and times are the club's local ones; None leaves it open.

    Attributes:
        visit_id: of theirs that is to move there.
        earlier: only to a time before the one that it has.
    """

    person_id: int
    service: str
    first_day: date | None = None
    last_day: date | None = None
    from_time: time | None = None
    until_time: time | None = None
    visit_id: int | None = None
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits: for what, and since when (UTC).

    Attributes:
        visit_starts_at: of the visit that is to move.
        refused: what was free when they asked.
    """

    id: int
    person_id: int
    person: str
    service: str
    visit_id: int | None
    earlier: bool
    first_day: date | None
    last_day: date
    from_time: time | None
    until_time: time | None
    since: datetime
    visit_starts_at: datetime | None
    contract_until: date | None
    refused: frozenset[datetime]

    def fits(self, starts_at: datetime, zone: ZoneInfo) -> bool:
        """Whether a time is what they wait for, whatever else they have then."""
        there = local(starts_at, zone)
        last_day = min(self.last_day, self.contract_until or self.last_day)
        return (
            (self.first_day or there.date()) <= there.date() <= last_day
            and (self.from_time is None or there.time() >= self.from_time)
            and (self.until_time is None or there.time() < self.until_time)
            and starts_at not in self.refused
            and (self.visit_starts_at is None or self._is_better(starts_at, self.visit_starts_at))
        )

    def _is_better(self, starts_at: datetime, than: datetime) -> bool:
        return starts_at < than if self.earlier else starts_at != than


def wait(tx: Transaction, centre: Centre, wish: Wish, *, by: int | None = None) -> Waiting:
    """Let somebody wait from now on; whoever waits for that service already keeps their place and wishes anew.

    What is free now and fits is what they do not want: it is never offered to them.

    Args:
        by: the member of staff who puts them on the list; None if they do it themselves.

    Raises:
        NoSuchService. ContractEnded: they may not come on any of those days.
    """
    enabled(centre, wish.service)
    lock_people(tx, [wish.person_id])
    today = local(tx.now, centre.zone).date()
    last_day = _last_day(tx, centre, wish)
    if last_day < today:
        raise ContractEnded
    values = {
        "appointment_id": wish.visit_id,
        "earlier": wish.earlier,
        "first_day": wish.first_day,
        "last_day": last_day,
        "from_time": wish.from_time,
        "until_time": wish.until_time,
        "refused": _refused(tx, centre, wish, last_day),
    }
    there = _standing(tx, centre, wish)
    if there is not None:
        rows.change_waiting(tx, there.id, values)
    else:
        rows.end(tx, rows.open_of(tx, wish.person_id, wish.service))
        rows.insert_waiting(tx, wish.person_id, wish.service, values)
    written = _standing(tx, centre, wish)
    assert written is not None, "whoever asks to wait is enrolled, and their visit stands"
    if by is not None:
        _note(tx, "waiting_begun", by, written.id, wish.person_id)
    return written


def waiting_of(tx: Transaction, centre: Centre, person_ids: Collection[int]) -> list[Waiting]:
    """What those people wait for, the longest waiting first."""
    return [waiting_from(row) for row in rows.of_people(tx, person_ids, local(tx.now, centre.zone).date())]


def everybody(tx: Transaction, centre: Centre) -> list[Waiting]:
    """Everybody who waits, the longest waiting first."""
    return [waiting_from(row) for row in rows.everybody(tx, local(tx.now, centre.zone).date())]


def stop(tx: Transaction, waiting_ids: Collection[int]) -> None:
    """These wait no more; what they were offered can't be taken any more."""
    rows.end(tx, waiting_ids)
    offers.expire(tx)


def take_off(tx: Transaction, centre: Centre, waiting_id: int, *, by: int) -> Waiting:
    """Somebody on the staff takes one off the list; return what they waited for.

    Raises:
        WaitsNoMore: they have what they waited for, or are off the list already.
    """
    found = next((one for one in everybody(tx, centre) if one.id == waiting_id), None)
    if found is None:
        raise WaitsNoMore
    stop(tx, [waiting_id])
    _note(tx, "waiting_ended", by, waiting_id, found.person_id)
    return found


def put_back(tx: Transaction, waiting_id: int, *, by: int) -> None:
    """They wait again, in their old place.

    Raises:
        WaitsNoMore: there is no such row, or they wait for that service anew already.
    """
    person_id = rows.reopen(tx, waiting_id)
    if person_id is None:
        raise WaitsNoMore
    _note(tx, "waiting_begun", by, waiting_id, person_id)


def waiting_from(row: Any) -> Waiting:
    """A row of the waiting list as what it means."""
    return Waiting(
        row.id,
        row.person_id,
        row.person,
        row.service,
        row.appointment_id,
        row.earlier,
        row.first_day,
        row.last_day,
        row.from_time,
        row.until_time,
        row.since,
        row.visit_starts_at,
        row.contract_until,
        frozenset(datetime.fromisoformat(at) for at in row.refused),
    )


def _standing(tx: Transaction, centre: Centre, wish: Wish) -> Waiting | None:
    """What that person waits for already, of that service."""
    own = waiting_of(tx, centre, [wish.person_id])
    return next((one for one in own if one.service == wish.service), None)


def _last_day(tx: Transaction, centre: Centre, wish: Wish) -> date:
    """The last day on which a time would help, and not after the social contract's."""
    person = people.person_of(tx, wish.person_id)
    named = wish.last_day or local(tx.now, centre.zone).date() + timedelta(days=centre.waiting.days)
    contract = person.contract_until if person is not None else None
    return min(named, contract) if contract is not None else named


def _refused(tx: Transaction, centre: Centre, wish: Wish, last_day: date) -> list[str]:
    search = Search(
        wish.service,
        wish.first_day,
        last_day,
        wish.from_time,
        wish.until_time,
        person_id=wish.person_id,
        moving=wish.visit_id,
    )
    return [one.starts_at.isoformat() for one in free_times(tx, centre, search, MOST_REFUSED)]


def _note(tx: Transaction, action: str, by: int, waiting_id: int, person_id: int) -> None:
    audit.note(tx, "staff", action, actor_id=by, person_id=person_id, details={"waiting": waiting_id})
