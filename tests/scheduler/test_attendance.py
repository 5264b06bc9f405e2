"""Whoever belongs to a session is reminded of it and answers for themselves; its leader is told, and nobody is told why."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from scheduler import groups
from scheduler.attendance import Answer, SeatGone, come, decline, late, seat
from scheduler.booking import book
from scheduler.dossier import dossier
from scheduler.erasure import erase
from scheduler.errors import NoSuchVisit, OwnClash
from scheduler.leaving import leave
from scheduler.retention import forget
from scheduler.session_changes import call_off, move
from scheduler.sessions import Session
from storage.database import Database
from storage.tables import attendance, question, todo
from tests.builders import NOW, warsaw
from tests.scheduler.groups import Groups

SECOND = warsaw("2026-10-13", "10:00")  # the second Tuesday


@pytest.fixture
def club(database: Database) -> Groups:
    return Groups(database)


def second_session(club: Groups) -> Session:
    return next(one for one in club.sessions() if one.starts_at == SECOND)


def reminders_of(club: Groups, session: Session, status: str = "waiting") -> list[tuple[int, Any]]:
    rows = club.messages(session_id=session.id, purpose="reminder", status=status)
    return [(row.person_id, row.send_after) for row in rows if row.key.startswith("reminder:")]


def says_no(club: Groups, session: Session, who: int) -> Any:
    return club.do(lambda tx: decline(tx, session_id=session.id, person_id=who))


def says_yes(club: Groups, session: Session, who: int) -> Any:
    return club.do(lambda tx: come(tx, club.centre, session_id=session.id, person_id=who))


def test_everybody_of_a_session_is_reminded_as_of_a_visit_and_its_leader_is_not(club: Groups) -> None:
    one, two = club.people(2)
    club.group(people=[one, two])
    session = second_session(club)

    three_days, one_day = warsaw("2026-10-10", "10:00"), warsaw("2026-10-12", "10:00")
    assert reminders_of(club, session) == [
        (one, three_days),
        (two, three_days),
        (one, one_day),
        (two, one_day),
    ]
    rows = club.messages(session_id=session.id)
    assert {row.text for row in rows} == {"reminder"}
    assert all(row.params == {"starts_at": SECOND.isoformat(), "place": "hall"} for row in rows)
    asked = club.do(lambda tx: tx.connection.execute(select(question)).all())
    assert {(row.kind, row.session_id is None) for row in asked} == {("session", False)}


def test_a_second_run_reminds_nobody_twice(club: Groups) -> None:
    club.group(people=club.people(2))
    before = len(club.messages())

    club.make_ahead()

    assert len(club.messages()) == before


def test_a_moved_session_is_reminded_of_at_its_new_time_alone(club: Groups) -> None:
    (one,) = club.people(1)
    club.group(people=[one])
    session = second_session(club)

    club.do(lambda tx: move(tx, club.centre, session.id, SECOND + timedelta(days=1)))

    assert [at for _, at in reminders_of(club, session)] == [
        warsaw("2026-10-10", "19:30"),  # nothing goes out on the Sunday
        warsaw("2026-10-13", "10:00"),
    ]
    assert len(reminders_of(club, session, "withdrawn")) == 2


def test_nobody_is_reminded_of_a_session_that_is_off(club: Groups) -> None:
    club.group(people=club.people(2))
    session = second_session(club)

    club.do(lambda tx: call_off(tx, club.centre, session.id))

    assert reminders_of(club, session) == []


def test_who_joins_is_reminded_and_who_leaves_no_more(club: Groups) -> None:
    one, two = club.people(2)
    group = club.group(people=[one])
    club.do(lambda tx: groups.join(tx, club.centre, group, two))
    club.make_ahead()
    session = second_session(club)
    assert {person for person, _ in reminders_of(club, session)} == {one, two}

    club.do(lambda tx: groups.leave(tx, club.centre, group, one))

    assert {person for person, _ in reminders_of(club, session)} == {two}


def test_a_yes_leaves_only_the_last_reminder_which_does_not_ask(club: Groups) -> None:
    one, two = club.people(2)
    club.group(people=[one, two])
    session = second_session(club)

    assert says_yes(club, session, one).answer is Answer.COMING

    waiting = club.messages(session_id=session.id, status="waiting")
    assert [(row.person_id, row.text) for row in waiting] == [
        (two, "reminder"),
        (one, "reminder_confirmed"),
        (two, "reminder"),
    ]


def test_a_no_frees_that_person_alone_and_the_leader_has_it_to_read(club: Groups) -> None:
    one, two = club.people(2)
    group = club.group(people=[one, two])
    session = second_session(club)

    says_no(club, session, one)
    says_no(club, session, one)

    assert [seat_.is_expected for seat_ in seats(club, session, one, two)] == [False, True]
    assert {person for person, _ in reminders_of(club, session)} == {two}
    (told,) = club.do(lambda tx: tx.connection.execute(select(todo)).all())
    assert (told.text, told.person_id, told.assignee_id) == (
        "todo_not_coming",
        one,
        club.specialist("dorota"),
    )
    assert told.params == {
        "group": group.name,
        "meets_at": SECOND.isoformat(),
        "other": club.specialist("dorota"),
    }


def seats(club: Groups, session: Session, *people: int) -> list[Any]:
    return [club.do(lambda tx, who=who: seat(tx, session.id, who)) for who in people]


def test_who_said_no_is_not_let_in_again_by_the_next_run(club: Groups) -> None:
    (one,) = club.people(1)
    club.group(people=[one])
    session = second_session(club)
    says_no(club, session, one)

    club.make_ahead()

    assert [seat_.is_expected for seat_ in seats(club, session, one)] == [False]


def test_a_no_enters_no_absence(club: Groups) -> None:
    (one,) = club.people(1)
    club.group(people=[one])
    says_no(club, second_session(club), one)

    (row,) = club.do(lambda tx: tx.connection.execute(select(attendance)).all())
    assert (row.answer, row.presence, row.entered_by_id) == ("not_coming", None, None)


def test_a_changed_mind_has_its_place_and_reminders_again_and_the_leader_need_not_know(club: Groups) -> None:
    (one,) = club.people(1)
    club.group(people=[one])
    session = second_session(club)
    says_no(club, session, one)

    again = club.do(
        lambda tx: come(tx, club.centre, session_id=session.id, person_id=one), NOW + timedelta(hours=1)
    )

    assert again.is_expected
    assert len(reminders_of(club, session)) == 1, "they have just said that they come"
    assert club.todos() == []


def test_a_leader_who_has_read_of_a_no_is_told_that_they_come_after_all(club: Groups) -> None:
    (one,) = club.people(1)
    club.group(people=[one])
    session = second_session(club)
    says_no(club, session, one)
    club.do(lambda tx: tx.connection.execute(todo.update().values(done_at=NOW)))

    says_yes(club, session, one)
    assert club.todos() == ["todo_coming_again"]

    club.do(lambda tx: decline(tx, session_id=session.id, person_id=one), NOW + timedelta(hours=1))
    assert club.todos() == ["todo_not_coming"]


def test_a_changed_mind_comes_too_late_once_the_time_is_a_visits(club: Groups) -> None:
    (one,) = club.people(1)
    club.group(people=[one])
    session = second_session(club)
    says_no(club, session, one)
    visit = club.do(lambda tx: book(tx, club.centre, person_id=one, service="psycholog", starts_at=SECOND))

    with pytest.raises(OwnClash) as clash:
        says_yes(club, session, one)

    assert clash.value.visit == visit
    assert [seat_.has_declined for seat_ in seats(club, session, one)] == [True]


def test_nothing_is_answered_about_a_session_that_has_begun_or_is_off(club: Groups) -> None:
    (one,) = club.people(1)
    club.group(people=[one])
    session = second_session(club)
    with pytest.raises(SeatGone):
        club.do(lambda tx: decline(tx, session_id=session.id, person_id=one), SECOND)

    club.do(lambda tx: call_off(tx, club.centre, session.id))

    with pytest.raises(SeatGone):
        says_yes(club, session, one)


def test_nobody_answers_for_a_session_that_is_not_theirs(club: Groups) -> None:
    one, other = club.people(2)
    club.group(people=[one])

    with pytest.raises(NoSuchVisit):
        says_no(club, second_session(club), other)
    with pytest.raises(NoSuchVisit):
        club.do(lambda tx: decline(tx, session_id=4711, person_id=one))


def test_who_will_be_late_is_told_to_the_leader_once_and_the_last_word_counts(club: Groups) -> None:
    (one,) = club.people(1)
    club.group(people=[one])
    session = second_session(club)
    for at, minutes in ((NOW, None), (NOW + timedelta(minutes=1), 10)):
        club.do(lambda tx, m=minutes: late(tx, session_id=session.id, person_id=one, minutes=m), at)

    assert club.todos() == ["todo_seat_late"]


def test_who_leaves_the_club_leaves_its_groups_and_sessions(club: Groups) -> None:
    one, two = club.people(2)
    club.group(people=[one, two])
    session = second_session(club)

    left = club.do(lambda tx: leave(tx, one))

    assert left.groups == ("Warsztaty",)
    assert session in [gone.session for gone in left.sessions]
    assert club.comes_to(one) == []
    assert {person for person, _ in reminders_of(club, session)} == {two}
    club.make_ahead()
    assert club.comes_to(one) == []


def test_a_copy_of_ones_data_has_the_sessions_and_what_is_known_of_them(club: Groups) -> None:
    (one,) = club.people(1)
    club.group(people=[one])
    says_no(club, second_session(club), one)

    copied = club.do(lambda tx: dossier(tx, one))["sessions"]

    assert [(row["group"], row["answer"], row["presence"]) for row in copied][:2] == [
        ("Warsztaty", None, None),
        ("Warsztaty", "not_coming", None),
    ]


def test_whoever_is_erased_has_been_nowhere(club: Groups) -> None:
    (one,) = club.people(1)
    club.group(people=[one])
    says_no(club, second_session(club), one)

    club.do(lambda tx: erase(tx, one))

    assert club.do(lambda tx: tx.connection.execute(select(attendance)).all()) == []
    assert club.comes_to(one) == []


def test_who_came_is_forgotten_with_the_visits_of_its_day(club: Groups) -> None:
    (one,) = club.people(1)
    club.group(people=[one])
    says_yes(club, second_session(club), one)
    days = club.centre.retention.visits

    club.do(lambda tx: forget(tx, club.centre), SECOND + timedelta(days=days))
    assert len(club.do(lambda tx: tx.connection.execute(select(attendance)).all())) == 1

    club.do(lambda tx: forget(tx, club.centre), SECOND + timedelta(days=days + 2))
    assert club.do(lambda tx: tx.connection.execute(select(attendance)).all()) == []
