"""An announcement while its writer thinks it out: a row that nobody else sees, and who may do what with it."""

from scheduler.allowed import is_allowed
from scheduler.announced import (
    Announcement,
    Draft,
    MayNotAnnounce,
    NotAsItStands,
    Status,
    announcement,
    closed_as_json,
)
from scheduler.audience import Audience
from scheduler.purposes import Purpose
from scheduler.rights import Right
from storage import announcements, audit
from storage.database import Transaction


def begin(tx: Transaction, draft: Draft, *, by: int | None = None) -> Announcement:
    """Write it down as far as it is thought out; nobody gets it before it is submitted.

    Raises:
        MayNotAnnounce.
    """
    check_who(tx, by)
    number = announcements.add(
        tx,
        texts=dict(draft.words.texts),
        audience=draft.audience.as_json(),
        purpose=draft.purpose,
        acknowledge=draft.words.asks,
        closed=closed_as_json(draft.closed),
        status=Status.BEGUN,
        written_at=tx.now,
        written_by_id=by,
    )
    return announcement(tx, number)


def amend(
    tx: Transaction,
    announcement_id: int,
    *,
    by: int | None,
    audience: Audience | None = None,
    purpose: Purpose | None = None,
) -> Announcement:
    """Say for whom it is, or how urgent, while its writer has not submitted it.

    Raises:
        MayNotAnnounce: not theirs, or not any more. NotAsItStands, NoSuchAnnouncement.
    """
    known = own(tx, announcement_id, by)
    changed = {
        "audience": (audience or known.draft.audience).as_json(),
        "purpose": purpose or known.draft.purpose,
    }
    announcements.change(tx, announcement_id, **changed)
    return announcement(tx, announcement_id)


def own(tx: Transaction, announcement_id: int, by: int | None) -> Announcement:
    """What that person has begun; it is locked.

    Raises:
        NotAsItStands, MayNotAnnounce, NoSuchAnnouncement.
    """
    known = expected(tx, announcement_id, Status.BEGUN)
    check_who(tx, by)
    if known.written_by_id != by:
        raise MayNotAnnounce
    return known


def check_who(tx: Transaction, by: int | None) -> None:
    """None is the command line, where whoever has the machine may.

    Raises:
        MayNotAnnounce.
    """
    if by is not None and not is_allowed(tx, by, Right.ANNOUNCE):
        raise MayNotAnnounce


def note(tx: Transaction, step: str, announcement_id: int, by: int | None) -> None:
    """Write down who did it."""
    details = {"announcement": announcement_id}
    audit.note(tx, "staff", f"announcement_{step}", actor_id=by, details=details)


def expected(tx: Transaction, announcement_id: int, status: Status) -> Announcement:
    """The announcement, locked, if it stands so.

    Raises:
        NotAsItStands, NoSuchAnnouncement.
    """
    known = announcement(tx, announcement_id, lock=True)
    if known.status is not status:
        raise NotAsItStands(announcement_id, known.status)
    return known
