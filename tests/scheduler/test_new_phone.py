from typing import Any

import pytest
from sqlalchemy import select

from scheduler.booking import book
from scheduler.leaving import leave
from scheduler.new_phone import NotMoved, new_phone
from scheduler.people import address_of, addresses_of, link, people_at
from storage import addresses
from storage.database import Database
from storage.tables import audit, question
from tests.builders import Club, warsaw

OLD, NEW = "+48501000001", "+48501000002"


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database)


@pytest.fixture
def who(club: Club) -> int:
    """Somebody with a chat, a visit and its reminders."""
    person_id = club.person(phone=OLD)
    club.do(lambda tx: link(tx, person_id, "telegram", "4711", "700100"))
    at = warsaw("2026-10-12", "10:00")
    club.do(lambda tx: book(tx, club.centre, person_id=person_id, service="psycholog", starts_at=at))
    return person_id


def reached(club: Club, who: int) -> list[tuple[str, str]]:
    return [(one.channel, one.address) for one in club.do(lambda tx: addresses_of(tx, who))]


def test_the_new_number_is_the_only_one_and_the_chat_is_unlinked(club: Club, who: int) -> None:
    assert reached(club, who) == [("sms", OLD), ("telegram", "700100")]

    moved = club.do(lambda tx: new_phone(tx, who, NEW))

    assert moved.phone == NEW
    assert reached(club, who) == [("sms", NEW)]
    old = club.do(lambda tx: address_of(tx, "sms", "sms", OLD))
    assert club.do(lambda tx: people_at(tx, old.id)) == []


def test_what_waits_goes_to_the_new_number_with_its_questions(club: Club, who: int) -> None:
    club.do(lambda tx: new_phone(tx, who, NEW))

    new = club.do(lambda tx: address_of(tx, "sms", "sms", NEW))
    assert {(row.address_id, row.channel) for row in club.messages(text="reminder")} == {(new.id, "sms")}
    asked = club.do(lambda tx: tx.connection.execute(select(question.c.address_id)).scalars().all())
    assert set(asked) == {new.id}


def test_the_new_number_gets_one_neutral_word(club: Club, who: int) -> None:
    club.do(lambda tx: new_phone(tx, who, NEW))

    (row,) = club.messages(purpose="notice")
    assert (row.text, row.params, row.channel, row.status) == ("number_changed", {}, "sms", "waiting")


def test_it_is_written_down_without_the_numbers(club: Club, who: int) -> None:
    club.do(lambda tx: new_phone(tx, who, NEW))

    last = club.do(lambda tx: tx.connection.execute(select(audit).order_by(audit.c.id.desc())).first())
    assert (last.action, last.actor, last.details) == ("new_phone", "staff", {"addresses": [1, 2], "new": 3})


def test_who_shares_the_old_number_keeps_it(club: Club, who: int) -> None:
    other = club.person("Ewa Testowa", OLD)
    club.do(lambda tx: new_phone(tx, who, NEW))
    assert reached(club, other) == [("sms", OLD)]


def test_a_number_of_somebody_else_becomes_a_shared_one(club: Club, who: int) -> None:
    other = club.person("Ewa Testowa", NEW)
    club.do(lambda tx: new_phone(tx, who, NEW))
    assert reached(club, who) == reached(club, other) == [("sms", NEW)]


def test_a_number_that_was_said_to_be_wrong_is_right_again_but_silence_stays(club: Club, who: int) -> None:
    def states(state: str) -> Any:
        new = club.do(lambda tx: address_of(tx, "sms", "sms", NEW))
        club.do(lambda tx: addresses.change_address(tx, new.id, state=state))

    states("wrong")
    club.do(lambda tx: new_phone(tx, who, NEW))
    assert club.do(lambda tx: addresses_of(tx, who))[0].state == "active"
    club.do(lambda tx: new_phone(tx, who, OLD))
    states("stopped")
    club.do(lambda tx: new_phone(tx, who, NEW))
    assert club.do(lambda tx: addresses_of(tx, who))[0].state == "stopped"


def test_it_is_refused_with_the_reason(club: Club, who: int) -> None:
    club.person(phone="+48501000003")
    with pytest.raises(NotMoved, match="is the number of Jan Testowy already"):
        club.do(lambda tx: new_phone(tx, who, OLD))
    with pytest.raises(NotMoved, match=r"is enrolled with .* as number"):
        club.do(lambda tx: new_phone(tx, who, "+48501000003"))
    club.do(lambda tx: leave(tx, who))
    with pytest.raises(NotMoved, match="has left"):
        club.do(lambda tx: new_phone(tx, who, NEW))
