"""What becomes of a message after its call: results and receipts in any order, retries, the ladder, and staff at the end."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from scheduler.channels import Receipt, SendFailed
from scheduler.ledger import Ask, Purpose
from scheduler.settling import receipt
from scheduler.states import AttemptState
from storage.database import Database
from storage.tables import address, message, question
from tests.scheduler.posting import NOON, REAL, Office, Wire, a_notice, a_reminder

SENT, DELIVERED, FAILED = AttemptState.SENT, AttemptState.DELIVERED, AttemptState.FAILED


def sending(office: Office, *notices: Any) -> list[Any]:
    """Post, claim, and return what is to be called."""
    office.post(*(notices or (a_notice(person_id=office.person()),)))
    return list(office.claim().outgoing)


def told(
    office: Office, sid: str, status: AttemptState, failure: SendFailed | None = None, **more: Any
) -> bool:
    """A receipt from the provider of the first channel."""
    return bool(
        office.do(
            lambda tx: receipt(tx, office.clock, office.lanes[0].key, Receipt(sid, status, failure), **more)
        )
    )


def test_a_message_that_was_taken_is_sent(database: Database) -> None:
    office = Office(database)
    (outgoing,) = sending(office)
    office.clock.pass_(2)
    office.settle(outgoing.attempt_id, Receipt("SM1"))
    (tried,) = office.attempts(outgoing.message_id)
    assert (tried.status, tried.provider_id, tried.settled_at) == ("sent", "SM1", REAL + timedelta(seconds=2))
    assert office.statuses() == ["sent"]


def test_many_results_are_settled_together(database: Database) -> None:
    office = Office(database)
    who = office.person()
    outgoing = sending(office, *(a_notice(f"{n}", person_id=who) for n in range(50)))
    from scheduler.settling import outcome, settle  # noqa: PLC0415

    results = [outcome(one.attempt_id, Receipt(f"SM{one.attempt_id}")) for one in outgoing]
    office.do(lambda tx: settle(tx, office.clock, office.lanes[0].key, results))
    assert office.statuses() == ["sent"] * 50


def test_a_receipt_says_that_it_was_delivered(database: Database) -> None:
    office = Office(database)
    (outgoing,) = sending(office)
    office.settle(outgoing.attempt_id, Receipt("SM1"))
    assert told(office, "SM1", DELIVERED)
    assert office.statuses() == ["delivered"]


def test_a_receipt_of_nothing_of_ours_is_said_to_be_so(database: Database) -> None:
    assert told(Office(database), "SM9", DELIVERED) is False


def test_a_receipt_that_names_its_attempt_may_come_before_the_calls_own_answer(database: Database) -> None:
    office = Office(database)
    (outgoing,) = sending(office)
    assert told(office, "SM1", DELIVERED, attempt_id=outgoing.attempt_id)
    office.settle(outgoing.attempt_id, Receipt("SM1"))
    (tried,) = office.attempts(outgoing.message_id)
    assert (office.statuses(), tried.status, tried.provider_id) == (["delivered"], "delivered", "SM1")


def test_of_two_parts_receipts_the_first_last_word_counts(database: Database) -> None:
    """A part that failed, then "delivered" for another: nobody can tell, and what was ended stays so."""
    office = Office(database)
    (outgoing,) = sending(office)
    office.settle(outgoing.attempt_id, Receipt("SM1"))
    told(office, "SM1", FAILED, SendFailed("30005", permanent=True))
    told(office, "SM1", DELIVERED)
    assert office.statuses() == ["failed"]


def test_a_permanent_error_goes_down_the_ladder_with_its_question(database: Database) -> None:
    telegram, sms = Wire("telegram", "7", buttons=True), Wire()
    office = Office(database, telegram, sms)
    who = office.person(telegram, sms)
    ask = Ask("visit", (), asked=False, expires_at=NOON + timedelta(days=1))
    (outgoing,) = sending(office, a_reminder(person_id=who, ask=ask))
    office.settle(outgoing.attempt_id, SendFailed("blocked", permanent=True, address_dead=True))
    row = office.message(outgoing.message_id)
    assert (row.status, row.channel, office.address_state(1)) == ("waiting", "sms", "dead")
    assert office.rows(question)[0].address_id == row.address_id
    (again,) = office.claim(1).outgoing
    assert (again.message_id, again.address) == (outgoing.message_id, "1sms")


@pytest.mark.parametrize(("hours", "urgent"), [(20, True), (35, True), (37, False)])
def test_who_can_not_be_told_of_tomorrow_is_urgent(database: Database, hours: int, urgent: bool) -> None:
    office = Office(database)
    starts_at = (NOON + timedelta(hours=hours)).isoformat()
    notice = replace(a_reminder(person_id=office.person()), params={"starts_at": starts_at, "place": "a"})
    (outgoing,) = sending(office, notice)
    office.settle(outgoing.attempt_id, SendFailed("21614", permanent=True, address_dead=True))
    (todo,) = office.todos()
    assert (todo.text, todo.urgent) == ("todo_not_reached", urgent)


def test_at_the_end_of_the_ladder_is_somebody_of_the_staff(database: Database) -> None:
    office = Office(database)
    coordinator, who = office.coordinator(), office.person()
    (outgoing,) = sending(office, a_reminder(person_id=who))
    office.settle(outgoing.attempt_id, SendFailed("21614", permanent=True, address_dead=True))
    (todo,) = office.todos()
    assert (todo.text, todo.person_id, todo.assignee_id) == ("todo_not_reached", who, coordinator)
    assert (todo.params["reason"], todo.params["place"]) == ("21614", "a")
    assert office.statuses() == ["failed"]


def test_an_answer_to_a_stranger_that_fails_is_nobodys_todo(database: Database) -> None:
    office = Office(database)
    office.person()
    (outgoing,) = sending(office, a_notice(address_id=1))
    office.settle(outgoing.attempt_id, SendFailed("21610", permanent=True, address_stopped=True))
    assert (office.statuses(), office.todos(), office.address_state(1)) == (["failed"], [], "stopped")


def test_a_message_never_climbs_the_ladder(database: Database) -> None:
    telegram, sms = Wire("telegram", "7"), Wire()
    office = Office(database, sms, telegram)
    who = office.person(sms, telegram)
    (outgoing,) = sending(office, a_notice(person_id=who, address_id=1))
    office.settle(outgoing.attempt_id, SendFailed("21614", permanent=True))
    assert office.statuses() == ["failed"]


def test_a_handset_that_is_off_is_tried_three_times_half_an_hour_apart(database: Database) -> None:
    office = Office(database)
    office.post(a_reminder(person_id=office.person()))
    for tries in range(1, 4):
        (outgoing,) = office.claim().outgoing
        office.settle(outgoing.attempt_id, Receipt(f"SM{tries}"))
        told(office, f"SM{tries}", FAILED, SendFailed("30003", again_in=1800))
        assert office.claim().outgoing == ()
        office.clock.pass_(1800)
    assert office.claim().outgoing == ()
    assert (office.statuses(), len(office.attempts(1)), len(office.todos())) == (["failed"], 3, 1)


def test_what_would_be_tried_too_late_goes_down_the_ladder_now(database: Database) -> None:
    office = Office(database)
    late = NOON + timedelta(minutes=20)
    (outgoing,) = sending(office, a_reminder(person_id=office.person(), useless_after=late))
    office.settle(outgoing.attempt_id, SendFailed("30003", again_in=1800))
    assert (office.statuses(), len(office.todos())) == (["failed"], 1)


def test_what_never_left_is_tried_again_by_and_by_and_lets_the_others_pass(database: Database) -> None:
    office = Office(database)
    who = office.person()
    first, second = sending(office, a_reminder("1", who), a_reminder("2", who))
    for tries, pause in enumerate((15, 30, 60), start=1):
        office.settle(first.attempt_id, SendFailed("refused"))
        assert office.message(first.message_id).send_after == office.clock.wall + timedelta(seconds=pause)
        office.clock.pass_(pause)
        (first,) = office.claim().outgoing
        assert len(office.attempts(first.message_id)) == tries + 1
    assert office.message(second.message_id).status == "sending"


def test_a_refused_connection_lets_the_account_draw_breath(database: Database) -> None:
    office = Office(database)
    who = office.person()
    (outgoing,) = sending(office, a_reminder("1", who))
    office.settle(outgoing.attempt_id, SendFailed("refused"))
    office.post(a_reminder("2", who))
    assert office.claim().free_in == 1
    office.clock.pass_(1)
    assert len(office.claim().outgoing) == 1


def test_a_group_that_has_become_a_supergroup_keeps_its_message(database: Database) -> None:
    office = Office(database, Wire("telegram", "7"))
    (outgoing,) = sending(office)
    office.settle(outgoing.attempt_id, SendFailed("migrated", migrated_to="-100500"))
    (again,) = office.claim().outgoing
    assert (again.message_id, again.address) == (outgoing.message_id, "-100500")


def test_a_group_whose_new_name_is_known_goes_there(database: Database) -> None:
    office = Office(database, Wire("telegram", "7"))
    who = office.person()
    office.do(lambda tx: office.link(tx, who, office.wire, "-100500"))
    (outgoing,) = sending(office, a_notice(person_id=who, address_id=1))
    office.settle(outgoing.attempt_id, SendFailed("migrated", migrated_to="-100500"))
    (again,) = office.claim().outgoing
    assert (again.address, office.address_state(1)) == ("-100500", "dead")


def test_a_receipt_undelivered_moves_the_message_down(database: Database) -> None:
    telegram, sms = Wire("telegram", "7"), Wire()
    office = Office(database, telegram, sms)
    (outgoing,) = sending(office, a_reminder(person_id=office.person(telegram, sms)))
    office.settle(outgoing.attempt_id, Receipt("9"))
    told(office, "9", FAILED)
    assert office.message(outgoing.message_id).channel == "sms"
    assert office.statuses() == ["waiting"]


def test_a_late_failure_of_an_earlier_attempt_changes_nothing(database: Database) -> None:
    office = Office(database)
    office.post(a_reminder(person_id=office.person()))
    (first,) = office.claim().outgoing
    office.settle(first.attempt_id, SendFailed("refused"))
    office.clock.pass_(15)
    (second,) = office.claim().outgoing
    office.settle(second.attempt_id, Receipt("SM2"))
    office.settle(first.attempt_id, SendFailed("30003", again_in=1800))
    assert office.statuses() == ["sent"]


@pytest.mark.parametrize("status", [SENT, DELIVERED])
def test_advice_is_forgotten_once_it_is_sent(database: Database, status: AttemptState) -> None:
    office = Office(database)
    who = office.person()
    notices = (
        a_notice("a", Purpose.ADVICE, person_id=who, params={"private": 1}),
        a_notice("r", person_id=who, params={"n": 1}),
    )
    for outgoing in sending(office, *notices):
        office.settle(outgoing.attempt_id, Receipt(f"SM{outgoing.attempt_id}", status))
    advice, reply = office.rows(message)
    assert (advice.params, reply.params) == ({}, {"n": 1})
    assert [office.attempts(row.id)[0].body is None for row in (advice, reply)] == [True, False]


def test_advice_that_did_not_arrive_is_not_named_to_staff(database: Database) -> None:
    office = Office(database)
    notice = a_notice("a", Purpose.ADVICE, person_id=office.person(), params={"starts_at": NOON.isoformat()})
    (outgoing,) = sending(office, notice)
    office.settle(outgoing.attempt_id, SendFailed("21614", permanent=True))
    (todo,) = office.todos()
    assert (todo.text, set(todo.params)) == ("todo_reply_not_reached", {"reason", "message_id"})
    assert office.rows(message)[0].params == {}
    assert office.attempts(1)[0].body is None


def test_a_number_the_provider_was_asked_to_leave_alone_is_stopped_here_too(database: Database) -> None:
    office = Office(database)
    (outgoing,) = sending(office)
    office.settle(outgoing.attempt_id, SendFailed("21610", permanent=True, address_stopped=True))
    assert office.rows(address)[0].state == "stopped"
    assert len(office.todos()) == 1
