"""A slip with somebody's groups, taken back: the last joining or leaving, a few minutes later at most."""

from datetime import timedelta

from config.centre import Centre
from scheduler.errors import NothingToUndo
from scheduler.groups import Group, TwoGroups, all_groups, join, leave
from scheduler.person_page import Line, log, participant
from storage.database import Transaction

WITHIN = timedelta(minutes=15)
CHANGES = {"group_joined", "group_left"}


def undo_group(tx: Transaction, centre: Centre, person_id: int) -> Group:
    """Let somebody be in the group that they left a moment ago, or out of the one that they joined.

    Raises:
        NoSuchPerson, Erased. NothingToUndo: that was not the last thing done about them, or it is too long ago.
    """
    participant(tx, person_id)
    last = next(iter(log(tx, person_id)), None)
    if last is None or last.action not in CHANGES or tx.now - last.at > WITHIN:
        raise NothingToUndo
    group = _group(tx, last)
    if last.action == "group_joined":
        leave(tx, centre, group, person_id)
    else:
        _join_again(tx, centre, group, person_id)
    return group


def _join_again(tx: Transaction, centre: Centre, group: Group, person_id: int) -> None:
    """As it was: where they were in two groups of one day, staff had said that this is right."""
    try:
        with tx.savepoint():
            join(tx, centre, group, person_id)
    except TwoGroups:
        join(tx, centre, group, person_id, although_two=True)


def _group(tx: Transaction, last: Line) -> Group:
    found = next((one for one in all_groups(tx) if one.id == last.details["group"]), None)
    if found is None:
        raise NothingToUndo
    return found
