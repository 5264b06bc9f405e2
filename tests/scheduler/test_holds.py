"""Giving back by mistake: the time is held for whoever gave it back, and for nobody longer than that."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from scheduler.booked import visit as the_visit
from scheduler.booking import away, book, confirm, give_back, move, undo
from scheduler.errors import (
    ClubClosed,
    ContractEnded,
    NothingToUndo,
    OwnClash,
    SlotTaken,
    TooManyVisits,
    VisitOver,
)
from scheduler.free_times import Search, free_times
from scheduler.holds import HOLD, held_until
from scheduler.visits import Visit, VisitStatus
from storage.database import Database
from storage.tables import claim, closure
from tests.builders import NOW, Club, a_centre, warsaw

TUESDAY, FRIDAY = date(2026, 10, 6), date(2026, 10, 9)
TEN = warsaw(FRIDAY, "10:00")
SOON, LATER = NOW + timedelta(minutes=14), NOW + HOLD


def booking(club: Club, who: int, at: datetime = TEN, now: datetime | None = None, **more: Any) -> Visit:
    values = {"service": "psycholog", "specialist_id": club.specialist("pola")} | more
    return club.do(lambda tx: book(tx, club.centre, person_id=who, starts_at=at, **values), now)  # type: ignore[no-any-return]


def giving_back(club: Club, visit: Visit, now: datetime | None = None) -> Visit:
    return club.do(lambda tx: give_back(tx, club.centre, visit_id=visit.id), now)  # type: ignore[no-any-return]


def undoing(club: Club, who: int, now: datetime | None = None) -> Visit:
    return club.do(lambda tx: undo(tx, club.centre, person_id=who), now)  # type: ignore[no-any-return]


def a_hold(database: Database) -> tuple[Club, int, int, Visit]:
    """A club, who gave Friday at ten back, somebody else, and the visit."""
    club = Club(database)
    anna, jan = club.person(), club.person("Inna Osoba", "+48501000777")
    visit = booking(club, anna)
    giving_back(club, visit)
    return club, anna, jan, visit


def ten_is_free(club: Club, who: int | None, now: datetime) -> bool:
    search = Search("psycholog", first_day=FRIDAY, last_day=FRIDAY, person_id=who)
    found = club.do(lambda tx: free_times(tx, club.centre, search, limit=20), now)
    pola = club.specialist("pola")
    return any(free.starts_at == TEN and free.specialist_id == pola for free in found)


def test_a_time_given_back_is_kept_from_others_until_the_hold_runs_out(database: Database) -> None:
    club, _, jan, _ = a_hold(database)
    assert not ten_is_free(club, jan, SOON)
    with pytest.raises(SlotTaken):
        booking(club, jan, now=SOON)
    assert ten_is_free(club, jan, LATER)
    assert ten_is_free(club, None, LATER)
    assert booking(club, jan, now=LATER).starts_at == TEN
    assert len(club.claims()) == 3


def test_whoever_gave_it_back_sees_it_free_and_can_book_it_anew(database: Database) -> None:
    club, anna, jan, _ = a_hold(database)
    assert ten_is_free(club, anna, SOON)
    assert not ten_is_free(club, None, SOON)
    booking(club, anna, now=SOON)
    assert len(club.claims()) == 3
    with pytest.raises(SlotTaken):
        booking(club, jan, now=LATER)


def test_a_move_may_take_a_hold_that_has_run_out(database: Database) -> None:
    club, _, jan, _ = a_hold(database)
    other = booking(club, jan, TEN + timedelta(hours=2))
    pola = club.specialist("pola")
    moved = club.do(
        lambda tx: move(tx, club.centre, visit_id=other.id, starts_at=TEN, specialist_id=pola), LATER
    )
    assert (moved.starts_at, len(club.claims())) == (TEN, 3)


def test_undoing_gives_the_visit_back_as_it_was_with_new_reminders(database: Database) -> None:
    club, anna, _, visit = a_hold(database)
    undone = undoing(club, anna, SOON)
    assert undone == club.do(lambda tx: the_visit(tx, visit.id))
    assert (undone.status, undone.version, undone.starts_at) == (VisitStatus.BOOKED, 3, TEN)
    assert len(club.claims()) == 3
    assert [row.key for row in club.messages(status="waiting")] == ["reminder:1:3:3d", "reminder:1:3:1d"]
    with pytest.raises(NothingToUndo):
        undoing(club, anna, SOON)


def test_a_confirmed_visit_is_confirmed_again_and_not_asked_about_again(database: Database) -> None:
    club = Club(database)
    anna = club.person()
    visit = booking(club, anna)
    club.do(lambda tx: confirm(tx, visit_id=visit.id))
    giving_back(club, visit)
    assert undoing(club, anna).status is VisitStatus.CONFIRMED
    assert [row.text for row in club.messages(status="waiting")] == ["reminder_confirmed"]


def test_after_the_hold_it_can_still_be_undone_while_nobody_has_the_time(database: Database) -> None:
    club, anna, jan, _ = a_hold(database)
    assert undoing(club, anna, LATER + timedelta(hours=5)).starts_at == TEN
    with pytest.raises(SlotTaken):
        booking(club, jan, now=LATER + timedelta(hours=6))


def test_once_somebody_else_has_the_time_undoing_names_the_nearest(database: Database) -> None:
    club, anna, jan, visit = a_hold(database)
    booking(club, jan, now=LATER)
    with pytest.raises(SlotTaken) as refusal:
        undoing(club, anna, LATER)
    assert [free.starts_at for free in refusal.value.nearest][1] == TEN  # with somebody else
    assert club.do(lambda tx: the_visit(tx, visit.id)).status is VisitStatus.GIVEN_BACK
    assert len(club.claims()) == 3


def test_the_newest_of_several_is_undone_first(database: Database) -> None:
    club = Club(database)
    anna = club.person()
    first, second = booking(club, anna), booking(club, anna, TEN + timedelta(hours=1))
    giving_back(club, second)
    giving_back(club, first, NOW + timedelta(minutes=1))
    assert [undoing(club, anna, SOON).id for _ in range(2)] == [first.id, second.id]


def test_what_can_not_be_undone(database: Database) -> None:
    club, anna, jan, visit = a_hold(database)
    with pytest.raises(NothingToUndo):
        undoing(club, jan)
    with pytest.raises(NothingToUndo):
        undoing(club, anna, NOW + timedelta(days=1))
    with pytest.raises(VisitOver):
        club.do(lambda tx: undo(tx, club.centre, visit_id=visit.id), TEN)
    other = booking(club, jan, TEN + timedelta(hours=1))
    with pytest.raises(NothingToUndo):
        club.do(lambda tx: undo(tx, club.centre, visit_id=other.id))


def test_a_visit_stands_again_only_where_it_could_be_booked(database: Database) -> None:
    club, anna, _, _ = a_hold(database)
    pola = club.specialist("pola")
    booking(club, anna, service="doradca", specialist_id=None)
    with pytest.raises(OwnClash):
        undoing(club, anna)
    other = booking(club, club.person("Ola Testowa", "+48501000888"), TEN + timedelta(hours=1))
    giving_back(club, other)
    club.do(lambda tx: away(tx, specialist_id=pola, starts_at=TEN, ends_at=TEN + timedelta(hours=4)))
    with pytest.raises(SlotTaken):
        undoing(club, other.participant_id)


def test_the_limits_hold_for_a_visit_that_is_to_stand_again(database: Database) -> None:
    club, anna, _, _ = a_hold(database)
    for hour in (1, 2):
        booking(club, anna, TEN + timedelta(hours=hour))
    with pytest.raises(TooManyVisits):
        undoing(club, anna)


def test_a_contract_or_a_closure_that_came_meanwhile_counts(database: Database) -> None:
    club, anna, _, _ = a_hold(database)
    days = {"first_day": FRIDAY, "last_day": FRIDAY}
    club.do(lambda tx: tx.connection.execute(closure.insert().values(**days)))
    with pytest.raises(ClubClosed):
        undoing(club, anna)
    club.person(contract_until=TUESDAY)
    with pytest.raises(ContractEnded):
        undoing(club, anna)


def test_undoing_asks_for_no_lead_time(database: Database) -> None:
    club = Club(database)
    anna = club.person()
    visit = booking(club, anna, NOW + timedelta(hours=1))
    giving_back(club, visit, NOW + timedelta(minutes=30))
    assert undoing(club, anna, NOW + timedelta(minutes=59)).status is VisitStatus.BOOKED


def test_holds_that_have_run_out_go_when_the_next_is_made(database: Database) -> None:
    club = Club(database)
    anna = club.person()
    visits = [booking(club, anna, TEN + timedelta(hours=hour)) for hour in (0, 1)]
    giving_back(club, visits[0])
    giving_back(club, visits[1], LATER)
    held = club.do(lambda tx: tx.connection.execute(select(claim.c.appointment_id)).scalars().all())
    assert set(held) == {visits[1].id}


MINUTES = st.integers(0, 600)


@given(left=st.integers(1, 60 * 24), lead=MINUTES)
def test_a_hold_never_outlasts_the_start_and_leaves_others_time_to_book(left: int, lead: int) -> None:
    centre = a_centre(lead_minutes=lead)
    starts_at = NOW + timedelta(minutes=left)
    until = held_until(centre, starts_at, NOW)
    assert NOW < until <= starts_at
    assert until - NOW <= HOLD
    last_call = starts_at - timedelta(minutes=lead)
    if last_call - NOW >= timedelta(minutes=2):
        assert until - NOW <= (last_call - NOW) / 2


def test_a_hold_lasts_a_quarter_of_an_hour_where_there_is_time() -> None:
    centre = a_centre(lead_minutes=60)
    assert held_until(centre, NOW + timedelta(minutes=90), NOW) == NOW + HOLD
    assert held_until(centre, NOW + timedelta(minutes=80), NOW) == NOW + timedelta(minutes=10)
    assert held_until(centre, NOW + timedelta(minutes=60), NOW) == NOW + HOLD
    assert held_until(centre, NOW + timedelta(minutes=10), NOW) == NOW + timedelta(minutes=10)
