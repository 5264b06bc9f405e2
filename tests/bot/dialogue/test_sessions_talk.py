"""A group's session in the conversation: answered for oneself alone, told like a visit, its group never named."""

from datetime import time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from scheduler import groups
from scheduler.asking import prompt
from scheduler.session_changes import call_off, move
from scheduler.sessions import Session, session_from
from storage import sessions
from storage.database import Database
from storage.tables import todo
from tests.bot.dialogue.phone import Phone, Town
from tests.builders import MONDAY, warsaw

DATABASES = ("sqlite",)  # words and decisions: what they rest on is tried on both where it is its own subject
NAME = "Grupa wsparcia"
MEETING = warsaw("2026-10-14", "10:00")  # a Wednesday
DAY_BEFORE = warsaw("2026-10-13", "10:00")
MORNING = warsaw("2026-10-14", "07:30")
FOREVER = (warsaw("2020-01-01"), warsaw("2040-01-01"))


@pytest.fixture
def town(database: Database) -> Town:
    """Monday 5 October 2026, 9:00."""
    return Town(database)


def a_group(town: Town, *people: int, weekday: str = "WE") -> None:
    leader = town.club.specialist("anna")

    def made(tx: Any) -> None:
        centre = town.club.centre
        group = groups.add(tx, NAME, "support")
        for one in people:
            groups.join(tx, centre, group, one)
        values = {
            "room": "110",
            "leader_id": leader,
            "rule": f"FREQ=WEEKLY;BYDAY={weekday}",
            "first_day": MONDAY + timedelta(days=7),
            "starts": time(10),
            "minutes": 60,
        }
        groups.change(tx, centre, group, values)

    town.do(made)


def the_session(town: Town) -> Session:
    rows = town.do(lambda tx: sessions.sessions_within(tx, FOREVER))
    return next(session_from(row) for row in rows if row.starts_at == MEETING)


def is_expected(town: Town, who: int) -> bool:
    session = the_session(town)
    return bool(town.do(lambda tx: who in sessions.claimed_by(tx, session.id)))


@pytest.fixture
def jan(town: Town) -> int:
    who = town.person("Jan Testowy")
    a_group(town, who)
    return who


@pytest.fixture(params=["sms", "telegram"])
def phone(request: pytest.FixtureRequest, town: Town, jan: int) -> Phone:
    """Jan's phone, or his chat."""
    if request.param == "sms":
        return town.phone()
    chat = town.chat()
    chat.sends(contact="+48501000001")
    return chat


def reminded(town: Town, phone: Phone) -> Phone:
    town.at(DAY_BEFORE)
    assert [said.key for said in phone.received()][-1] == "reminder"
    return phone


def test_the_reminder_is_a_visits_and_names_no_group(town: Town, phone: Phone) -> None:
    said = reminded(town, phone).received()[-1]

    assert said.words.startswith("Klub: spotkanie jutro, ")
    assert "110" in said.words
    assert NAME not in said.words


def test_a_yes_confirms(town: Town, jan: int, phone: Phone) -> None:
    said = reminded(town, phone).says("tak, będę")

    assert said.key == "seat_coming"
    assert is_expected(town, jan)
    assert phone.says("tak").key == "seat_coming"


def test_a_no_is_thanked_and_told_to_the_leader_without_a_reason(town: Town, jan: int, phone: Phone) -> None:
    said = reminded(town, phone).says("nie moge przyjsc")

    assert said.key == "seat_declined"
    assert not is_expected(town, jan)
    assert town.todos().count("todo_not_coming") == 1
    (row,) = town.do(
        lambda tx: tx.connection.execute(select(todo).where(todo.c.text == "todo_not_coming")).all()
    )
    assert row.assignee_id == town.club.specialist("anna")
    assert "przyjsc" not in repr(row)
    assert phone.says("nie").key == "seat_declined_before"
    assert town.todos().count("todo_not_coming") == 1


def test_a_no_on_its_day_has_a_visits_text_whatever_the_cause(town: Town, jan: int, phone: Phone) -> None:
    reminded(town, phone)
    town.at(warsaw("2026-10-14", "08:00"))

    assert phone.says("nie przyjde").key == "given_back_today"
    assert not is_expected(town, jan)


def test_an_hour_of_a_group_is_not_one_persons_to_change(town: Town, jan: int, phone: Phone) -> None:
    said = reminded(town, phone).says("ZMIEN")

    assert said.key == "seat_no_change"
    assert "ODDZWON" in said.words
    assert is_expected(town, jan)
    assert phone.says("nie").key == "seat_declined"


def test_a_changed_mind_comes_again(town: Town, jan: int, phone: Phone) -> None:
    reminded(town, phone).says("nie")

    assert phone.says("tak").key == "seat_undone"
    assert is_expected(town, jan)


def test_cofnij_brings_the_place_back(town: Town, jan: int, phone: Phone) -> None:
    reminded(town, phone).says("nie")

    assert phone.says("cofnij").key == "seat_undone"
    assert is_expected(town, jan)
    assert phone.says("cofnij").key == "nothing_to_undo"


def test_a_no_after_a_yes_is_asked_about(town: Town, jan: int, phone: Phone) -> None:
    reminded(town, phone).says("tak")

    assert phone.says("nie").key == "seat_sure"
    assert is_expected(town, jan)
    assert phone.says("tak").key == "seat_declined"
    assert not is_expected(town, jan)


def test_two_open_messages_are_asked_back_with_both_days(town: Town, jan: int, phone: Phone) -> None:
    phone.says("psycholog 14.10 12:00", "tak")
    reminded(town, phone)

    asked = phone.says("nie")
    assert asked.key == "yes_no_which"
    assert len(town.open_visits()) == 1
    assert is_expected(town, jan)
    assert phone.presses("1").key == "seat_declined"
    assert len(town.open_visits()) == 1
    assert not is_expected(town, jan)


def test_a_named_hour_tells_which_is_meant(town: Town, jan: int, phone: Phone) -> None:
    phone.says("psycholog 14.10 12:00", "tak")
    reminded(town, phone)

    assert phone.says("tak, jutro o 10").key == "seat_coming"


def test_moje_lists_the_session_among_visits_without_its_group(town: Town, phone: Phone) -> None:
    assert phone.says("moje").key == "mine"

    phone.says("psycholog 7.10 10:00", "tak")
    said = phone.says("moje")
    assert said.key == "mine"
    assert NAME not in said.words
    assert len(said.params["visits"]) == 2


def test_odwolaj_with_a_session_alone_asks_once(town: Town, jan: int, phone: Phone) -> None:
    said = phone.says("odwolaj")

    assert said.key == "seat_sure"
    assert is_expected(town, jan)
    assert phone.says("tak").key == "seat_declined"
    assert not is_expected(town, jan)


def test_odwolaj_with_a_visit_too_asks_which(town: Town, jan: int, phone: Phone) -> None:
    phone.says("psycholog 14.10 12:00", "tak")

    assert phone.says("odwolaj").key == "which_visit"
    assert len(town.open_visits()) == 1


def test_who_will_be_late_is_told_to_the_leader(town: Town, phone: Phone) -> None:
    reminded(town, phone)
    town.at(warsaw("2026-10-14", "09:40"))

    assert phone.says("spoznie sie 10 min").key == "seat_late"
    assert "todo_seat_late" in town.todos()


def test_an_answer_about_a_moved_session_says_how_things_stand(town: Town, jan: int, phone: Phone) -> None:
    reminded(town, phone)
    session = the_session(town)
    town.do(lambda tx: move(tx, town.club.centre, session.id, MEETING + timedelta(hours=2)))

    said = phone.says("nie")

    assert said.key in {"seat_sure", "nothing_to_answer", "which_visit"}
    assert town.todos().count("todo_not_coming") == 0


def test_an_answer_about_a_session_that_is_off_gives_nothing_back(town: Town, phone: Phone) -> None:
    reminded(town, phone)
    session = the_session(town)
    town.do(lambda tx: call_off(tx, town.club.centre, session.id))
    town.deliver()

    assert phone.says("nie").key != "seat_declined"
    assert town.todos().count("todo_not_coming") == 0


def test_the_morning_check_counts_it_like_a_visit_and_a_yes_declares(
    town: Town, jan: int, phone: Phone
) -> None:
    town.at(warsaw("2026-10-14", "08:30"))
    town.do(lambda tx: prompt(tx, town.club.centre))
    town.deliver()
    asked = phone.received()[-1]
    assert asked.key == "check_visit"
    assert NAME not in asked.words

    assert phone.says("tak").key.startswith("declared_visit")
    assert phone.says("nie").key == "given_back_today"
    assert not is_expected(town, jan)
    assert "todo_not_coming" in town.todos()
    assert phone.says("tak").key == "seat_undone"


def test_a_visit_and_a_session_of_one_day_are_one_check(town: Town, jan: int, phone: Phone) -> None:
    phone.says("psycholog 14.10 12:00", "tak")
    town.at(warsaw("2026-10-14", "08:30"))
    town.do(lambda tx: prompt(tx, town.club.centre))
    town.deliver()
    assert phone.received()[-1].key == "check_visit_list"

    said = phone.says("nie")
    assert said.key == "not_today_which"
    assert phone.presses("3").key == "given_back_all"
    assert not is_expected(town, jan)
    assert town.open_visits() == []


def test_on_a_shared_phone_each_answers_for_themselves(town: Town) -> None:
    jan, ewa = town.person("Jan Testowy"), town.person("Ewa Testowa")
    a_group(town, jan, ewa)
    phone = town.phone()
    town.at(DAY_BEFORE)

    asked = phone.says("nie")
    assert asked.key == "yes_no_which"
    assert NAME not in asked.words
    phone.presses("1")

    assert [is_expected(town, one) for one in (jan, ewa)].count(False) == 1
