"""Claims: what goes now, in which order, in which words, and what has to wait."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from scheduler.channels import Pace, SendFailed
from scheduler.ledger import Ask, Purpose
from storage.database import Database
from storage.tables import address, message
from tests.builders import warsaw
from tests.scheduler.posting import NOON, REAL, Office, Wire, a_notice, a_reminder

TELEGRAM = Pace(per_second=25, chat_seconds=1, group_a_minute=20)
NIGHT = warsaw("2026-10-14", "23:00")


def keys(office: Office, claimed: object) -> list[str]:
    names = {row.id: row.key for row in office.rows(message)}
    return [names[one.message_id] for one in claimed.outgoing]  # type: ignore[attr-defined]


def test_a_claim_writes_the_exact_words_before_the_call(database: Database) -> None:
    office = Office(database)
    (number,) = office.post(a_reminder(person_id=office.person()))
    (outgoing,) = office.claim().outgoing
    (tried,) = office.attempts(number)
    assert outgoing.body.startswith("Klub: spotkanie jutro, czwartek 15.10 godz. 12:00")
    assert (tried.id, tried.body, tried.parts, tried.status) == (
        outgoing.attempt_id,
        outgoing.body,
        1,
        "sending",
    )
    assert (tried.started_at, tried.lease_until) == (REAL, REAL + timedelta(seconds=60))
    assert office.message(number).status == "sending"


def test_a_channel_is_told_for_how_long_it_helps(database: Database) -> None:
    office = Office(database)
    office.post(a_notice(person_id=office.person(), useless_after=NOON + timedelta(minutes=10)))
    office.clock.pass_(60)
    assert [one.useful_seconds for one in office.claim().outgoing] == [540]


def test_the_words_are_made_when_they_are_sent_in_the_language_of_that_moment(database: Database) -> None:
    office = Office(database)
    who = office.person(language="uk", polish_letters=True)
    office.post(a_reminder("r", who), a_notice("k", person_id=who, language="en"))
    english, ukrainian = office.claim().outgoing
    assert (english.language, ukrainian.language) == ("en", "uk")
    assert "завтра" in ukrainian.body


def test_choices_become_buttons_where_there_are_buttons(database: Database) -> None:
    office = Office(database, Wire("telegram", "7", buttons=True))
    option = {"mark": "TAK", "key": "btn_yes", "params": {}, "value": {"answer": "yes"}}
    ask = Ask("visit", (option,), asked=False, expires_at=NOON + timedelta(days=1))
    office.post(a_reminder(person_id=office.person(), ask=ask))
    (outgoing,) = office.claim().outgoing
    (choice,) = outgoing.options
    assert (choice.mark, choice.token) == ("TAK", "q1.TAK")
    assert choice.label


def test_a_file_is_handed_on_and_not_said(database: Database) -> None:
    office = Office(database)
    file = {"kind": "ics", "starts_at": NOON.isoformat()}
    office.post(a_notice(person_id=office.person(), params={"file": file}))
    (outgoing,) = office.claim().outgoing
    assert outgoing.file == file


def test_an_answer_overtakes_whatever_waits(database: Database) -> None:
    office = Office(database, Wire(pace=TELEGRAM))
    order = [
        Purpose.ANNOUNCEMENT,
        Purpose.OFFER,
        Purpose.REMINDER,
        Purpose.HEALTH,
        Purpose.URGENT,
        Purpose.REPLY,
    ]
    office.post(*(a_notice(purpose, purpose, person_id=office.person()) for purpose in order))
    went = []
    for _ in order:
        went += keys(office, office.claim())
        office.clock.pass_(1)
    assert went == ["reply", "urgent", "health", "reminder", "offer", "announcement"]


def test_within_a_priority_the_longest_due_goes_first(database: Database) -> None:
    office = Office(database)
    for minutes in (1, 3, 2):
        due = NOON - timedelta(minutes=minutes)
        office.post(a_notice(f"{minutes}", person_id=office.person(), send_after=due))
    assert keys(office, office.claim()) == ["3", "2", "1"]


def test_nothing_goes_early(database: Database) -> None:
    office = Office(database)
    office.post(a_notice(person_id=office.person(), send_after=NOON + timedelta(seconds=1)))
    assert office.claim().outgoing == ()
    office.clock.pass_(1)
    assert len(office.claim().outgoing) == 1


def test_nothing_goes_that_helps_nobody_any_more(database: Database) -> None:
    office = Office(database)
    office.post(a_notice(person_id=office.person(), useless_after=NOON))
    assert office.claim().outgoing == ()


def test_a_claim_takes_no_more_than_the_pace_allows_and_says_when_to_come_again(database: Database) -> None:
    office = Office(database, Wire(pace=Pace(per_second=2)))
    office.post(*(a_notice(f"{n}", person_id=office.person()) for n in range(3)))
    first = office.claim()
    assert (len(first.outgoing), first.look_in) == (1, 0)
    assert 0 < first.free_in <= 0.51
    assert office.claim().outgoing == ()
    office.clock.pass_(first.free_in)
    assert len(office.claim().outgoing) == 1


def test_an_sms_of_two_parts_takes_the_time_of_two(database: Database) -> None:
    office = Office(database, Wire(pace=Pace(per_second=1, by_parts=True)))
    who = office.person(language="uk", polish_letters=True)
    office.post(a_reminder(person_id=who))
    claimed = office.claim()
    (tried,) = office.attempts(1)
    assert tried.parts == 2
    assert 1.9 < claimed.free_in <= 2.02


def test_a_chat_rests_a_second_and_holds_nobody_up(database: Database) -> None:
    office = Office(database, Wire(pace=Pace(per_second=1000, chat_seconds=1)))
    loud, quiet = office.person(), office.person()
    office.post(*(a_notice(f"loud{n}", person_id=loud) for n in range(5)), a_notice("quiet", person_id=quiet))
    first = office.claim()
    assert (keys(office, first), first.look_in) == (["loud0", "quiet"], 1)
    office.clock.pass_(0.5)
    assert office.claim().outgoing == ()
    office.clock.pass_(0.5)
    assert keys(office, office.claim()) == ["loud1"]


def test_a_group_has_twenty_a_minute_and_a_person_more(database: Database) -> None:
    office = Office(database, Wire("telegram", "7", pace=TELEGRAM))
    group, person = office.person(), office.person()
    office.do(
        lambda tx: tx.connection.execute(address.update().where(address.c.id == 1).values(address="-100200"))
    )
    office.post(*(a_notice(f"{who}:{n}", person_id=who) for n in range(25) for who in (group, person)))
    went = []
    for _ in range(58):
        for _ in range(2):
            went += keys(office, office.claim())
            office.clock.pass_(0.5)
    assert [len([key for key in went if key.startswith(f"{who}:")]) for who in (group, person)] == [20, 25]
    office.clock.pass_(3)
    assert len(office.claim().outgoing) == 1


def test_at_night_answers_go_and_reminders_wait_for_the_morning(database: Database) -> None:
    office = Office(database, quiet_from=time(20), quiet_until=time(8))
    office.clock.wall = NIGHT
    late = {"useless_after": NIGHT + timedelta(days=1), "send_after": NIGHT}
    office.post(a_reminder("reminder", office.person(), **late), a_notice("reply", person_id=office.person()))
    assert keys(office, office.claim()) == ["reply"]
    office.clock.wall = warsaw("2026-10-15", "08:00")
    assert keys(office, office.claim()) == ["reminder"]


@pytest.mark.parametrize(
    ("purpose", "status", "told"),
    [("reminder", "withdrawn", 0), ("urgent", "failed", 1), ("reply", "sending", 0)],
)
def test_after_stop_answers_go_and_the_rest_does_not(
    database: Database, purpose: str, status: str, told: int
) -> None:
    office = Office(database)
    office.post(a_notice(purpose=Purpose(purpose), person_id=office.person(state="stopped")))
    office.claim()
    assert (office.statuses(), len(office.todos())) == ([status], told)


def test_whoever_wants_no_announcements_still_gets_reminders(database: Database) -> None:
    office = Office(database)
    who = office.person()
    office.do(lambda tx: tx.connection.execute(address.update().values(announcements=False)))
    office.post(a_notice("a", Purpose.ANNOUNCEMENT, person_id=who), a_reminder("r", who))
    assert keys(office, office.claim()) == ["r"]
    assert office.statuses() == ["withdrawn", "sending"]


def test_a_row_for_an_address_that_died_meanwhile_goes_to_the_next(database: Database) -> None:
    telegram, sms = Wire("telegram", "7"), Wire()
    office = Office(database, telegram, sms)
    who = office.person(telegram, sms)
    office.post(a_reminder(person_id=who))
    office.do(
        lambda tx: tx.connection.execute(
            address.update().where(address.c.channel == "telegram").values(state="dead")
        )
    )
    assert office.claim(0).outgoing == ()
    assert len(office.claim(1).outgoing) == 1


def test_an_answer_brings_a_dead_address_back(database: Database) -> None:
    office = Office(database)
    office.post(a_notice(person_id=office.person(state="dead"), address_id=1))
    assert len(office.claim().outgoing) == 1
    assert office.address_state(1) == "active"


def test_a_text_that_cannot_be_worded_holds_nobody_up(database: Database) -> None:
    office = Office(database)
    who = office.person()
    office.post(a_notice("bad", text="no_such_text", person_id=who), a_notice("good", person_id=who))
    assert keys(office, office.claim()) == ["good"]
    assert office.statuses() == ["failed", "sending"]
    assert [row.text for row in office.todos()] == ["todo_reply_not_reached"]


def test_a_retry_after_stops_the_whole_account_and_no_other(database: Database) -> None:
    slow = replace(TELEGRAM, per_second=1)
    first, second = Wire("telegram", "7", pace=slow), Wire("telegram", "8", pace=slow)
    office = Office(database, first, second)
    for wire in (first, second):
        office.post(*(a_notice(f"{wire.account}:{n}", person_id=office.person(wire)) for n in range(2)))
    (outgoing,) = office.claim(0).outgoing
    office.settle(outgoing.attempt_id, SendFailed("429", retry_after=30))
    office.clock.pass_(29)
    assert office.claim(0).outgoing == ()
    assert len(office.claim(1).outgoing) == 1
    office.clock.pass_(1)
    assert keys(office, office.claim(0)) == ["7:1"]
    assert office.statuses()[0] == "waiting"


def test_the_caps_stop_what_is_capped_and_staff_are_told_before(database: Database) -> None:
    office = Office(database, Wire(pace=Pace(by_parts=True)), sms_parts_a_day=5, sms_parts_a_month=100)
    who = office.person()
    office.post(*(a_reminder(f"r{n}", who) for n in range(4)))
    assert len(office.claim().outgoing) == 4
    office.post(a_reminder("r4", who))
    assert keys(office, office.claim()) == ["r4"]
    assert [row.text for row in office.todos()] == ["todo_sms_cap"]
    office.post(
        a_reminder("r5", who), a_notice("reply", person_id=who), a_notice("u", Purpose.URGENT, person_id=who)
    )
    assert keys(office, office.claim()) == ["reply", "u"]
    office.clock.real_time += timedelta(days=1)
    assert keys(office, office.claim()) == ["r5"]


@pytest.mark.parametrize(("ahead", "look_in"), [(0.01, 0.05), (3, 3), (14, 14), (16, None)])
def test_what_is_due_in_a_moment_is_looked_for_then_and_not_at_the_next_tick(
    database: Database, ahead: float, look_in: float | None
) -> None:
    """It was written by a process whose clock is ahead, which has told this one to look."""
    office = Office(database)
    office.post(a_notice(person_id=office.person(), send_after=NOON + timedelta(seconds=ahead)))
    claimed = office.claim()
    assert (claimed.outgoing, claimed.look_in) == ((), look_in)
