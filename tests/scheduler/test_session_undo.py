"""A session that staff moved or called off, taken back: nobody hears what is true no more, nor the same twice."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from scheduler.attendance import come, decline, seat
from scheduler.booking import book
from scheduler.changes import Way, settle
from scheduler.clashes import SessionClash
from scheduler.closures import closures, reopen
from scheduler.errors import NothingToUndo, SlotInPast
from scheduler.impact import Closed
from scheduler.session_changes import RoomTooSmall, SessionOver, call_off, move
from scheduler.session_undo import moved_from, stand_again, undo_move
from scheduler.sessions import Session
from scheduler.todos import done, take
from storage.database import Database
from storage.tables import attempt, message, todo
from tests.builders import NOW, warsaw
from tests.scheduler.groups import Groups

TUESDAY = date(2026, 10, 6)
NOON = warsaw(TUESDAY, "12:00")
WEEK = timedelta(weeks=1)


@pytest.fixture
def club(database: Database) -> Groups:
    return Groups(database)


def a_session(club: Groups, people: list[int], **values: Any) -> Session:
    """The second one, which is far enough ahead to be reminded of."""
    return club.sessions(club.group(people=people, **values))[1]


def doing(club: Groups, work: Callable[..., Any], one: Session, *more: Any, **named: Any) -> Session:
    return club.do(lambda tx: work(tx, club.centre, one.id, *more, **named))  # type: ignore[no-any-return]


def moving(club: Groups, one: Session, hours: int = 2) -> Session:
    return doing(club, move, one, one.starts_at + timedelta(hours=hours))


def now(club: Groups, one: Session) -> Session:
    return next(known for known in club.sessions() if known.id == one.id)


def leave(club: Groups, status: str = "sent", *people: int) -> None:
    """Let the news leave that wait, of everybody or of some."""
    waits = message.c.key.startswith("group:"), message.c.status == "waiting"
    whose = (message.c.person_id.in_(people),) if people else ()
    club.do(lambda tx: tx.connection.execute(update(message).where(*waits, *whose).values(status=status)))


def news(club: Groups) -> list[tuple[str, int, str]]:
    """What was or will be said of changed sessions, to whom, in order."""
    return [(row.text, row.person_id, row.status) for row in club.messages() if row.key.startswith("group:")]


def claims(club: Groups) -> set[Any]:
    return set(club.claims())


def reminders(club: Groups, one: Session) -> list[tuple[int, Any, str, Any]]:
    rows = club.messages(session_id=one.id, status="waiting")
    found = [row for row in rows if row.key.startswith("reminder:")]
    return sorted((row.person_id, row.send_after, row.text, row.params["starts_at"]) for row in found)


def test_a_move_of_which_nobody_has_heard_is_undone_in_silence(club: Groups) -> None:
    first = a_session(club, club.people(2))
    claimed, reminded = claims(club), reminders(club, first)
    moving(club, first)

    back = doing(club, undo_move, first)

    assert (back.starts_at, back.room, back.by_hand, back.is_planned) == (
        first.starts_at, first.room, False, True,
    )  # fmt: skip
    assert (claims(club), reminders(club, first)) == (claimed, reminded)
    assert {state for _, _, state in news(club)} == {"withdrawn"}
    assert len(news(club)) == 2
    with pytest.raises(NothingToUndo):
        doing(club, undo_move, first)


def test_whoever_has_heard_of_a_move_is_told_of_the_old_time_once(club: Groups) -> None:
    heard, waits, on_its_way, tried = club.people(4)
    first = a_session(club, [heard, waits, on_its_way, tried])
    moved = moving(club, first)
    number = club.messages(text="session_moved", person_id=tried)[0]
    call = {
        "message_id": number.id, "address_id": number.address_id, "channel": "sms", "account": "test",
        "status": "unknown", "started_at": NOW, "lease_until": NOW,
    }  # fmt: skip
    club.do(lambda tx: tx.connection.execute(insert(attempt).values(call)))
    leave(club, "delivered", heard)
    leave(club, "sending", on_its_way)

    doing(club, undo_move, first)

    told = [(row.person_id, row.params) for row in club.messages(text="session_moved", status="waiting")]
    assert [one for one, _ in told] == [heard, on_its_way, tried]
    assert {(one["was_at"], one["starts_at"]) for _, one in told} == {
        (moved.starts_at.isoformat(), first.starts_at.isoformat())
    }
    assert club.messages(text="session_moved", status="sending")[0].reason == "withdrawn", "never tried again"


def test_a_calling_off_of_which_nobody_has_heard_is_undone_in_silence(club: Groups) -> None:
    comes, declined, silent = club.people(3)
    first = a_session(club, [comes, declined, silent])
    club.do(lambda tx: come(tx, club.centre, session_id=first.id, person_id=comes))
    club.do(lambda tx: decline(tx, session_id=first.id, person_id=declined))
    claimed, reminded = claims(club), reminders(club, first)
    doing(club, call_off, first)
    assert reminders(club, first) == []

    again = doing(club, stand_again, first)

    assert (again.is_planned, again.by_hand) == (True, False)
    assert (claims(club), reminders(club, first)) == (claimed, reminded)
    assert not club.do(lambda tx: seat(tx, first.id, declined)).is_expected
    assert {text for _, _, text, _ in reminded} == {"reminder", "reminder_confirmed"}
    assert [state for _, _, state in news(club)] == ["withdrawn"] * 2
    with pytest.raises(NothingToUndo):
        doing(club, stand_again, first)


def test_whoever_has_heard_that_a_session_is_off_is_told_that_it_takes_place(club: Groups) -> None:
    heard, waits, declined, elsewhere = club.people(4)
    first = a_session(club, [heard, waits, declined, elsewhere])
    club.do(lambda tx: decline(tx, session_id=first.id, person_id=declined))
    doing(club, call_off, first)
    leave(club, "delivered", heard, elsewhere)
    club.do(
        lambda tx: book(tx, club.centre, person_id=elsewhere, service="psycholog", starts_at=first.starts_at)
    )

    doing(club, stand_again, first)

    assert [row[:2] for row in news(club) if row[2] == "waiting"] == [("session_on", heard)]
    assert club.todos().count("todo_member_busy") == 1
    assert {one.id for one in club.comes_to(heard)} & {first.id}
    assert not {one.id for one in club.comes_to(elsewhere)} & {first.id}


def test_calls_that_staff_have_not_begun_are_not_made_and_those_made_are_made_anew(club: Groups) -> None:
    untold, begun, called = (club.person(name, None) for name in ("Ewa Cicha", "Adam Cichy", "Iga Cicha"))
    first = a_session(club, [untold, begun, called])
    doing(club, call_off, first)
    rows = club.do(lambda tx: tx.connection.execute(select(todo.c.id, todo.c.person_id)).all())
    number = {person_id: todo_id for todo_id, person_id in rows}
    dorota = club.specialist("dorota")
    club.do(lambda tx: take(tx, number[begun], by_id=dorota))
    club.do(lambda tx: done(tx, number[called]))

    doing(club, stand_again, first)

    open_ = select(todo.c.text, todo.c.person_id).where(todo.c.done_at.is_(None)).order_by(todo.c.id)
    assert club.do(lambda tx: tx.connection.execute(open_).all()) == [
        ("todo_tell_session_on", begun),
        ("todo_tell_session_on", called),
    ]


@pytest.mark.parametrize("undo", [undo_move, stand_again])
def test_a_place_that_was_taken_meanwhile_is_named_and_nothing_changes(
    club: Groups, undo: Callable[..., Any]
) -> None:
    stranger, *people = club.people(3)
    first = a_session(club, people)
    if undo is undo_move:
        moving(club, first, hours=3)
    else:
        doing(club, call_off, first)
    club.do(
        lambda tx: book(tx, club.centre, person_id=stranger, service="doradca", starts_at=first.starts_at)
    )
    stands, claimed, said = now(club, first), claims(club), news(club)

    with pytest.raises(SessionClash, match=r"visit 1 .doradca") as refused:
        doing(club, undo, first)

    assert [(one.person_id, one.appointment_id) for one in refused.value.obstacles] == [(stranger, 1)]
    assert (now(club, first), claims(club), news(club)) == (stands, claimed, said)
    assert {state for _, _, state in said} == {"waiting"}


def test_a_session_called_off_takes_place_at_another_time_if_its_own_is_taken(club: Groups) -> None:
    heard, waits = club.people(2)
    first = a_session(club, [heard, waits])
    doing(club, call_off, first)
    leave(club, "sent", heard)
    at = first.starts_at + timedelta(hours=3)

    again = doing(club, stand_again, first, starts_at=at)

    assert (again.starts_at, again.by_hand, again.is_planned) == (at, True, True)
    assert [row[:2] for row in news(club) if row[2] == "waiting"] == [
        ("session_on", heard), ("session_moved", waits),
    ]  # fmt: skip
    assert club.messages(text="session_moved")[0].params["was_at"] == first.starts_at.isoformat()


def test_what_was_answered_for_the_old_time_counts_again(club: Groups) -> None:
    comes, declined = club.people(2)
    first = a_session(club, [comes, declined])
    club.do(lambda tx: come(tx, club.centre, session_id=first.id, person_id=comes))
    club.do(lambda tx: decline(tx, session_id=first.id, person_id=declined))
    claimed, reminded = claims(club), reminders(club, first)
    moving(club, first)
    assert club.do(lambda tx: seat(tx, first.id, declined)).is_open, "another time is another question"
    club.do(lambda tx: decline(tx, session_id=first.id, person_id=comes))

    doing(club, undo_move, first)

    assert (claims(club), reminders(club, first)) == (claimed, reminded)
    assert club.do(lambda tx: seat(tx, first.id, comes)).answer == "coming"
    assert club.do(lambda tx: seat(tx, first.id, declined)).has_declined


def test_of_several_changes_before_anything_has_left_only_the_sum_is_said(club: Groups) -> None:
    (who,) = club.people(1)
    first = a_session(club, [who])
    moving(club, moving(club, first))
    said = club.messages(text="session_moved", status="waiting")
    assert [row.params["was_at"] for row in said] == [first.starts_at.isoformat()]

    doing(club, call_off, first)
    said = club.messages(status="waiting", person_id=who, text="session_off")
    assert [row.params["starts_at"] for row in said] == [first.starts_at.isoformat()]

    doing(club, stand_again, first)
    doing(club, move, first, first.starts_at)
    assert [row for row in news(club) if row[2] == "waiting"] == []


def test_a_session_that_moved_and_was_called_off_is_taken_back_step_by_step(club: Groups) -> None:
    first = a_session(club, club.people(1))
    moved = moving(club, first)
    doing(club, call_off, first)

    again = doing(club, stand_again, first)
    assert (again.starts_at, again.by_hand) == (moved.starts_at, True)
    was = club.do(lambda tx: moved_from(tx, again))
    assert (was.starts_at, was.room) == (first.starts_at, first.room)
    assert doing(club, undo_move, first).starts_at == first.starts_at


def test_a_session_put_back_follows_its_group_again_and_old_times_of_it_do_not_come_back(
    club: Groups,
) -> None:
    people = club.people(1)
    group = club.group(people=people)
    _, second, third, fourth, *_ = club.sessions(group)
    for one in (second, third):
        moving(club, one)
    doing(club, call_off, fourth)
    doing(club, undo_move, second)

    club.change(group, starts=time(14))

    assert now(club, second).starts_at == second.starts_at + timedelta(hours=4)
    assert now(club, third).starts_at == third.starts_at + timedelta(hours=2)
    with pytest.raises(NothingToUndo):
        doing(club, undo_move, third)
    again = doing(club, stand_again, fourth)
    assert (again.starts_at, again.by_hand) == (fourth.starts_at, True)


def test_one_of_many_sessions_that_are_off_takes_place_and_the_rest_stay_off(club: Groups) -> None:
    (who,) = club.people(1)
    group = club.group(people=[who])
    first, second, *_ = club.sessions(group)
    closed = Closed(TUESDAY, TUESDAY + WEEK, "x")
    club.do(lambda tx: settle(tx, club.centre, closed, Way.GIVE_BACK))
    with pytest.raises(SessionClash, match="the club is closed"):
        doing(club, stand_again, first)
    club.do(lambda tx: reopen(tx, closures(tx, club.centre)[0].id))

    doing(club, stand_again, first)

    assert news(club) == [("session_off_span", who, "waiting"), ("session_on", who, "waiting")]
    assert not now(club, second).is_planned


def test_what_has_begun_or_ended_or_never_moved_can_not_be_taken_back(club: Groups) -> None:
    people = club.people(4)
    group = club.group(people=people)
    first, second, third, *_ = club.sessions(group)
    moving(club, first, hours=3)
    doing(club, call_off, second)
    doing(club, call_off, third)
    with pytest.raises(SlotInPast):
        club.do(lambda tx: undo_move(tx, club.centre, first.id), first.starts_at + timedelta(minutes=1))
    club.change(group, ended_on=third.series_day)
    with pytest.raises(SessionOver):
        club.do(lambda tx: stand_again(tx, club.centre, second.id), second.starts_at)
    with pytest.raises(NothingToUndo):
        doing(club, undo_move, second)
    with pytest.raises(NothingToUndo):
        doing(club, stand_again, third)
    with pytest.raises(RoomTooSmall):
        doing(club, stand_again, second, room="snug")
