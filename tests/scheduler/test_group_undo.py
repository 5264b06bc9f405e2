from datetime import timedelta

import pytest

from scheduler.errors import NothingToUndo
from scheduler.group_undo import WITHIN, undo_group
from scheduler.groups import add, group_called, join, leave
from scheduler.roll import groups_of
from storage.database import Database
from tests.builders import NOW, Club


@pytest.fixture
def club(database: Database) -> Club:
    club = Club(database)
    club.do(lambda tx: add(tx, "Kuchnia", "workshop"))
    return club


def test_a_joining_and_a_leaving_are_taken_back(club: Club) -> None:
    who = club.person()

    club.do(lambda tx: join(tx, club.centre, group_called(tx, "Kuchnia"), who))
    club.do(lambda tx: undo_group(tx, club.centre, who))
    assert club.do(lambda tx: groups_of(tx, who)) == set()

    club.do(lambda tx: undo_group(tx, club.centre, who))  # what was undone is a change too
    assert club.do(lambda tx: groups_of(tx, who)) == {"Kuchnia"}

    club.do(lambda tx: leave(tx, club.centre, group_called(tx, "Kuchnia"), who))
    club.do(lambda tx: undo_group(tx, club.centre, who))
    assert club.do(lambda tx: groups_of(tx, who)) == {"Kuchnia"}


def test_nothing_older_and_nothing_else_is_undone(club: Club) -> None:
    who = club.person()
    with pytest.raises(NothingToUndo):
        club.do(lambda tx: undo_group(tx, club.centre, who))

    club.do(lambda tx: join(tx, club.centre, group_called(tx, "Kuchnia"), who))

    with pytest.raises(NothingToUndo):
        club.do(lambda tx: undo_group(tx, club.centre, who), NOW + WITHIN + timedelta(seconds=1))
