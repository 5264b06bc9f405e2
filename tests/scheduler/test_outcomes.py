"""At the door: who may say what of a visit, from when on, and what may follow what."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select, update

from scheduler import outcomes
from scheduler.booked import visit as the_visit
from scheduler.booking import book, confirm, give_back
from scheduler.errors import NotAllowed, NotNow
from scheduler.staff import Colleague, Role, add_staff
from scheduler.visits import TRANSITIONS, Visit, VisitStatus
from storage.database import Database
from storage.tables import appointment, audit
from tests.builders import Club, warsaw

TEN = warsaw("2026-10-09", "10:00")
MORNING, EVENING_BEFORE = warsaw("2026-10-09", "00:00"), warsaw("2026-10-08", "23:59")
SAYING = {
    VisitStatus.ARRIVED: outcomes.arrive,
    VisitStatus.ATTENDED: outcomes.attend,
    VisitStatus.MISSED: outcomes.miss,
    VisitStatus.REFUSED_NO_MASK: outcomes.refuse_no_mask,
}


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database)


@pytest.fixture
def visit(club: Club) -> Visit:
    """With Pola, on Friday at ten."""
    anna = club.person()
    return club.do(  # type: ignore[no-any-return]
        lambda tx: book(tx, club.centre, person_id=anna, service="psycholog", starts_at=TEN)
    )


def say(club: Club, visit: Visit, status: VisitStatus, now: Any = TEN, by: int | None = None) -> Visit:
    return club.do(lambda tx: SAYING[status](tx, club.centre, visit_id=visit.id, by=by), now)  # type: ignore[no-any-return]


def colleague(club: Club, role: Role) -> int:
    return club.do(lambda tx: add_staff(tx, Colleague(f"Rola {role}", role)))  # type: ignore[no-any-return]


def test_somebody_comes_and_the_visit_takes_place(club: Club, visit: Visit) -> None:
    assert say(club, visit, VisitStatus.ARRIVED, TEN - timedelta(minutes=5)).status is VisitStatus.ARRIVED
    assert say(club, visit, VisitStatus.ATTENDED).status is VisitStatus.ATTENDED
    assert club.do(lambda tx: the_visit(tx, visit.id)).status is VisitStatus.ATTENDED
    assert {row.status for row in club.messages(purpose="reminder")} == {"withdrawn"}


def test_nobody_has_come_before_the_day_nor_is_missing_before_the_start(club: Club, visit: Visit) -> None:
    for status in (VisitStatus.ARRIVED, VisitStatus.REFUSED_NO_MASK):
        with pytest.raises(NotNow):
            say(club, visit, status, EVENING_BEFORE)
    for status in (VisitStatus.ATTENDED, VisitStatus.MISSED):
        with pytest.raises(NotNow):
            say(club, visit, status, TEN - timedelta(seconds=1))
    assert say(club, visit, VisitStatus.ARRIVED, MORNING).status is VisitStatus.ARRIVED


@pytest.mark.parametrize(("before", "after"), list(product(VisitStatus, SAYING)))
def test_what_may_follow_what_is_the_table(
    club: Club, visit: Visit, before: VisitStatus, after: VisitStatus
) -> None:
    club.do(lambda tx: tx.connection.execute(update(appointment).values(status=before)))
    if after is before or after in TRANSITIONS[before]:
        assert say(club, visit, after).status is after
    else:
        with pytest.raises(NotNow):
            say(club, visit, after)


def test_a_visit_that_was_given_back_can_only_be_undone(club: Club, visit: Visit) -> None:
    club.do(lambda tx: give_back(tx, club.centre, visit_id=visit.id))
    with pytest.raises(NotNow):
        say(club, visit, VisitStatus.ARRIVED)


def test_a_specialist_says_it_of_their_own_visits_and_the_office_of_any(club: Club, visit: Visit) -> None:
    pola, piotr = club.specialist("pola"), club.specialist("piotr")
    with pytest.raises(NotAllowed):
        say(club, visit, VisitStatus.ARRIVED, by=piotr)
    with pytest.raises(NotAllowed):
        say(club, visit, VisitStatus.ARRIVED, by=visit.participant_id)
    assert say(club, visit, VisitStatus.MISSED, by=pola)
    assert say(club, visit, VisitStatus.ARRIVED, by=colleague(club, Role.RECEPTION))
    assert say(club, visit, VisitStatus.ATTENDED, by=colleague(club, Role.COORDINATOR))


def test_the_log_says_who_said_it_once(club: Club, visit: Visit) -> None:
    door = colleague(club, Role.RECEPTION)
    for _ in range(2):
        say(club, visit, VisitStatus.ARRIVED, by=door)
    asked = select(audit.c.actor, audit.c.actor_id, audit.c.person_id).where(audit.c.action == "arrived")
    rows = club.do(lambda tx: tx.connection.execute(asked).all())
    assert [tuple(row) for row in rows] == [("staff", door, visit.participant_id)]


def take_back(club: Club, visit: Visit, by: int | None = None) -> VisitStatus:
    return club.do(lambda tx: outcomes.take_back(tx, visit_id=visit.id, by=by), TEN).status  # type: ignore[no-any-return]


def test_a_slip_at_the_door_is_taken_back_one_step_at_a_time(club: Club, visit: Visit) -> None:
    club.do(lambda tx: confirm(tx, visit_id=visit.id))
    for status in (VisitStatus.MISSED, VisitStatus.ARRIVED, VisitStatus.ATTENDED):
        say(club, visit, status)

    undone = [take_back(club, visit) for _ in range(3)]

    assert undone == [VisitStatus.ARRIVED, VisitStatus.MISSED, VisitStatus.CONFIRMED]
    with pytest.raises(NotNow):
        take_back(club, visit)
    assert say(club, visit, VisitStatus.ATTENDED).status is VisitStatus.ATTENDED
    assert take_back(club, visit) is VisitStatus.CONFIRMED


def test_only_who_may_say_what_became_of_a_visit_takes_it_back(club: Club, visit: Visit) -> None:
    say(club, visit, VisitStatus.ARRIVED)
    with pytest.raises(NotAllowed):
        take_back(club, visit, club.specialist("piotr"))
    assert take_back(club, visit, club.specialist("pola")) is VisitStatus.BOOKED
