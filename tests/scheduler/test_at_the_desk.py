"""What staff do for somebody who phones: in their name, in the log by the name of staff, and confirmed in neutral words."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from scheduler.at_the_desk import Place, call_off_for, give_back_for, move_for, unbook, undo_for
from scheduler.booked import visit as the_visit
from scheduler.booked_by_staff import book_for
from scheduler.booking import confirm, undo
from scheduler.errors import NothingToUndo
from scheduler.free_times import Search, free_times
from scheduler.visits import VisitStatus
from storage import visit_history
from storage.database import Database, Transaction
from storage.tables import message, todo
from tests.builders import Club, count, warsaw

TEN, ELEVEN = (warsaw(date(2026, 10, 15), clock) for clock in ("10:00", "11:00"))


class Desk:
    """A club with somebody at its desk, and somebody who phones."""

    def __init__(self, database: Database, phone: str | None = "+48501000001") -> None:
        self.club = Club(database)
        self.by = self.club.specialist("dorota")
        self.who = self.club.person("Jan Testowy", phone)
        self.visit = self.do(
            book_for, person_id=self.who, service="psycholog", starts_at=TEN, by=self.by
        ).visit

    def do(self, what: Callable[..., Any], *more: Any, **named: Any) -> Any:
        return self.club.do(lambda tx: what(tx, self.club.centre, *more, **named))

    def said(self) -> list[tuple[str, str]]:
        """The confirmations, and where each stands."""
        rows = sorted(self.club.messages(), key=lambda one: one.id)
        return [(one.text, one.status) for one in rows if one.text.startswith("club_")]

    def log(self) -> list[tuple[str, str, str]]:
        rows = self.club.do(lambda tx: visit_history.lines(tx, self.visit.id))
        return [(one.actor, one.action, one.who) for one in rows]


def test_what_staff_did_stands_in_the_log_with_their_name_and_each_time_the_participant_is_told(
    database: Database,
) -> None:
    desk = Desk(database)

    desk.do(move_for, desk.visit.id, Place(ELEVEN), by=desk.by)
    desk.do(give_back_for, desk.visit.id, by=desk.by)
    desk.do(undo_for, desk.visit.id, by=desk.by)
    desk.club.do(lambda tx: confirm(tx, visit_id=desk.visit.id, by=desk.by))

    actions = ["booked", "moved", "given_back", "undone", "confirmed"]
    assert desk.log() == [("staff", action, "Dorota Przykładowa") for action in actions]
    told = ["club_booked", "club_moved", "club_given_back", "club_undone"]
    assert [text for text, _ in desk.said()] == told
    assert [status for text, status in desk.said() if text in told[:2]] == ["withdrawn", "withdrawn"]


def test_nobody_is_written_to_where_staff_say_so_or_there_is_no_channel(database: Database) -> None:
    desk = Desk(database, phone=None)

    moved = desk.do(move_for, desk.visit.id, Place(ELEVEN), by=desk.by)
    back = desk.do(give_back_for, desk.visit.id, by=desk.by, told=False)

    assert (moved.told, back.told, desk.said()) == (False, False, [])
    assert desk.club.do(lambda tx: count(tx, todo)) == 0


def test_what_the_club_called_off_staff_alone_can_make_stand_again(database: Database) -> None:
    desk = Desk(database)
    desk.do(call_off_for, desk.visit.id, by=desk.by)

    with pytest.raises(NothingToUndo):
        desk.do(undo, visit_id=desk.visit.id)
    undone = desk.do(undo_for, desk.visit.id, by=desk.by)

    assert undone.visit.status is VisitStatus.BOOKED
    with pytest.raises(NothingToUndo):
        desk.do(undo_for, desk.visit.id, by=desk.by)


@pytest.mark.parametrize("has_left", [False, True], ids=["waits", "has left"])
def test_a_booking_taken_back_at_once_is_told_only_if_its_confirmation_has_left(
    has_left: bool, database: Database
) -> None:
    desk = Desk(database)
    if has_left:
        desk.club.do(lambda tx: tx.connection.execute(message.update().values(status="sent")))

    done = desk.do(unbook, desk.visit.id, by=desk.by)

    assert done.told is has_left
    again = desk.do(book_for, person_id=desk.who, service="psycholog", starts_at=TEN, by=desk.by)
    assert desk.club.do(lambda tx: the_visit(tx, again.visit.id)).is_open
    assert again.visit.starts_at - desk.club.now > timedelta(days=1)


def test_staff_may_book_what_begins_sooner_than_a_participant_may(database: Database) -> None:
    desk = Desk(database)
    soon = TEN - timedelta(hours=1)
    just_before = soon - timedelta(minutes=5)
    search = Search("psycholog", first_day=soon.date())

    def first(tx: Transaction, by: int | None) -> Any:
        tx.staff_id = by
        return free_times(tx, desk.club.centre, search)[0].starts_at

    def book_it(tx: Transaction) -> Any:
        tx.staff_id = desk.by
        named = {"person_id": desk.who, "service": "doradca", "starts_at": soon}
        return book_for(tx, desk.club.centre, **named, by=desk.by)

    assert desk.club.do(lambda tx: first(tx, None), just_before) > soon
    assert desk.club.do(lambda tx: first(tx, desk.by), just_before) == soon
    assert desk.club.do(book_it, just_before).visit.starts_at == soon
