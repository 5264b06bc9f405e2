"""Book, move, give back, confirm, away: what happens to a visit, each in the caller's open transaction.

Every one of them first locks, in one statement and in order of id, the participant and every specialist who could serve that
hour or whose claim goes; it then looks again at what may have changed since the list was shown, and takes no person lock later.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from config.centre import Centre
from scheduler import reminders
from scheduler.booked import coming, with_specialist
from scheduler.booked import visit as the_visit
from scheduler.calendar import is_holiday, local
from scheduler.errors import (
    AlreadyGivenBack,
    ClubClosed,
    NotASpecialist,
    NotEnrolled,
    OutOfHours,
    SlotInPast,
    SlotTaken,
    TooFar,
    TooSoon,
    VisitOver,
)
from scheduler.free_times import Search, airing, enabled, last_day, nearest, starts_on
from scheduler.ledger import withdraw
from scheduler.limits import check_contract, check_number, check_own_time
from scheduler.visits import Visit, VisitStatus
from storage import audit, claims, diary
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class _Wish:
    """A visit as it is asked for. `moving` is the visit that leaves its time for this one."""

    person_id: int
    service: str
    starts_at: datetime
    specialist_id: int | None = None
    moving: Visit | None = None

    @property
    def moving_id(self) -> int | None:
        return self.moving.id if self.moving else None

    @property
    def search(self) -> Search:
        return Search(self.service, person_id=self.person_id, moving=self.moving_id)


def book(
    tx: Transaction,
    centre: Centre,
    *,
    person_id: int,
    service: str,
    starts_at: datetime,
    specialist_id: int | None = None,
) -> Visit:
    """Book that hour, with whoever of the service is free, or with that specialist alone.

    Raises:
        Refused: with the reason (scheduler.errors); `SlotTaken` and its kin carry the nearest free times.
    """
    wish = _Wish(person_id, service, starts_at, specialist_id)
    candidates = _look_again(tx, centre, wish)
    for row in candidates:
        booked = _try(tx, centre, wish, row)
        if booked is not None:
            reminders.write(tx, centre, booked)
            audit.note(tx, "participant", "booked", person_id=person_id, appointment_id=booked.id)
            return booked
    raise SlotTaken(nearest(tx, centre, wish.search, starts_at))


def move(
    tx: Transaction, centre: Centre, *, visit_id: int, starts_at: datetime, specialist_id: int | None = None
) -> Visit:
    """Move a visit to another hour of the same service; until the new one is had, the old one stays.

    Raises:
        Refused: as `book`; `VisitOver`, `AlreadyGivenBack`, `NoSuchVisit`.
    """
    before = the_visit(tx, visit_id)
    wish = _Wish(before.participant_id, before.service, starts_at, specialist_id, moving=before)
    candidates = _look_again(tx, centre, wish)
    for row in candidates:
        moved = _try(tx, centre, wish, row)
        if moved is not None:
            reminders.rewrite(tx, centre, moved)
            audit.note(tx, "participant", "moved", person_id=moved.participant_id, appointment_id=moved.id)
            return moved
    raise SlotTaken(nearest(tx, centre, wish.search, starts_at))


def give_back(tx: Transaction, *, visit_id: int) -> Visit:
    """Give a visit back: its time is free at once, its reminders are withdrawn.

    Raises:
        VisitOver: it has begun. AlreadyGivenBack: it was given back before. NoSuchVisit.
    """
    before = _locked(tx, the_visit(tx, visit_id))
    claims.release(tx, visit_id)
    diary.update_visit(tx, visit_id, status=VisitStatus.GIVEN_BACK, version=before.version + 1)
    withdraw(tx, appointment_id=visit_id)
    audit.note(tx, "participant", "given_back", person_id=before.participant_id, appointment_id=visit_id)
    return replace(before, status=VisitStatus.GIVEN_BACK, version=before.version + 1)


def confirm(tx: Transaction, *, visit_id: int) -> Visit:
    """The participant says that they will come; saying it twice changes nothing.

    Raises:
        VisitOver, AlreadyGivenBack, NoSuchVisit: as `give_back`.
    """
    before = _locked(tx, the_visit(tx, visit_id))
    if before.status is VisitStatus.CONFIRMED:
        return before
    diary.update_visit(tx, visit_id, status=VisitStatus.CONFIRMED)
    reminders.settle(tx, before)
    audit.note(tx, "participant", "confirmed", person_id=before.participant_id, appointment_id=visit_id)
    return replace(before, status=VisitStatus.CONFIRMED)


def away(tx: Transaction, *, specialist_id: int, starts_at: datetime, ends_at: datetime) -> list[Visit]:
    """Record that a specialist is not here in that span: nobody can book it from now on.

    Returns:
        The visits inside it, untouched: what becomes of them is for staff to settle.

    Raises:
        NotASpecialist: nobody of that id works here.
    """
    if ends_at <= starts_at:
        raise ValueError("an absence must end after it begins")
    locked = diary.lock_people(tx, [specialist_id])
    if specialist_id not in locked or locked[specialist_id].kind != "staff":
        raise NotASpecialist
    diary.add_absence(tx, specialist_id, starts_at, ends_at)
    audit.note(tx, "staff", "away", person_id=specialist_id)
    return with_specialist(tx, specialist_id, (starts_at, ends_at))


def _look_again(tx: Transaction, centre: Centre, wish: _Wish) -> Sequence[Any]:
    """Lock everybody concerned, then return the weekly hours that can still serve the wish; raise why there are none."""
    hour = _hour(centre, wish)
    concerned = {wish.person_id} | ({wish.moving.specialist_id} if wish.moving else set())
    people = diary.lock_for_hour(tx, concerned, hour)
    if (
        wish.person_id not in people
        or people[wish.person_id].kind != "participant"
        or people[wish.person_id].ended_at
    ):
        raise NotEnrolled
    if wish.moving:
        _check_open(tx, the_visit(tx, wish.moving.id))
    check_contract(centre, people[wish.person_id].contract_until, wish.starts_at)
    _check_time(centre, wish, tx.now)
    own = coming(tx, [wish.person_id])
    check_own_time(own, wish.service, hour.starts_at, hour.ends_at - hour.starts_at, moving=wish.moving_id)
    if not wish.moving:
        check_number(centre, wish.service, own)
    return _still_free(tx, centre, wish, diary.serving_at(tx, hour, people.keys(), wish.moving_id))


def _hour(centre: Centre, wish: _Wish) -> diary.Hour:
    """The hour that is asked for; one that ends after midnight lies in nobody's weekly hours."""
    lasts = timedelta(minutes=enabled(centre, wish.service).minutes)
    begins = local(wish.starts_at, centre.zone).replace(tzinfo=None)
    ends = begins + lasts
    ends_at = wish.starts_at + lasts
    return diary.Hour(
        service=wish.service,
        day=begins.date(),
        weekday=begins.isoweekday(),
        starts=begins.time().replace(fold=0),
        ends=ends.time() if ends.date() == begins.date() else time.max,
        starts_at=wish.starts_at,
        ends_at=ends_at,
        aired_at=ends_at + airing(centre, "a station"),
    )


def _still_free(tx: Transaction, centre: Centre, wish: _Wish, rows: Sequence[Any]) -> Sequence[Any]:
    """Of those who serve that hour whoever is free."""
    day = local(wish.starts_at, centre.zone).date()
    if is_holiday(day) or (rows[0].closed if rows else diary.closures(tx, day, day)):
        raise ClubClosed(day, nearest(tx, centre, wish.search, wish.starts_at))
    on_grid = [row for row in rows if _offers(centre, wish, row)]
    if not on_grid:
        raise OutOfHours(nearest(tx, centre, wish.search, wish.starts_at))
    free = [row for row in on_grid if row.free]
    if not free:
        raise SlotTaken(nearest(tx, centre, wish.search, wish.starts_at))
    return free


def _offers(centre: Centre, wish: _Wish, row: Any) -> bool:
    """Whether that row of weekly hours has a visit that begins just then."""
    day = local(wish.starts_at, centre.zone).date()
    offered = starts_on(centre, enabled(centre, wish.service), row, day)
    return wish.specialist_id in {None, row.specialist_id} and any(at == wish.starts_at for at, _ in offered)


def _check_time(centre: Centre, wish: _Wish, now: datetime) -> None:
    """Whether that instant can be booked at all, whoever serves."""
    if wish.starts_at <= now:
        raise SlotInPast
    if wish.starts_at < now + timedelta(minutes=centre.rules.lead_minutes):
        raise TooSoon
    day = local(wish.starts_at, centre.zone).date()
    if day > last_day(centre, now):
        raise TooFar(last_day(centre, now))


def _try(tx: Transaction, centre: Centre, wish: _Wish, row: Any) -> Visit | None:
    """Put the visit with that row of weekly hours; None, and nothing changed, if the database says that it is taken."""
    ends_at = wish.starts_at + timedelta(minutes=enabled(centre, wish.service).minutes)
    try:
        with tx.savepoint():
            visit_id, version = _put(tx, wish, row, ends_at)
            claims.take(tx, visit_id, _claims(centre, wish, row, ends_at))
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
        VisitStatus.BOOKED,
        version,
    )


def _put(tx: Transaction, wish: _Wish, row: Any, ends_at: datetime) -> tuple[int, int]:
    """Write the visit, or its new time in place of the old; return its id and version."""
    where = {
        "specialist_id": row.specialist_id,
        "station_id": row.station_id,
        "mode": row.mode,
        "starts_at": wish.starts_at,
        "ends_at": ends_at,
        "status": VisitStatus.BOOKED,
    }
    if wish.moving:
        version = the_visit(tx, wish.moving.id).version + 1
        claims.release(tx, wish.moving.id)
        diary.update_visit(tx, wish.moving.id, version=version, **where)
        return wish.moving.id, version
    values = where | {
        "service_id": row.service_id,
        "participant_id": wish.person_id,
        "version": 1,
        "booked_at": tx.now,
    }
    return diary.insert_visit(tx, values), 1


def _claims(centre: Centre, wish: _Wish, row: Any, ends_at: datetime) -> list[claims.Claim]:
    """The participant's time, the specialist's, and the station's with its airing and cleaning."""
    people = [
        claims.Claim(wish.starts_at, ends_at, person_id=one) for one in (wish.person_id, row.specialist_id)
    ]
    if row.station_id is None:
        return people
    return [
        *people,
        claims.Claim(wish.starts_at, ends_at + airing(centre, row.station_id), station_id=row.station_id),
    ]


def _locked(tx: Transaction, before: Visit) -> Visit:
    """Lock whom the visit concerns, look at it again, and see that it can still be changed."""
    diary.lock_people(tx, {before.participant_id, before.specialist_id})
    return _check_open(tx, the_visit(tx, before.id))


def _check_open(tx: Transaction, now: Visit) -> Visit:
    if now.status is VisitStatus.GIVEN_BACK:
        raise AlreadyGivenBack(now)
    if not now.is_open or now.starts_at <= tx.now:
        raise VisitOver(now)
    return now
