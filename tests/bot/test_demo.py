"""What the demo sets otherwise than a club that works."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.demo.cast import enter, first_morning
from bot.demo.monday import with_more_hours
from bot.demo.stage import demo_settings, without_caps
from config.centre import load_centre
from scheduler.accounts import keep_sessions, session_of
from scheduler.knocking import knock, let_in
from scheduler.offers import on_the_list
from scheduler.passwords import fits
from scheduler.staff import Role
from scheduler.today import SelfCheck, today
from storage.database import Database
from tests.builders import Club, the_centre


def test_a_month_that_the_clock_runs_through_in_an_hour_reaches_no_cap_on_sms() -> None:
    real = load_centre(demo_settings(8000).centre)
    played = without_caps(real)
    assert played.rules.sms_parts_a_day > 100 * real.rules.sms_parts_a_month
    assert played.rules.sms_parts_a_month >= played.rules.sms_parts_a_day
    kept = played.model_copy(update={"rules": real.rules})
    assert kept == real


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_one_of_each_role_can_log_in_and_stays_so_however_far_the_clock_jumps(database: Database) -> None:
    key, centre = b"key", with_more_hours(the_centre())
    club = Club(database, centre, now=first_morning(centre, datetime.now(UTC).date()))
    log_ins = dict(club.do(lambda tx: enter(tx, centre, "+48732100100", "7000000001")).log_ins)
    assert set(log_ins) == set(Role)
    given = log_ins[Role.RECEPTION]
    found = club.do(lambda tx: knock(tx, given.login, "127.0.0.1", key))
    assert fits(given.password, found.password_hash)
    token = club.do(lambda tx: let_in(tx, found, key))
    later = club.now + timedelta(days=9)
    club.do(keep_sessions, later)
    signed = club.do(lambda tx: session_of(tx, token, key), later)
    assert (signed.role, signed.must_change) == (Role.RECEPTION, False)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_first_day_shows_every_way_in_which_a_visit_can_stand(database: Database) -> None:
    centre = with_more_hours(the_centre())
    club = Club(database, centre, now=first_morning(centre, datetime.now(UTC).date()))
    cast = club.do(lambda tx: enter(tx, centre, "+48732100100", "7000000001"))
    day = club.now.astimezone(centre.zone).date()
    visits = club.do(lambda tx: today(tx, centre, day))
    assert {one.id for one in visits} <= set(cast.visits)
    assert {"attended", "arrived", "confirmed", "booked", "given_back"} == {one.status for one in visits}
    assert {one.self_check for one in visits} == set(SelfCheck)
    assert any(one.late_minutes for one in visits)
    assert any(one.accompanied for one in visits)
    assert any(one.room is None for one in visits)
    assert len(club.do(lambda tx: on_the_list(tx, centre))) == 2
