"""The demo's groups: there when it begins, in shifts, with nothing for staff to settle."""

from collections import Counter
from datetime import date

from bot.demo.cast import enter, first_morning
from config.centre import load_centre
from config.settings import FIRST_CLUB
from scheduler.groups import all_groups
from scheduler.sessions import members_of
from storage.database import Database
from tests.scheduler.groups import Groups


def test_two_groups_meet_for_weeks_and_everybody_is_expected(database: Database) -> None:
    centre = load_centre(FIRST_CLUB)
    club = Groups(database, centre, now=first_morning(centre, date(2026, 10, 1)))

    club.do(lambda tx: enter(tx, centre, "+48732000000", "7000001"))

    sizes = Counter(
        (one.group, sum(who.is_expected for who in club.do(lambda tx, one=one: members_of(tx, one))))
        for one in club.sessions()
    )
    assert sizes == {("Warsztaty A", 6): 4, ("Warsztaty A", 7): 4, ("Grupa wsparcia", 5): 4}
    assert {one.status for one in club.sessions()} == {"planned"}
    assert club.todos() == []
    assert [one.members for one in club.do(all_groups)] == [5, 13]
