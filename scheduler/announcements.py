"""Announcements: composed, confirmed, taken back within a moment, paused, ended. Each address gets one once.

The ledger has it all: from the confirmation on there is a row for every address, and none is added by a restart. A closure
changes nothing before the time to take it back has passed; then diary and ledger change in one transaction.
"""

from datetime import datetime, timedelta
from typing import Any

from config.centre import Centre
from scheduler import second_person
from scheduler.announced import (
    MOVES,
    Announcement,
    Draft,
    NobodyToTell,
    NotAsItStands,
    SecondPerson,
    Status,
    TooLateToUndo,
    announcement,
)
from scheduler.audience import chosen
from scheduler.changes import Way, settle
from scheduler.drafts import begin, check_who, expected, note, own
from scheduler.impact import Closed, sessions_affected
from scheduler.purposes import RULES, Purpose
from scheduler.quiet_hours import earliest_allowed
from scheduler.session_changes import concerned
from scheduler.states import PARKED
from scheduler.todos import open_todo
from storage import announcements, audience, recipients, sessions
from storage.database import Transaction

ANNOUNCED = "announced"  # the kind of its question
READ = {"mark": "TAK", "key": "btn_read", "params": {}, "value": {"do": "read"}}
TO_READ = timedelta(days=7)


def people_of(tx: Transaction, draft: Draft) -> int:
    """How many people it would be for."""
    rows = audience.count(tx, chosen(tx, draft.audience, draft.purpose))
    return sum(row.people for row in rows if draft.purpose is Purpose.URGENT or hears(row))


def hears(row: Any) -> bool:
    """Whether those people are told what is not urgent: they asked neither for silence nor for no announcements."""
    return row.channel is None or (row.state == "active" and row.announcements)


def compose(tx: Transaction, centre: Centre, draft: Draft, *, by: int | None = None) -> Announcement:
    """Write it down and send it, or leave it to a second person if it is for many.

    Args:
        by: the member of staff who does; None at the command line, where whoever has the machine may.

    Raises:
        MayNotAnnounce, NobodyToTell, NoSuchGroup.
    """
    with tx.savepoint():
        return submit(tx, centre, begin(tx, draft, by=by).id, by=by)


def submit(tx: Transaction, centre: Centre, announcement_id: int, *, by: int | None = None) -> Announcement:
    """Send what was begun, or leave it to a second person if it is for many.

    Raises:
        MayNotAnnounce, NobodyToTell, NoSuchGroup, NotAsItStands, NoSuchAnnouncement.
    """
    known = own(tx, announcement_id, by)
    count = people_of(tx, known.draft)
    if not count:
        raise NobodyToTell
    note(tx, "composed", announcement_id, by)
    if count <= centre.announcements.second_person_above:
        _go(tx, centre, known, by)
    else:
        announcements.change(tx, announcement_id, status=Status.DRAFT)
        second_person.ask(tx, centre, known)
    return announcement(tx, announcement_id)


def confirm(tx: Transaction, centre: Centre, announcement_id: int, *, by: int) -> Announcement:
    """The second person: it goes, to whoever belongs to its audience now.

    Raises:
        SecondPerson: they wrote it. MayNotAnnounce, NotAsItStands, NoSuchAnnouncement.
    """
    known = expected(tx, announcement_id, Status.DRAFT)
    check_who(tx, by)
    if known.written_by_id == by:
        raise SecondPerson
    _go(tx, centre, known, by)
    return announcement(tx, announcement_id)


def undo(tx: Transaction, announcement_id: int, *, by: int | None = None) -> None:
    """Take it back before anything of it has gone.

    Raises:
        TooLateToUndo, MayNotAnnounce, NotAsItStands, NoSuchAnnouncement.
    """
    known = _may_become(tx, announcement_id, Status.UNDONE, by)
    if known.begins_at is not None and tx.now >= known.begins_at:
        raise TooLateToUndo(announcement_id)
    _end(tx, announcement_id, Status.UNDONE, by)


def stop(tx: Transaction, announcement_id: int, *, by: int | None = None) -> int:
    """End it: whoever has not got it yet gets it no more. Return how many messages that spares.

    Raises:
        MayNotAnnounce, NotAsItStands, NoSuchAnnouncement.
    """
    _may_become(tx, announcement_id, Status.STOPPED, by)
    return _end(tx, announcement_id, Status.STOPPED, by)


def pause(tx: Transaction, announcement_id: int, *, by: int | None = None) -> None:
    """Hold back what has not gone yet, until somebody says so.

    Raises:
        MayNotAnnounce, NotAsItStands, NoSuchAnnouncement.
    """
    _may_become(tx, announcement_id, Status.PAUSED, by)
    announcements.change(tx, announcement_id, status=Status.PAUSED)
    announcements.park(tx, announcement_id, PARKED)
    note(tx, "paused", announcement_id, by)


def go_on(
    tx: Transaction, centre: Centre, announcement_id: int, *, with_new: bool = False, by: int | None = None
) -> None:
    """Let what was held back go.

    Args:
        with_new: also to those who have come to belong to its audience since; then it may be running, too.

    Raises:
        MayNotAnnounce, NotAsItStands, NoSuchAnnouncement.
    """
    known = announcement(tx, announcement_id, lock=True)
    if not known.draft.words.texts["pl"]:  # it was so long ago that they are dropped
        raise NotAsItStands(announcement_id, known.status)
    if not (with_new and known.status in {Status.RUNNING, Status.DONE}):
        known = expected(tx, announcement_id, Status.PAUSED)
    check_who(tx, by)
    announcements.change(tx, announcement_id, status=Status.RUNNING, done_at=None)
    begins_at = max(known.begins_at or tx.now, tx.now)
    announcements.release(tx, announcement_id, begins_at, _useless_after(centre, known.draft, begins_at))
    if with_new:
        _queue(tx, centre, known, begins_at)
    tx.wake()
    note(tx, "resumed", announcement_id, by)


def look_after(tx: Transaction, centre: Centre) -> None:
    """What is due: closures that can't be taken back any more take effect; what has all gone is done."""
    for number in announcements.of_status(tx, Status.CONFIRMED):
        known = announcement(tx, number, lock=True)
        if known.status is Status.CONFIRMED and known.begins_at is not None and known.begins_at <= tx.now:
            _close(tx, centre, known)
    for number in announcements.of_status(tx, Status.RUNNING):
        known = announcement(tx, number, lock=True)
        if known.status is Status.RUNNING and not announcements.is_under_way(tx, number):
            _finish(tx, number)


def _go(tx: Transaction, centre: Centre, known: Announcement, by: int | None) -> None:
    begins_at = tx.now + timedelta(seconds=centre.announcements.undo_seconds)
    status = Status.CONFIRMED if known.draft.closed else Status.RUNNING
    confirmed = {"confirmed_at": tx.now, "confirmed_by_id": by, "begins_at": begins_at}
    announcements.change(tx, known.id, status=status, **confirmed)
    note(tx, "confirmed", known.id, by)
    if known.draft.closed is None:
        _queue(tx, centre, known, begins_at)


def _close(tx: Transaction, centre: Centre, known: Announcement) -> None:
    """Close the club; whoever loses a visit or a group's session is told of that, and of nothing else."""
    closed = known.draft.closed
    assert closed is not None
    told = _expected_at_sessions(tx, centre, closed)
    settled = settle(tx, centre, closed, Way.ANOTHER_TIME, by=known.confirmed_by_id)
    told |= {one.visit.participant_id for one in settled}
    recipients.leave_out(tx, known.id, sorted(told))
    announcements.change(tx, known.id, status=Status.RUNNING)
    _queue(tx, centre, known, tx.now)


def _expected_at_sessions(tx: Transaction, centre: Centre, closed: Closed) -> set[int]:
    """Who of the groups that meet then has not said that they are not coming."""
    return {
        person_id
        for one in sessions_affected(tx, centre, closed)
        for person_id in concerned(tx, [one]) - {one.leader_id} - sessions.declined(tx, one.id)
    }


def _queue(tx: Transaction, centre: Centre, known: Announcement, send_after: datetime) -> None:
    """A row of the ledger for every address, and one for each person without."""
    draft = known.draft
    audience.choose(tx, known.id, chosen(tx, draft.audience, draft.purpose))
    useless_after = _useless_after(centre, draft, send_after)
    values = {
        "purpose": draft.purpose,
        "priority": RULES[draft.purpose].priority,
        "send_after": send_after,
        "useless_after": useless_after,
    }
    recipients.queue(tx, known.id, values | draft.words.by_language())
    if draft.words.asks:
        recipients.ask(tx, known.id, ANNOUNCED, [READ], useless_after + TO_READ)
    if send_after <= tx.now:
        tx.wake()


def _useless_after(centre: Centre, draft: Draft, send_after: datetime) -> datetime:
    """As long as its purpose says from when it may go: a night and a Sunday are not counted."""
    return earliest_allowed(send_after, centre, draft.purpose) + RULES[draft.purpose].useful_for


def _end(tx: Transaction, announcement_id: int, status: Status, by: int | None) -> int:
    announcements.change(tx, announcement_id, status=status, done_at=tx.now)
    note(tx, status, announcement_id, by)
    return announcements.withdraw(tx, announcement_id)


def _finish(tx: Transaction, announcement_id: int) -> None:
    """All has gone; of those to whom it came too late staff have one matter, however many they are."""
    announcements.change(tx, announcement_id, status=Status.DONE, done_at=tx.now)
    late = announcements.expired(tx, announcement_id)
    if late:
        params = {"number": announcement_id, "count": late}
        open_todo(tx, key=f"announcement:{announcement_id}", text="todo_announcement_late", params=params)


def _may_become(tx: Transaction, announcement_id: int, status: Status, by: int | None) -> Announcement:
    known = announcement(tx, announcement_id, lock=True)
    if status not in MOVES.get(known.status, ()):
        raise NotAsItStands(announcement_id, known.status)
    check_who(tx, by)
    return known
