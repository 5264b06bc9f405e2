"""Posting, withdrawing and rerouting: what the ledger holds before anything is sent."""

from datetime import timedelta
from typing import Any

import pytest

from scheduler.channels import Receipt, SendFailed
from scheduler.ladder import step_down
from scheduler.ledger import Ask, Purpose, post, reroute, withdraw
from scheduler.states import AttemptState
from scheduler.todos import open_todo
from storage.database import Database
from storage.tables import address, appointment, message, question, service
from tests.builders import count
from tests.scheduler.posting import NOON, Office, Wire, a_notice, a_reminder

ASK = Ask(
    kind="menu",
    options=({"mark": "1", "key": "btn_yes", "params": {}, "value": {"n": 1}},),
    asked=True,
    expires_at=NOON + timedelta(hours=1),
)


def a_visit(office: Office, who: int) -> int:
    """An appointment, for messages to be about."""

    def work(tx: Any) -> int:
        code = f"s{count(tx, service)}"
        kind = tx.connection.execute(service.insert().values(code=code).returning(service.c.id)).scalar_one()
        row = {
            "service_id": kind,
            "participant_id": who,
            "specialist_id": who,
            "mode": "phone",
            "starts_at": NOON + timedelta(days=5),
            "ends_at": NOON + timedelta(days=5, hours=1),
            "booked_at": NOON,
        }
        return int(
            tx.connection.execute(appointment.insert().values(row).returning(appointment.c.id)).scalar_one()
        )

    return int(office.do(work))


def test_a_message_is_written_with_what_its_purpose_says(database: Database) -> None:
    office = Office(database)
    who = office.person()
    (number,) = office.post(a_notice(purpose=Purpose.REMINDER, person_id=who, params={"a": 1}))
    row = office.message(number)
    assert (row.status, row.channel, row.account, row.priority) == ("waiting", "sms", office.wire.account, 3)
    assert (row.send_after, row.useless_after, row.posted_at) == (NOON, NOON + timedelta(hours=24), NOON)
    assert (row.params, row.language, row.person_id) == ({"a": 1}, None, who)


def test_the_same_key_is_the_same_message(database: Database) -> None:
    office = Office(database)
    who = office.person()
    first = office.post(a_notice("k", person_id=who), a_notice("l", person_id=who))
    again = office.post(a_notice("l", person_id=who, text="menu"), a_notice("m", person_id=who, ask=ASK))
    assert again[0] == first[1]
    assert [row.text for row in office.rows(message)] == ["help", "help", "help"]


def test_a_question_goes_with_its_message_once(database: Database) -> None:
    office = Office(database)
    who = office.person()
    for _ in range(2):
        (number,) = office.post(a_notice(person_id=who, ask=ASK))
    (asked,) = office.rows(question)
    assert (asked.message_id, asked.kind, asked.asked, asked.person_id) == (number, "menu", True, who)
    assert asked.options == [{"mark": "1", "key": "btn_yes", "params": {}, "value": {"n": 1}}]
    assert asked.address_id == office.message(number).address_id


def test_telegram_comes_before_sms(database: Database) -> None:
    sms, telegram = Wire(), Wire("telegram", "7", buttons=True)
    office = Office(database, sms, telegram)
    both, one = office.person(sms, telegram), office.person(sms)
    ids = office.post(a_notice("a", person_id=both), a_notice("b", person_id=one))
    assert [office.message(number).channel for number in ids] == ["telegram", "sms"]


def test_a_dead_or_wrong_address_is_passed_over_and_a_stopped_one_kept(database: Database) -> None:
    sms, telegram = Wire(), Wire("telegram", "7", buttons=True)
    office = Office(database, sms, telegram)
    dead, stopped = office.person(telegram, state="dead"), office.person(telegram, state="stopped")
    office.do(lambda tx: office.link(tx, dead, sms, "+48501000001"))
    ids = office.post(a_notice("a", person_id=dead), a_notice("b", person_id=stopped))
    assert [office.message(number).channel for number in ids] == ["sms", "telegram"]


def test_an_address_can_be_named(database: Database) -> None:
    sms, telegram = Wire(), Wire("telegram", "7", buttons=True)
    office = Office(database, sms, telegram)
    who = office.person(sms, telegram)
    where = office.rows(address, channel="sms")[0].id
    (number,) = office.post(a_notice(person_id=who, address_id=where))
    assert (office.message(number).channel, office.message(number).address_id) == ("sms", where)


def test_whoever_writes_a_row_that_is_due_wakes_the_courier(database: Database) -> None:
    office, calls = Office(database), []
    who = office.person()
    database.on_due = lambda: calls.append("due")
    office.post(a_notice("later", person_id=who, send_after=NOON + timedelta(seconds=1)))
    assert calls == []
    office.post(a_notice("now", person_id=who))
    assert calls == ["due"]


def test_what_is_rolled_back_was_never_said(database: Database) -> None:
    office = Office(database)
    who = office.person()

    def fails(tx: Any) -> None:
        post(tx, a_notice(person_id=who, ask=ASK))
        raise KeyError

    with pytest.raises(KeyError):
        office.do(fails)
    assert office.rows(message) == []


def test_a_changed_visit_takes_back_what_waits_and_leaves_what_was_asked_for(database: Database) -> None:
    office = Office(database)
    who = office.person()
    visit, other = a_visit(office, who), a_visit(office, who)
    office.post(
        a_reminder("r1", who, appointment_id=visit),
        a_reminder("r2", who, appointment_id=visit, send_after=NOON + timedelta(hours=1)),
        a_notice("reply", person_id=who, appointment_id=visit),
        a_reminder("r3", who, appointment_id=other),
    )
    assert office.do(lambda tx: withdraw(tx, appointment_id=visit)) == 2
    assert office.statuses() == ["withdrawn", "withdrawn", "waiting", "waiting"]
    assert office.do(lambda tx: withdraw(tx, appointment_id=visit)) == 0


def test_once_confirmed_the_last_reminder_stays(database: Database) -> None:
    office = Office(database)
    who = office.person()
    visit = a_visit(office, who)
    later = [NOON + timedelta(hours=hours) for hours in (3, 1, 2)]
    office.post(
        *(a_reminder(f"r{n}", who, appointment_id=visit, send_after=at) for n, at in enumerate(later))
    )
    assert office.do(lambda tx: withdraw(tx, appointment_id=visit, but_last=True)) == 2
    assert office.statuses() == ["waiting", "withdrawn", "withdrawn"]


def test_a_withdrawn_row_is_never_claimed_and_one_on_its_way_not_tried_again(database: Database) -> None:
    office = Office(database)
    who = office.person()
    visit = a_visit(office, who)
    office.post(a_reminder("r1", who, appointment_id=visit))
    (outgoing,) = office.claim().outgoing
    office.post(a_reminder("r2", who, appointment_id=visit))
    assert office.do(lambda tx: withdraw(tx, appointment_id=visit)) == 1
    assert office.claim().outgoing == ()
    office.settle(outgoing.attempt_id, SendFailed("busy"))
    assert office.statuses() == ["withdrawn", "withdrawn"]


def test_what_waits_follows_a_person_to_their_new_chat_with_its_question(database: Database) -> None:
    sms, telegram = Wire(), Wire("telegram", "7", buttons=True)
    office = Office(database, sms, telegram)
    who = office.person(sms)
    reminder, reply = office.post(a_reminder("r", who, ask=ASK), a_notice("k", person_id=who, ask=ASK))

    def link_chat(tx: Any) -> int:
        office.link(tx, who, telegram, "900")
        return reroute(tx, who)

    assert office.do(link_chat) == 1
    assert (office.message(reminder).channel, office.message(reply).channel) == ("telegram", "sms")
    asked = {row.message_id: row.address_id for row in office.rows(question)}
    assert asked[reminder] == office.message(reminder).address_id


def test_what_is_on_its_way_is_not_rerouted(database: Database) -> None:
    sms, telegram = Wire(), Wire("telegram", "7", buttons=True)
    office = Office(database, sms, telegram)
    who = office.person(sms)
    (number,) = office.post(a_reminder("r", who))
    office.claim()

    def link_chat(tx: Any) -> int:
        office.link(tx, who, telegram, "900")
        return reroute(tx, who)

    assert office.do(link_chat) == 0
    assert (office.message(number).channel, office.message(number).status) == ("sms", "sending")


def test_a_delivered_message_goes_nowhere(database: Database) -> None:
    office = Office(database)
    (number,) = office.post(a_notice(person_id=office.person()))
    (outgoing,) = office.claim().outgoing
    office.settle(outgoing.attempt_id, Receipt("SM1", AttemptState.DELIVERED))
    office.do(lambda tx: step_down(tx, number, "dead"))
    assert (office.message(number).status, office.todos()) == ("delivered", [])


def test_one_matter_is_one_todo_and_the_coordinators(database: Database) -> None:
    office = Office(database)
    coordinator, who = office.coordinator(), office.person()
    for text in ("todo_callback", "todo_stopped"):
        office.do(lambda tx, text=text: open_todo(tx, key="callback:1", text=text, person_id=who))
    (todo,) = office.todos()
    assert (todo.text, todo.person_id, todo.assignee_id, todo.created_at) == (
        "todo_callback",
        who,
        coordinator,
        NOON,
    )
