"""Puts a visit at an hour: locks whom it concerns, looks again at what may have changed, and claims the time.

Everybody is locked at once and in order of id: the participant, and every specialist who could serve that hour or whose claim
goes; no person lock is taken later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from config.centre import Centre
from scheduler.booked import coming
from scheduler.booked import visit as the_visit
from scheduler.calendar import is_holiday, local
from scheduler.errors import (
    AlreadyGivenBack,
    ClubClosed,
    NotEnrolled,
    NothingToUndo,
    OutOfHours,
    SlotInPast,
    SlotTaken,
    TooFar,
    TooSoon,
    VisitOver,
)
from scheduler.free_times import Search, enabled, last_day, lead, nearest, starts_on
from scheduler.limits import check_contract, check_number, check_own_time
from scheduler.policies import buffer_at
from scheduler.visits import Visit, VisitStatus
from storage import claims, closures, hours, visits
from storage.database import Transaction
from storage.locks import lock_for_hour


@dataclass(frozen=True, slots=True)
class Wish:
    """A visit as it is asked for.

    Attributes:
        moving: the visit that leaves its time for this one.
        undoing: it was given back, and is to stand as it was: nobody asks how soon it is.
        by_staff: whoever undoes works here: then it does not matter whether the club gave it back.
        status: what it is to be then.
    """

    person_id: int
    service: str
    starts_at: datetime
    specialist_id: int | None = None
    moving: Visit | None = None
    undoing: bool = False
    by_staff: bool = False
    status: VisitStatus = VisitStatus.BOOKED

    @property
    def moving_id(self) -> int | None:
        return self.moving.id if self.moving else None

    @property
    def search(self) -> Search:
        return Search(self.service, person_id=self.person_id, moving=self.moving_id)


def place(tx: Transaction, centre: Centre, wish: Wish) -> Visit:
    """Put the visit there, with the first who is free.

    Raises:
        Refused: with the reason; `SlotTaken` and its kin carry the nearest free times.
    """
    buffer = buffer_at(tx, centre, wish.starts_at)
    for row in _look_again(tx, centre, wish, buffer):
        placed = put(tx, centre, wish, row, buffer)
        if placed is not None:
            return placed
    raise SlotTaken(nearest(tx, centre, wish.search, wish.starts_at))


def check_open(tx: Transaction, now: Visit) -> Visit:
    """That visit, if it can still be changed.

    Raises:
        AlreadyGivenBack, VisitOver.
    """
    if now.status is VisitStatus.GIVEN_BACK:
        raise AlreadyGivenBack(now)
    if not now.is_open or now.starts_at <= tx.now:
        raise VisitOver(now)
    return now


def _look_again(tx: Transaction, centre: Centre, wish: Wish, buffer: timedelta) -> Sequence[Any]:
    """Lock everybody concerned, then return the weekly hours that can still serve the wish; raise why there are none."""
    hour = hour_of(centre, wish, buffer)
    concerned = {wish.person_id} | ({wish.moving.specialist_id} if wish.moving else set())
    people = lock_for_hour(tx, concerned, hour)
    if (
        wish.person_id not in people
        or people[wish.person_id].kind != "participant"
        or people[wish.person_id].ended_at
    ):
        raise NotEnrolled
    _check_visit(tx, wish)
    check_contract(centre, people[wish.person_id].contract_until, wish.starts_at)
    _check_time(tx, centre, wish)
    own = coming(tx, [wish.person_id])
    check_own_time(own, wish.service, hour.starts_at, hour.ends_at - hour.starts_at, moving=wish.moving_id)
    if wish.undoing or not wish.moving:
        check_number(centre, wish.service, own)
    rows = hours.serving_at(tx, hour, people.keys(), wanted_for=wish.person_id, moving=wish.moving_id)
    return _still_free(tx, centre, wish, rows)


def _check_visit(tx: Transaction, wish: Wish) -> None:
    """Whether the visit that is to move, or to stand again, is as it must be for that."""
    if wish.moving is None:
        return
    now = the_visit(tx, wish.moving.id)
    if not wish.undoing:
        check_open(tx, now)
    elif now.status is not VisitStatus.GIVEN_BACK or (now.given_back_from is None and not wish.by_staff):
        raise NothingToUndo
    elif now.starts_at <= tx.now:
        raise VisitOver(now)


def hour_of(centre: Centre, wish: Wish, buffer: timedelta) -> hours.Hour:
    """The hour that is asked for, and the airing after it (the source document's C5 and C11); one that ends after midnight lies in nobody's weekly hours."""
    lasts = timedelta(minutes=enabled(centre, wish.service).minutes)
    begins = local(wish.starts_at, centre.zone).replace(tzinfo=None)
    ends = begins + lasts
    ends_at = wish.starts_at + lasts
    return hours.Hour(
        service=wish.service,
        day=begins.date(),
        weekday=begins.isoweekday(),
        starts=begins.time().replace(fold=0),
        ends=ends.time() if ends.date() == begins.date() else time.max,
        starts_at=wish.starts_at,
        ends_at=ends_at,
        aired_at=ends_at + buffer,
    )


def _still_free(tx: Transaction, centre: Centre, wish: Wish, rows: Sequence[Any]) -> Sequence[Any]:
    """Of those who serve that hour whoever is free."""
    day = local(wish.starts_at, centre.zone).date()
    if is_holiday(day) or (rows[0].closed if rows else closures.closures_within(tx, day, day)):
        raise ClubClosed(day, nearest(tx, centre, wish.search, wish.starts_at))
    on_grid = [row for row in rows if _offers(centre, wish, row)]
    if not on_grid:
        raise OutOfHours(nearest(tx, centre, wish.search, wish.starts_at))
    free = [row for row in on_grid if row.free]
    if not free:
        raise SlotTaken(nearest(tx, centre, wish.search, wish.starts_at))
    return free


def _offers(centre: Centre, wish: Wish, row: Any) -> bool:
    """Whether that row of weekly hours has a visit that begins just then."""
    day = local(wish.starts_at, centre.zone).date()
    offered = starts_on(centre, enabled(centre, wish.service), row, day)
    return wish.specialist_id in {None, row.specialist_id} and any(at == wish.starts_at for at, _ in offered)


def _check_time(tx: Transaction, centre: Centre, wish: Wish) -> None:
    """Whether that instant can be booked at all, whoever serves."""
    if wish.undoing:
        return
    if wish.starts_at <= tx.now:
        raise SlotInPast
    if wish.starts_at < tx.now + lead(tx, centre):
        raise TooSoon
    day = local(wish.starts_at, centre.zone).date()
    if day > last_day(centre, tx.now):
        raise TooFar(last_day(centre, tx.now))


def put(tx: Transaction, centre: Centre, wish: Wish, row: Any, buffer: timedelta) -> Visit | None:
    """Put the visit with that row of weekly hours; None, and nothing changed, if the database says that it is taken.

    Whoever calls has locked everybody concerned, and looked again.
    """
    ends_at = wish.starts_at + timedelta(minutes=enabled(centre, wish.service).minutes)
    claimed = _claims(wish, row, ends_at, buffer)
    try:
        with tx.savepoint():
            visit_id, version = _written(tx, centre, wish, row, ends_at)
            if row.held:
                claims.end_holds(tx, claimed, wish.person_id)
            claims.take(tx, claimed, appointment_id=visit_id)
    except claims.Overlap:
        return None
    return Visit(
        visit_id,
        wish.service,
        wish.person_id,
        row.specialist_id,
        row.station,
        row.mode,
        wish.starts_at,
        ends_at,
        wish.status,
        version,
    )


def _written(tx: Transaction, centre: Centre, wish: Wish, row: Any, ends_at: datetime) -> tuple[int, int]:
    """Write the visit, or its new time in place of the old; return its id and version.

    The version stays where nothing changes for the participant: then what was asked about it still stands.
    """
    where = {
        "specialist_id": row.specialist_id,
        "station_id": row.station_id,
        "mode": row.mode,
        "starts_at": wish.starts_at,
        "ends_at": ends_at,
        "status": wish.status,
        "given_back_at": None,
        "given_back_from": None,
    }
    if wish.moving:
        before = the_visit(tx, wish.moving.id)
        version = before.version + (not _is_same(centre, before, wish, row))
        claims.release(tx, wish.moving.id)
        on_time = {} if wish.undoing else {"late_minutes": None}
        visits.change_visit(tx, wish.moving.id, version=version, **on_time, **where)
        return wish.moving.id, version
    values = where | {
        "service_id": row.service_id,
        "participant_id": wish.person_id,
        "version": 1,
        "booked_at": tx.now,
    }
    return visits.add_visit(tx, values), 1


def _is_same(centre: Centre, before: Visit, wish: Wish, row: Any) -> bool:
    """Whether time and room are what the participant knows of a visit that stands."""
    same_place = _room(centre, before.place) == _room(centre, row.station or row.mode)
    return before.is_open and before.starts_at == wish.starts_at and same_place


def _room(centre: Centre, place: str) -> str:
    return centre.room_of(place).code if centre.has_station(place) else place


def _claims(wish: Wish, row: Any, ends_at: datetime, buffer: timedelta) -> list[claims.Claim]:
    """The participant's time, the specialist's, and the station's with its airing and cleaning."""
    people = [
        claims.Claim(wish.starts_at, ends_at, person_id=one) for one in (wish.person_id, row.specialist_id)
    ]
    if row.station_id is None:
        return people
    return [
        *people,
        claims.Claim(wish.starts_at, ends_at + buffer, station_id=row.station_id),
    ]
