"""What became of a visit, as staff at the door see it: arrived, attended, missed, or refused for want of a mask; and taking that back.

Which state may follow which is the table in scheduler/visits.py; here is who may say so, and from when on.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from config.centre import Centre
from scheduler.booked import visit as the_visit
from scheduler.calendar import day_span, local
from scheduler.errors import NotAllowed, NotNow
from scheduler.ledger import withdraw
from scheduler.staff import Role
from scheduler.visits import TRANSITIONS, Visit, VisitStatus
from storage import audit, people, visits
from storage.database import Transaction
from storage.locks import lock_people

# From when on: somebody may come any time on the day, but nobody has come or is missing before the start.
_FROM_THE_DAY: Mapping[VisitStatus, bool] = {
    VisitStatus.ARRIVED: True,
    VisitStatus.ATTENDED: False,
    VisitStatus.MISSED: False,
    VisitStatus.REFUSED_NO_MASK: True,
}


def possible(
    centre: Centre, status: VisitStatus, starts_at: datetime, now: datetime
) -> tuple[VisitStatus, ...]:
    """What could be said at the door now of a visit that stands so, what is said most first."""
    return tuple(
        one
        for one in _FROM_THE_DAY
        if one in TRANSITIONS[status] and now >= _opens_at(centre, starts_at, one)
    )


def is_said(status: VisitStatus) -> bool:
    """Whether it was said at the door, and can be taken back."""
    return status in _FROM_THE_DAY


def arrive(tx: Transaction, centre: Centre, *, visit_id: int, by: int | None) -> Visit:
    """The participant is here.

    Args:
        by: the member of staff who says so; None at the command line, where whoever has the machine may.

    Raises:
        NotNow: it is not the visit's day yet, or this can't follow what was said before. NotAllowed. NoSuchVisit.
    """
    return _become(tx, centre, the_visit(tx, visit_id), VisitStatus.ARRIVED, by)


def attend(tx: Transaction, centre: Centre, *, visit_id: int, by: int | None) -> Visit:
    """The visit took place.

    Raises:
        NotNow, NotAllowed, NoSuchVisit: as `arrive`; not before the visit begins.
    """
    return _become(tx, centre, the_visit(tx, visit_id), VisitStatus.ATTENDED, by)


def miss(tx: Transaction, centre: Centre, *, visit_id: int, by: int | None) -> Visit:
    """The participant did not come.

    Raises:
        NotNow, NotAllowed, NoSuchVisit: as `arrive`; not before the visit begins.
    """
    return _become(tx, centre, the_visit(tx, visit_id), VisitStatus.MISSED, by)


def refuse_no_mask(tx: Transaction, centre: Centre, *, visit_id: int, by: int | None) -> Visit:
    """The participant came, and could not be let in without a mask.

    Raises:
        NotNow, NotAllowed, NoSuchVisit: as `arrive`.
    """
    return _become(tx, centre, the_visit(tx, visit_id), VisitStatus.REFUSED_NO_MASK, by)


def take_back(tx: Transaction, *, visit_id: int, by: int | None) -> Visit:
    """What was said last of the visit was a slip: it is again what it was before.

    Raises:
        NotNow: nothing was said, or it is too long ago to know what it was. NotAllowed. NoSuchVisit.
    """
    before = _locked(tx, the_visit(tx, visit_id), by)
    said = audit.last_of_visit(tx, before.status, visit_id) if is_said(before.status) else None
    if said is None or "was" not in said.details:
        raise NotNow(before)
    was = VisitStatus(said.details["was"])
    visits.change_visit(tx, visit_id, status=was)
    _note(tx, before, "outcome_undone", by)
    return replace(before, status=was)


def _become(tx: Transaction, centre: Centre, seen: Visit, status: VisitStatus, by: int | None) -> Visit:
    """Saying the same twice changes nothing."""
    before = _locked(tx, seen, by)
    if before.status is status:
        return before
    if status not in TRANSITIONS[before.status] or tx.now < _opens_at(centre, before.starts_at, status):
        raise NotNow(before)
    visits.change_visit(tx, before.id, status=status)
    withdraw(tx, appointment_id=before.id)
    _note(tx, before, status, by)
    return replace(before, status=status)


def _locked(tx: Transaction, seen: Visit, by: int | None) -> Visit:
    """As it is now."""
    lock_people(tx, {seen.participant_id, seen.specialist_id})
    now = the_visit(tx, seen.id)
    _check_who(tx, now, by)
    return now


def _note(tx: Transaction, before: Visit, action: str, by: int | None) -> None:
    """With what the visit was, so that it can be taken back."""
    audit.note(
        tx,
        "staff",
        action,
        actor_id=by,
        person_id=before.participant_id,
        appointment_id=before.id,
        details={"was": before.status},
    )


def _opens_at(centre: Centre, starts_at: datetime, status: VisitStatus) -> datetime:
    day = local(starts_at, centre.zone).date()
    return day_span(day, day, centre.zone)[0] if _FROM_THE_DAY[status] else starts_at


def _check_who(tx: Transaction, visit: Visit, by: int | None) -> None:
    """A specialist says it of their own visits, the rest of the staff of any."""
    if by is None:
        return
    row, role = people.person_of(tx, by), people.role_of(tx, by)
    if row is None or row.ended_at or role is None:
        raise NotAllowed
    if role == Role.SPECIALIST and visit.specialist_id != by:
        raise NotAllowed
