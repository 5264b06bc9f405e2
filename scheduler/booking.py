"""Book, move, give back, undo, confirm, away: what happens to a visit, each in the caller's open transaction."""

from dataclasses import replace
from datetime import datetime

from config.centre import Centre
from scheduler import reminders
from scheduler.booked import given_back_lately, with_specialist
from scheduler.booked import visit as the_visit
from scheduler.errors import NotASpecialist, NotAway, NothingToUndo
from scheduler.holds import held_until
from scheduler.ledger import withdraw
from scheduler.placing import Wish, check_open, place
from scheduler.visits import Visit, VisitStatus
from storage import absences, audit, claims, visits
from storage.database import Transaction
from storage.locks import lock_people


def book(
    tx: Transaction,
    centre: Centre,
    *,
    person_id: int,
    service: str,
    starts_at: datetime,
    specialist_id: int | None = None,
    by: int | None = None,
) -> Visit:
    """Book that hour, with whoever of the service is free, or with that specialist alone.

    Args:
        by: the member of staff who does it for the participant; None if they do themselves. So in all of these.

    Raises:
        Refused: with the reason (scheduler.errors); `SlotTaken` and its kin carry the nearest free times.
    """
    booked = place(tx, centre, Wish(person_id, service, starts_at, specialist_id))
    reminders.write(tx, centre, booked)
    _note(tx, "booked", booked, by)
    return booked


def move(
    tx: Transaction,
    centre: Centre,
    *,
    visit_id: int,
    starts_at: datetime,
    specialist_id: int | None = None,
    by: int | None = None,
) -> Visit:
    """Move a visit to another hour of the same service; until the new one is had, the old one stays.

    Raises:
        Refused: as `book`; `VisitOver`, `AlreadyGivenBack`, `NoSuchVisit`.
    """
    before = the_visit(tx, visit_id)
    wish = Wish(before.participant_id, before.service, starts_at, specialist_id, moving=before)
    moved = place(tx, centre, wish)
    reminders.rewrite(tx, centre, moved)
    _note(tx, "moved", moved, by)
    return moved


def give_back(tx: Transaction, centre: Centre, *, visit_id: int, by: int | None = None) -> Visit:
    """Give one's own visit back: its reminders are withdrawn, its time is held for a while in case it was a mistake.

    Raises:
        VisitOver: it has begun. AlreadyGivenBack: it was given back before. NoSuchVisit.
    """
    before = _locked(tx, the_visit(tx, visit_id))
    claims.hold(tx, visit_id, before.participant_id, held_until(centre, before.starts_at, tx.now))
    after = replace(
        before, status=VisitStatus.GIVEN_BACK, version=before.version + 1, given_back_from=before.status
    )
    visits.change_visit(
        tx,
        visit_id,
        status=after.status,
        version=after.version,
        given_back_from=after.given_back_from,
        given_back_at=tx.now,
    )
    withdraw(tx, appointment_id=visit_id)
    _note(tx, "given_back", before, by)
    return after


def undo(
    tx: Transaction,
    centre: Centre,
    *,
    person_id: int | None = None,
    visit_id: int | None = None,
    by: int | None = None,
) -> Visit:
    """Take a giving back of one's own back: that visit's, or that person's last of the day.

    While the time is held nobody else can have had it; after that it is had if it is still free. Staff make what the club
    has called off stand again, too.

    Raises:
        NothingToUndo: nothing was given back, or the club did it and only staff can. VisitOver: it has begun.
        Refused: as `book`, but for the lead time and the horizon.
    """
    before = _last_given_back(tx, person_id) if visit_id is None else the_visit(tx, visit_id)
    wish = Wish(
        before.participant_id,
        before.service,
        before.starts_at,
        before.specialist_id,
        moving=before,
        undoing=True,
        by_staff=by is not None,
        status=before.given_back_from or VisitStatus.BOOKED,
    )
    undone = place(tx, centre, wish)
    reminders.rewrite(tx, centre, undone)
    if undone.status is VisitStatus.CONFIRMED:
        reminders.settle(tx, undone)
    _note(tx, "undone", undone, by)
    return undone


def confirm(tx: Transaction, *, visit_id: int, by: int | None = None) -> Visit:
    """The participant says that they will come; saying it twice changes nothing.

    Raises:
        VisitOver, AlreadyGivenBack, NoSuchVisit: as `give_back`.
    """
    before = _locked(tx, the_visit(tx, visit_id))
    if before.status is VisitStatus.CONFIRMED:
        return before
    visits.change_visit(tx, visit_id, status=VisitStatus.CONFIRMED)
    reminders.settle(tx, before)
    _note(tx, "confirmed", before, by)
    return replace(before, status=VisitStatus.CONFIRMED)


def call_off(tx: Transaction, *, visit_id: int, by: int | None = None) -> Visit:
    """The club gives a visit back: its time is free at once, and only staff can make it stand again.

    Args:
        by: the member of staff who does; None if that is not known.

    Raises:
        VisitOver, AlreadyGivenBack, NoSuchVisit: as `give_back`.
    """
    before = _locked(tx, the_visit(tx, visit_id))
    after = free(tx, before)
    audit.note(
        tx, "staff", "called_off", actor_id=by, person_id=before.participant_id, appointment_id=visit_id
    )
    return after


def free(tx: Transaction, visit: Visit) -> Visit:
    """A visit that is locked stands no more: its time is free at once, and nobody is reminded of it."""
    claims.release(tx, visit.id)
    after = replace(visit, status=VisitStatus.GIVEN_BACK, version=visit.version + 1)
    visits.change_visit(tx, visit.id, status=after.status, version=after.version)
    withdraw(tx, appointment_id=visit.id)
    return after


def away(
    tx: Transaction, *, specialist_id: int, starts_at: datetime, ends_at: datetime, by: int | None = None
) -> list[Visit]:
    """Record that a specialist is not here in that span: nobody can book it from now on.

    Args:
        by: the member of staff who says so; None if that is not known.

    Returns:
        The visits inside it, untouched: what becomes of them is for staff to settle.

    Raises:
        NotASpecialist: nobody of that id works here.
    """
    if ends_at <= starts_at:
        raise ValueError("an absence must end after it begins")
    locked = lock_people(tx, [specialist_id])
    if specialist_id not in locked or locked[specialist_id].kind != "staff":
        raise NotASpecialist
    absences.add_absence(tx, (starts_at, ends_at), person_id=specialist_id)
    audit.note(tx, "staff", "away", actor_id=by, person_id=specialist_id)
    return with_specialist(tx, specialist_id, (starts_at, ends_at))


def back(tx: Transaction, *, specialist_id: int, at: datetime, by: int | None = None) -> None:
    """A specialist is here again from that instant on; what was given back meanwhile stays so.

    Raises:
        NotAway: no absence of theirs holds then.
    """
    lock_people(tx, [specialist_id])
    if not absences.end_absences(tx, specialist_id, at):
        raise NotAway
    audit.note(tx, "staff", "back", actor_id=by, person_id=specialist_id)


def _note(tx: Transaction, action: str, visit: Visit, by: int | None) -> None:
    """Who did it: the participant, or for them a member of staff."""
    audit.note(
        tx,
        "participant" if by is None else "staff",
        action,
        actor_id=by,
        person_id=visit.participant_id,
        appointment_id=visit.id,
    )


def _last_given_back(tx: Transaction, person_id: int | None) -> Visit:
    found = given_back_lately(tx, [person_id] if person_id is not None else [])
    if not found:
        raise NothingToUndo
    return found[0]


def _locked(tx: Transaction, before: Visit) -> Visit:
    """Lock whom the visit concerns, look at it again, and see that it can still be changed."""
    lock_people(tx, {before.participant_id, before.specialist_id})
    return check_open(tx, the_visit(tx, before.id))
