"""Who comes to a group's session: what each of its people answers, and what follows; never why."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from config.centre import Centre
from scheduler import session_reminders
from scheduler.booked import coming
from scheduler.errors import NoSuchVisit, OwnClash, Refused
from scheduler.ledger import withdraw_session
from scheduler.sessions import NoSuchSession, Session, members_of, session, session_from
from scheduler.todos import open_todo
from scheduler.visits import Visit
from storage import attendance, audit, claims, sessions, todos
from storage.database import Transaction
from storage.locks import lock_people


class Answer(StrEnum):
    """What somebody says of a session; it says nothing of whether they were there."""

    COMING = "coming"
    NOT_COMING = "not_coming"


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's place in a session, told like a visit. `is_expected`: its time is theirs."""

    session: Session
    participant_id: int
    is_expected: bool
    answer: Answer | None = None

    @property
    def service(self) -> None:
        """What it is for is never said."""
        return

    @property
    def starts_at(self) -> datetime:
        return self.session.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.session.ends_at

    @property
    def place(self) -> str:
        return self.session.place

    @property
    def has_declined(self) -> bool:
        return self.answer is Answer.NOT_COMING

    @property
    def is_open(self) -> bool:
        """Whether the participant is expected."""
        return self.session.is_planned and self.is_expected


Meeting = Visit | Seat


class SeatGone(Refused):
    """The session has begun, was called off or moved: nothing can be answered about it as it was."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat


def seat(tx: Transaction, session_id: int, person_id: int) -> Seat:
    """That person's place in that session.

    Raises:
        NoSuchVisit: there is no such session, or they do not belong to it.
    """
    try:
        about = session(tx, session_id)
    except NoSuchSession:
        raise NoSuchVisit from None
    belongs = next((one for one in members_of(tx, about) if one.person_id == person_id), None)
    if belongs is None:
        raise NoSuchVisit
    said = attendance.answers(tx, [session_id], [person_id]).get((session_id, person_id))
    return Seat(about, person_id, belongs.is_expected, Answer(said) if said else None)


def coming_seats(tx: Transaction, person_ids: Collection[int]) -> list[Seat]:
    """The places of those people in sessions that are not over and expect them, by start."""
    rows = [row for row in sessions.sessions_with(tx, person_ids, tx.now) if row.person_id != row.leader_id]
    said = attendance.answers(tx, {row.id for row in rows}, person_ids) if rows else {}
    return [
        Seat(session_from(row), row.person_id, True, Answer(known) if known else None)
        for row in rows
        for known in [said.get((row.id, row.person_id))]
    ]


def declined_last(tx: Transaction, person_ids: Collection[int]) -> list[Seat]:
    """What those people declined and can still come to, the newest first: of each whatever they declined after they last gave a visit back."""
    found = []
    for row in attendance.declined(tx, person_ids):
        with suppress(NoSuchVisit):  # in another shift by now
            found += [seat(tx, row.session_id, row.person_id)] * row.latest
    return found


def come(tx: Transaction, centre: Centre, *, session_id: int, person_id: int) -> Seat:
    """They say that they come; who had declined comes again while their own time is free.

    Raises:
        NoSuchVisit, SeatGone. OwnClash: they are elsewhere then by now.
    """
    before = _locked(tx, session_id, person_id)
    if before.is_expected and before.answer is Answer.COMING:
        return before
    if not before.is_expected:
        _claim_again(tx, before)
        session_reminders.write(tx, centre, before.session, [person_id])
    attendance.answer(tx, session_id, person_id, Answer.COMING)
    session_reminders.settle(tx, session_id, person_id)
    if before.has_declined and not todos.close(tx, _key("not_coming", before)):
        _tell_leader(tx, before, "coming_again", "todo_coming_again")
    _note(tx, before, Answer.COMING)
    return replace(before, is_expected=True, answer=Answer.COMING)


def decline(tx: Transaction, *, session_id: int, person_id: int) -> Seat:
    """They say that they do not come: their time is theirs again, nothing more is said to them of it, and its leader is told.

    That is no absence: whether they were there is entered by people alone.

    Raises:
        NoSuchVisit, SeatGone.
    """
    before = _locked(tx, session_id, person_id)
    if before.has_declined:
        return before
    claims.release_session(tx, session_id, person_id)
    withdraw_session(tx, session_id, person_id)
    attendance.answer(tx, session_id, person_id, Answer.NOT_COMING)
    todos.close(tx, _key("coming_again", before))
    _tell_leader(tx, before, "not_coming", "todo_not_coming")
    _note(tx, before, Answer.NOT_COMING)
    return replace(before, is_expected=False, answer=Answer.NOT_COMING)


def late(tx: Transaction, *, session_id: int, person_id: int, minutes: int | None) -> Seat:
    """They come, but so many minutes late (None: not said); its leader is told.

    Raises:
        NoSuchVisit, SeatGone: it is over, or they are not expected.
    """
    stands = seat(tx, session_id, person_id)
    if not stands.is_open or stands.ends_at <= tx.now:
        raise SeatGone(stands)
    text = "todo_seat_late" if minutes else "todo_seat_late_open"
    todos.close(tx, _key("seat_late", stands))
    _tell_leader(tx, stands, "seat_late", text, **({"minutes": minutes} if minutes else {}))
    return stands


def _locked(tx: Transaction, session_id: int, person_id: int) -> Seat:
    lock_people(tx, {person_id})
    now = seat(tx, session_id, person_id)
    if not now.session.is_planned or now.starts_at <= tx.now:
        raise SeatGone(now)
    return now


def _claim_again(tx: Transaction, before: Seat) -> None:
    wanted = [claims.Claim(before.starts_at, before.ends_at, person_id=before.participant_id)]
    try:
        with tx.savepoint():
            claims.end_holds(tx, wanted, before.participant_id)
            claims.take(tx, wanted, session_id=before.session.id)
    except claims.Overlap:
        own = coming(tx, [before.participant_id])
        there = (one for one in own if one.starts_at < before.ends_at and before.starts_at < one.ends_at)
        raise OwnClash(next(there, None)) from None


def _tell_leader(tx: Transaction, about: Seat, what: str, text: str, **more: int) -> None:
    """A to-do of whoever leads it. The key has the instant: a mind may change more than once."""
    key = f"{_key(what, about)}{int(tx.now.timestamp())}"
    open_todo(
        tx,
        key=key,
        text=text,
        params={
            "group": about.session.group,
            "meets_at": about.starts_at.isoformat(),
            "other": about.session.leader_id,
            **more,
        },
        person_id=about.participant_id,
        due_at=about.starts_at,
    )
    todos.assign(tx, key, about.session.leader_id)


def _key(what: str, about: Seat) -> str:
    return f"{what}:{about.session.id}:{about.participant_id}:"


def _note(tx: Transaction, about: Seat, action: Answer) -> None:
    whose = about.participant_id
    details = {"session": about.session.id}
    audit.note(tx, "participant", action, actor_id=whose, person_id=whose, details=details)
