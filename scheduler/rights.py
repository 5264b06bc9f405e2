"""What each role of the staff may do, in the panel and in Telegram alike."""

from enum import StrEnum

from scheduler import errors
from scheduler.staff import Role


class Right(StrEnum):
    """One thing that not everybody on the staff may do."""

    DAY = "day"  # see who comes, and when
    DETAILS = "details"  # see services, groups and messages beside a name
    VISITS = "visits"  # book, move, give back, note who came
    PEOPLE = "people"  # find, enrol and change participants
    DATA = "data"  # export, end, erase
    TIMETABLE = "timetable"  # hours, absences, closures
    GROUPS = "groups"  # groups, sessions, attendance, the waiting list
    ANNOUNCE = "announce"
    TODOS = "todos"
    POLICIES = "policies"
    DOOR = "door"  # isolate somebody; close the club at once
    CONTACTS = "contacts"  # who was here with whom
    FIGURES = "figures"
    STAFF = "staff"  # accounts and roles


RIGHTS = {
    Role.RECEPTION: frozenset({Right.DAY, Right.VISITS, Right.PEOPLE, Right.TODOS, Right.DOOR}),
    Role.SPECIALIST: frozenset(
        {Right.DAY, Right.DETAILS, Right.VISITS, Right.PEOPLE, Right.GROUPS, Right.TODOS, Right.DOOR}
    ),
    Role.COORDINATOR: frozenset(Right) - {Right.STAFF},
    Role.ADMINISTRATOR: frozenset(Right),
}


class NotAllowed(errors.NotAllowed):
    """The role does not bring that right."""

    def __init__(self, right: Right) -> None:
        super().__init__(f"your role does not allow this ({right})")
        self.right = right


def may(role: Role, right: Right) -> bool:
    """Whether somebody of that role may do it."""
    return right in RIGHTS[role]
