"""The demo's groups: there when it begins, in shifts, with nothing for staff to settle."""

from collections import Counter
from datetime import date

from bot.demo.cast import enter, first_morning
from bot.demo.groups import met_before
from bot.demo.monday import with_more_hours
from config.centre import load_centre
from config.settings import FIRST_CLUB
from scheduler.calendar import local
from scheduler.groups import all_groups
from scheduler.presence import Presence, sheet
from scheduler.sessions import members_of
from storage.database import Database
from tests.scheduler.groups import Groups


def test_four_groups_meet_for_weeks_and_everybody_is_expected(database: Database) -> None:
    centre = with_more_hours(load_centre(FIRST_CLUB))
    club = Groups(database, centre, now=first_morning(centre, date(2026, 10, 1)))

    club.do(lambda tx: enter(tx, centre, "+48732000000", "7000001"))

    coming = [one for one in club.sessions() if one.starts_at > club.now]
    sizes = Counter(
        (one.group, sum(who.is_expected for who in club.do(lambda tx, one=one: members_of(tx, one))))
        for one in coming
    )
    assert sizes == {
        ("Warsztaty A", 6): 4,
        ("Warsztaty A", 7): 4,
        ("Warsztaty B", 5): 5,
        ("Warsztaty B", 6): 5,
        ("Grupa wsparcia A", 5): 4,
        ("Grupa wsparcia B", 4): 4,
    }
    assert {one.status for one in club.sessions()} == {"planned"}
    assert [one for one in club.todos() if "clash" in one] == []
    assert sorted(one.members for one in club.do(all_groups)) == [4, 5, 11, 13]


def test_the_weeks_before_are_written_with_who_was_there(database: Database) -> None:
    centre = with_more_hours(load_centre(FIRST_CLUB))
    club = Groups(database, centre, now=first_morning(centre, date(2026, 10, 1)))

    club.do(lambda tx: enter(tx, centre, "+48732000000", "7000001"))
    club.do(lambda tx: met_before(tx, centre, local(club.now, centre.zone).date()))

    past = [one for one in club.sessions() if one.starts_at < club.now]
    assert len(past) == 3 * 6
    for one in past:
        entered = [line.presence for line in club.do(lambda tx, one=one: sheet(tx, one.id))]
        assert Counter(entered)[Presence.EXCUSED] == 1
        assert None not in entered
