"""What nobody knows is found out where the provider can be asked, and decided by purpose where it can't."""

from datetime import timedelta

import pytest

from scheduler.channels import Outgoing, Receipt, SendFailed
from scheduler.ledger import Purpose, withdraw
from storage.database import Database
from tests.scheduler.posting import REAL, ListedWire, Office, Wire, a_notice, a_reminder
from tests.scheduler.test_ledger import a_visit

TIMEOUT = SendFailed("timeout", unknown=True)


def crashed(office: Office, *notices: object) -> list[Outgoing]:
    """Claimed and never settled: the process was killed somewhere after the claim's commit."""
    office.post(*(notices or (a_reminder(person_id=office.person()),)))  # type: ignore[arg-type]
    return list(office.claim().outgoing)


async def look_after(office: Office, seconds: float) -> None:
    office.clock.pass_(seconds)
    await office.recovery.look()


async def test_a_killed_couriers_rows_are_unknown_when_the_lease_ends_and_never_waiting(
    database: Database,
) -> None:
    office = Office(database, ListedWire(name="sms"))
    crashed(office)
    await look_after(office, 60)
    assert office.statuses() == ["sending"]
    office.do(lambda tx: None)
    office.clock.pass_(1)
    from scheduler.unknown import run_out  # noqa: PLC0415

    assert office.do(lambda tx: run_out(tx, office.clock)) == 1
    assert (office.statuses(), office.attempts(1)[0].status) == (["unknown"], "unknown")


async def test_a_call_that_was_made_is_found_and_takes_its_id(database: Database) -> None:
    office = Office(database, wire := ListedWire(name="sms"))
    (outgoing,) = crashed(office)
    wire.listed = [(outgoing.address, outgoing.body, REAL, "SM1")]
    await look_after(office, 61)
    assert (office.statuses(), office.attempts(1)[0].provider_id) == (["sent"], "SM1")
    assert wire.lookups == [REAL - timedelta(seconds=60)]
    assert office.claim().outgoing == ()


async def test_a_call_that_was_never_made_is_made_within_three_minutes(database: Database) -> None:
    office = Office(database, ListedWire(name="sms"))
    crashed(office)
    await look_after(office, 61)
    (again,) = office.claim().outgoing
    office.settle(again.attempt_id, Receipt("SM2"))
    assert (office.statuses(), [row.status for row in office.attempts(1)]) == (["sent"], ["failed", "sent"])


async def test_a_timeout_is_looked_up_after_a_grace_that_counts_from_the_attempt(database: Database) -> None:
    office = Office(database, wire := ListedWire(name="sms"))
    (outgoing,) = crashed(office)
    office.clock.pass_(15)
    office.settle(outgoing.attempt_id, TIMEOUT)
    await look_after(office, 44)
    assert wire.lookups == []
    await look_after(office, 2)
    assert len(wire.lookups) == 1


async def test_an_id_that_another_attempt_has_is_not_taken_again(database: Database) -> None:
    office = Office(database, wire := ListedWire(name="sms"))
    who = office.person()
    first, second = crashed(office, a_reminder("1", who), a_reminder("2", who))
    wire.listed = [(first.address, first.body, REAL, "SM1")]
    await look_after(office, 61)
    assert sorted(office.statuses()) == ["sent", "waiting"]
    assert [row.provider_id for row in (*office.attempts(1), *office.attempts(2))].count("SM1") == 1
    assert second.body == first.body


async def test_what_a_provider_does_not_list_and_helps_nobody_any_more_goes_to_staff(
    database: Database,
) -> None:
    office = Office(database, ListedWire(name="sms"))
    crashed(
        office, a_notice(person_id=office.person(), useless_after=office.clock.wall + timedelta(seconds=30))
    )
    await look_after(office, 61)
    assert (office.statuses(), [row.text for row in office.todos()]) == (
        ["failed"],
        ["todo_reply_not_reached"],
    )


async def test_while_the_provider_can_not_be_asked_nothing_is_sent_again(database: Database) -> None:
    class Deaf(ListedWire):
        async def find(self, outgoing: Outgoing, since: object) -> list[Receipt]:
            self.lookups.append(REAL)
            raise SendFailed("503")

    office = Office(database, wire := Deaf(name="sms"))
    crashed(office)
    for _ in range(3):
        await look_after(office, 61)
    assert (office.statuses(), len(wire.lookups)) == (["unknown"], 3)
    await look_after(office, 24 * 3600)
    assert (office.statuses(), len(office.todos())) == (["failed"], 1)


async def test_of_a_cancelled_visit_nothing_is_sent_again(database: Database) -> None:
    office = Office(database, ListedWire(name="sms"))
    who = office.person()
    visit = a_visit(office, who)
    crashed(office, a_reminder("r", who, appointment_id=visit))
    office.do(lambda tx: withdraw(tx, appointment_id=visit))
    await look_after(office, 61)
    assert (office.statuses(), office.todos()) == (["withdrawn"], [])


@pytest.mark.parametrize("purpose", [Purpose.REPLY, Purpose.REMINDER, Purpose.URGENT, Purpose.OFFER])
async def test_on_telegram_a_repeat_is_the_lesser_evil_for_most(database: Database, purpose: Purpose) -> None:
    office = Office(database, Wire("telegram", "7"))
    (outgoing,) = crashed(office, a_notice(purpose=purpose, person_id=office.person()))
    office.settle(outgoing.attempt_id, TIMEOUT)
    await look_after(office, 61)
    assert [row.status for row in office.attempts(1)] == ["failed"]
    assert len(office.claim().outgoing) == 1


@pytest.mark.parametrize("purpose", [Purpose.ANNOUNCEMENT, Purpose.HEALTH])
async def test_and_a_gap_for_announcements_and_health_prompts(database: Database, purpose: Purpose) -> None:
    office = Office(database, Wire("telegram", "7"))
    crashed(office, a_notice(purpose=purpose, person_id=office.person()))
    await look_after(office, 61)
    assert (office.statuses(), office.todos()) == (["failed"], [])


async def test_a_repeat_is_made_three_times_at_most_then_comes_the_next_channel(database: Database) -> None:
    telegram, sms = Wire("telegram", "7"), Wire()
    office = Office(database, telegram, sms)
    office.post(a_reminder(person_id=office.person(telegram, sms)))
    for _ in range(3):
        (outgoing,) = office.claim().outgoing
        office.settle(outgoing.attempt_id, TIMEOUT)
        await look_after(office, 31)
    assert office.message(1).channel == "sms"
    assert len(office.claim(1).outgoing) == 1


async def test_a_late_answer_settles_an_unknown_attempt(database: Database) -> None:
    office = Office(database, ListedWire(name="sms"))
    (outgoing,) = crashed(office)
    office.clock.pass_(15)
    office.settle(outgoing.attempt_id, TIMEOUT)
    office.settle(outgoing.attempt_id, Receipt("SM1"))
    assert office.statuses() == ["sent"]


async def test_two_processes_do_not_look_up_the_same_attempt_at_once(database: Database) -> None:
    office = Office(database, wire := ListedWire(name="sms"))
    crashed(office)
    office.clock.pass_(61)
    from scheduler.unknown import run_out, take  # noqa: PLC0415

    office.do(lambda tx: run_out(tx, office.clock))
    assert len(office.do(lambda tx: take(tx, office.lanes[0]))) == 1
    assert office.do(lambda tx: take(tx, office.lanes[0])) == []
    assert wire.lookups == []
