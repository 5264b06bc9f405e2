"""Who was there: entered by people alone, after a session; never worked out from an answer, so that illness is no absence."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.attendance import Answer
from scheduler.errors import Refused
from scheduler.names import name_key
from scheduler.sessions import Session, SessionStatus, members_of, session
from storage import attendance, audit, people
from storage.database import Transaction


class Presence(StrEnum):
    """What somebody on the staff enters; an absence that was said before, or has a cause, is excused."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a session: what they answered, and what was entered of them. `is_expected`: its time is theirs."""

    person_id: int
    person: str
    is_expected: bool
    answer: Answer | None = None
    presence: Presence | None = None
    entered_by_id: int | None = None
    entered_by: str | None = None


class NotOfSession(Refused):
    """Nobody of that session is meant, or more than one."""

    def __init__(self, named: str, session_id: int) -> None:
        super().__init__(
            f"'{named}' is nobody, or more than one, of session {session_id}; "
            f"'termin sessions attendance {session_id}' lists them with their numbers"
        )


class NotYet(Refused):
    """It has not begun, or does not take place."""

    def __init__(self, session_id: int) -> None:
        super().__init__(
            f"session {session_id} has not begun, or does not take place: who is there can't be entered; "
            "who is excused can, before it begins"
        )


def sheet(tx: Transaction, session_id: int) -> list[Line]:
    """Everybody who belongs to that session, or of whom something is known there, by name.

    Raises:
        NoSuchSession.
    """
    return _sheet(tx, session(tx, session_id))


def enter(
    tx: Transaction, session_id: int, presence: Presence, named: Sequence[str], *, by: int | None = None
) -> list[Line]:
    """Enter the same of those people, each named by number or full name; the last entry counts.

    Args:
        by: the member of staff who enters it; None if that is not known.

    Raises:
        NoSuchSession, NotOfSession, NotYet.
    """
    about = session(tx, session_id)
    is_begun = about.starts_at <= tx.now or presence is Presence.EXCUSED
    if about.status is not SessionStatus.PLANNED or not is_begun:
        raise NotYet(session_id)
    lines = _sheet(tx, about)
    for one in [_meant(lines, name, session_id) for name in named]:
        attendance.enter(tx, session_id, one.person_id, presence, by)
        details = {"session": session_id, "presence": presence}
        audit.note(tx, "staff", "presence_entered", actor_id=by, person_id=one.person_id, details=details)
    return _sheet(tx, about)


def _sheet(tx: Transaction, about: Session) -> list[Line]:
    lines = {
        one.person_id: Line(one.person_id, one.full_name, one.is_expected) for one in members_of(tx, about)
    }
    for row in attendance.of_session(tx, about.id):
        who = lines.get(row.person_id)
        lines[row.person_id] = Line(
            row.person_id,
            row.full_name,
            who is not None and who.is_expected,
            Answer(row.answer) if row.answer else None,
            Presence(row.presence) if row.presence else None,
            row.entered_by_id,
            _name(tx, row.entered_by_id),
        )
    return sorted(lines.values(), key=lambda one: (name_key(one.person), one.person_id))


def _name(tx: Transaction, person_id: int | None) -> str | None:
    found = people.person_of(tx, person_id) if person_id is not None else None
    return None if found is None else str(found.full_name)


def _meant(lines: Sequence[Line], named: str, session_id: int) -> Line:
    meant = [one for one in lines if str(one.person_id) == named or name_key(one.person) == name_key(named)]
    if len(meant) != 1:
        raise NotOfSession(named, session_id)
    return meant[0]
