from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from scheduler.enrolment import Newcomer, enrol
from scheduler.linking import CodeWrong, link_by_code
from scheduler.people import address_of, person
from scheduler.secret_word import NoWord, WordLocked, WordWrong, check_word, looks_like_word, set_word
from storage.database import Database, Transaction
from storage.tables import audit, todo
from storage.tables import person as people
from tests.builders import NOW, Club

NUMBER = "+48501000001"


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database)


@pytest.fixture
def who(club: Club) -> int:
    person_id = club.person(phone=NUMBER)
    club.do(lambda tx: set_word(tx, person_id, "4071"))
    return person_id


def tried(club: Club, who: int, digits: str, *, hours: float = 0, number: str = NUMBER) -> str:
    def work(tx: Transaction) -> str:
        try:
            check_word(tx, person(tx, who), digits, address_of(tx, "sms", "sms", number))
        except (WordWrong, WordLocked) as refused:
            return type(refused).__name__
        return "right"

    return str(club.do(work, NOW + timedelta(hours=hours)))


def test_only_the_right_digits_pass(club: Club, who: int) -> None:
    assert [tried(club, who, digits) for digits in ("4071", " 4071 ", "4072", "4071")] == [
        "right",
        "right",
        "WordWrong",
        "right",
    ]


def test_three_wrong_ones_lock_it_for_a_day_from_every_phone_and_tell_staff_once(
    club: Club, who: int
) -> None:
    assert [tried(club, who, "0000") for _ in range(4)] == [
        "WordWrong",
        "WordWrong",
        "WordLocked",
        "WordLocked",
    ]
    assert tried(club, who, "4071", number="+48501000009") == "WordLocked"
    assert tried(club, who, "4071", hours=25) == "right"
    told: list[Any] = club.do(lambda tx: tx.connection.execute(select(todo.c.text, todo.c.person_id)).all())
    assert [tuple(row) for row in told] == [("todo_word", who)]


def test_staff_open_it_by_setting_it_anew_or_taking_it_away(club: Club, who: int) -> None:
    for _ in range(3):
        tried(club, who, "0000")
    club.do(lambda tx: set_word(tx, who, "1234"))
    assert tried(club, who, "1234") == "right"
    club.do(lambda tx: set_word(tx, who, None))
    assert not club.do(lambda tx: person(tx, who)).has_word


def test_guesses_at_a_word_do_not_count_as_guesses_at_a_code(club: Club, who: int) -> None:
    for hours in range(6):
        tried(club, who, "0000", hours=hours / 10)
    chat = club.do(lambda tx: address_of(tx, "sms", "sms", NUMBER))
    with pytest.raises(CodeWrong):
        club.do(lambda tx: link_by_code(tx, "ACDE-3467", chat))


def test_neither_the_database_nor_the_log_has_the_digits(club: Club, who: int) -> None:
    row = club.do(lambda tx: tx.connection.execute(select(people).where(people.c.id == who)).one())
    assert "4071" not in repr(row).replace(row.word_hash, "")
    assert row.word_hash != club.do(_hash_of_another)
    logged = club.do(lambda tx: tx.connection.execute(select(audit.c.action, audit.c.details)).all())
    assert ("word_set", {}) in [tuple(row) for row in logged]


def _hash_of_another(tx: Transaction) -> str | None:
    """The same digits of somebody else."""
    other = enrol(tx, Newcomer("Ewa Testowa", "+48501000002"), "sms").person_id
    set_word(tx, other, "4071")
    found: str | None = tx.connection.execute(
        select(people.c.word_hash).where(people.c.id == other)
    ).scalar_one()
    return found


@pytest.mark.parametrize("digits", ["123", "12345", "12a4", "", "١٢٣٤"])
def test_nothing_but_four_digits_is_a_word(club: Club, who: int, digits: str) -> None:
    assert not looks_like_word(digits)
    with pytest.raises(NoWord, match="four digits"):
        club.do(lambda tx: set_word(tx, who, digits))
