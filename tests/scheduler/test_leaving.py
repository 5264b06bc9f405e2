from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from scheduler.booking import book
from scheduler.leaving import NotHere, leave, what_leaves
from scheduler.linking import CodeWrong, link_by_code, new_code
from scheduler.people import address_of, addresses_of, link, people_at
from storage.database import Database
from storage.tables import audit, question
from tests.builders import NOW, Club, warsaw

AT = warsaw("2026-10-12", "10:00")


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database)


def a_visit(club: Club, who: int, at: Any = AT) -> int:
    booked = club.do(lambda tx: book(tx, club.centre, person_id=who, service="psycholog", starts_at=at))
    return int(booked.id)


def test_a_visit_to_come_is_given_back_and_its_reminders_withdrawn(club: Club) -> None:
    who = club.person()
    a_visit(club, who)

    left = club.do(lambda tx: leave(tx, who))

    assert [visit.starts_at for visit in left.visits] == [AT]
    assert club.claims() == []
    assert {row.status for row in club.messages(text="reminder")} == {"withdrawn"}


def test_the_time_is_free_for_the_next_one_at_once(club: Club) -> None:
    who, other = club.person(), club.person("Ewa Testowa", "+48501000002")
    a_visit(club, who)
    club.do(lambda tx: leave(tx, who))

    a_visit(club, other)

    assert len(club.claims()) == 3


def test_a_visit_that_has_begun_stays_as_it_is(club: Club) -> None:
    who = club.person()
    a_visit(club, who)

    club.do(lambda tx: leave(tx, who), AT + timedelta(minutes=10))

    assert len(club.claims()) == 3


def test_a_dry_run_changes_nothing(club: Club) -> None:
    who = club.person()
    a_visit(club, who)
    before = club.messages()

    would = club.do(lambda tx: what_leaves(tx, who))

    assert (len(would.visits), len(would.messages), would.questions, len(would.addresses)) == (1, 2, 2, 1)
    assert club.messages() == before
    assert len(club.claims()) == 3


def test_the_person_is_told_once_where_their_words_went_until_now(club: Club) -> None:
    who = club.person()

    club.do(lambda tx: leave(tx, who))

    (row,) = club.messages()
    assert (row.text, row.purpose, row.channel, row.status) == ("goodbye", "notice", "sms", "waiting")


def test_nobody_is_told_without_an_address(club: Club) -> None:
    who = club.person(phone=None)
    club.do(lambda tx: leave(tx, who))
    assert club.messages() == []


def test_chats_and_numbers_lead_to_the_person_no_more_but_to_who_stays(club: Club) -> None:
    who, other = club.person(), club.person("Ewa Testowa")
    club.do(lambda tx: link(tx, who, "telegram", "4711", "700100"))

    club.do(lambda tx: leave(tx, who))

    assert club.do(lambda tx: addresses_of(tx, who)) == []
    shared = club.do(lambda tx: address_of(tx, "sms", "sms", "+48501000001"))
    assert [one.id for one in club.do(lambda tx: people_at(tx, shared.id))] == [other]


def test_questions_are_closed_and_a_code_is_good_no_more(club: Club) -> None:
    who = club.person()
    a_visit(club, who)
    code = club.do(lambda tx: new_code(tx, who))

    club.do(lambda tx: leave(tx, who))

    asked = club.do(lambda tx: tx.connection.execute(select(question.c.answered_at)).scalars().all())
    assert set(asked) == {NOW}
    chat = club.do(lambda tx: address_of(tx, "telegram", "4711", "700100"))
    with pytest.raises(CodeWrong):
        club.do(lambda tx: link_by_code(tx, code, chat))


def test_it_is_written_down_with_ids_alone(club: Club) -> None:
    who = club.person()
    visit = a_visit(club, who)
    club.do(lambda tx: leave(tx, who))

    rows = club.do(lambda tx: tx.connection.execute(select(audit).order_by(audit.c.id)).all())
    assert [(row.actor, row.action, row.details) for row in rows[-2:]] == [
        ("staff", "given_back", {}),
        ("staff", "ended", {"visits": [visit], "addresses": [1]}),
    ]


def test_nobody_leaves_twice_and_no_staff(club: Club) -> None:
    who = club.person()
    club.do(lambda tx: leave(tx, who))
    with pytest.raises(NotHere, match="left on 2026-10-05; nothing was changed"):
        club.do(lambda tx: leave(tx, who))
    pola = club.specialist("pola")
    with pytest.raises(NotHere, match="is staff"):
        club.do(lambda tx: leave(tx, pola))
