"""Staff learn that nothing goes out: over another channel, from another process, or as soon as it goes out again."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from scheduler.channels import Outgoing, Receipt, SendFailed
from scheduler.heartbeat import beat
from scheduler.ledger import Purpose
from scheduler.settling import receipt
from scheduler.silence import clockwork_stands
from scheduler.states import AttemptState
from storage.database import Database
from storage.tables import message, staff
from tests.builders import warsaw
from tests.scheduler.posting import NOON, REAL, Office, Wire, a_notice

MINUTES = 60
AWAY = SendFailed("not connected")
TIMEOUT = SendFailed("timeout", unknown=True)
OFF = SendFailed("30003", again_in=1800)
BLOCKED = SendFailed("403", permanent=True, address_dead=True)


class Bureau(Office):
    """An office on both channels, with a coordinator who can be reached on both."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, Wire("telegram", "7", buttons=True), Wire())
        self.boss = self.person(*self.channels, kind="staff")
        row = {"person_id": self.boss, "role": "coordinator", "since": NOON}
        self.do(lambda tx: tx.connection.execute(insert(staff).values(row)))
        self.client = self.person(*self.channels)

    def try_every_minute(self, result: Callable[[int], Any], minutes: int) -> None:
        """Something new is due in Telegram each minute, and that becomes of the call."""
        for n in range(minutes):
            key = f"m{self.clock.real_time.isoformat()}"
            self.post(a_notice(key, Purpose.URGENT, person_id=self.client))
            for outgoing in self.claim().outgoing:
                self.settle(outgoing.attempt_id, result(n))
            self.clock.pass_(MINUTES)

    def told(self) -> list[Any]:
        return [row for row in self.rows(message) if row.text.startswith("staff_")]


@pytest.mark.parametrize("failure", [AWAY, TIMEOUT])
def test_a_channel_that_fails_for_minutes_is_told_over_another_once(
    database: Database, failure: SendFailed
) -> None:
    bureau = Bureau(database)
    bureau.try_every_minute(lambda _: failure, 15)
    (told,) = bureau.told()
    assert (told.text, told.channel, told.person_id) == ("staff_channel_silent", "sms", bureau.boss)
    assert told.params == {"channel": "Telegram", "from_at": REAL.isoformat()}
    assert [one.text for one in bureau.todos()] == ["todo_channel_silent"]


def test_one_call_that_succeeds_ends_the_count(database: Database) -> None:
    bureau, ids = Bureau(database), itertools.count()
    bureau.try_every_minute(lambda n: Receipt(f"{next(ids)}") if n == 8 else AWAY, 16)
    assert bureau.told() == []


def test_a_late_receipt_of_what_went_before_says_nothing_of_today(database: Database) -> None:
    bureau = Bureau(database)
    bureau.try_every_minute(lambda _: Receipt("old"), 1)
    bureau.try_every_minute(lambda _: AWAY, 8)
    key = bureau.lanes[0].key
    bureau.do(lambda tx: receipt(tx, bureau.clock, key, Receipt("old", AttemptState.DELIVERED)))
    bureau.try_every_minute(lambda _: AWAY, 7)
    assert [one.text for one in bureau.told()] == ["staff_channel_silent"]


@pytest.mark.parametrize("failure", [OFF, BLOCKED])
def test_a_phone_that_is_off_or_a_chat_that_is_blocked_is_no_failing_channel(
    database: Database, failure: SendFailed
) -> None:
    bureau = Bureau(database)
    for _ in range(15):
        bureau.client = bureau.person(*bureau.channels)
        bureau.try_every_minute(lambda _: failure, 1)
    assert bureau.told() == []


def test_where_nobody_can_be_told_elsewhere_the_to_do_is_urgent(database: Database) -> None:
    office = Office(database, Wire("telegram", "7", buttons=True))
    who = office.person()
    for n in range(15):
        office.post(a_notice(f"{n}", Purpose.URGENT, person_id=who))
        for outgoing in office.claim().outgoing:
            office.settle(outgoing.attempt_id, AWAY)
        office.clock.pass_(MINUTES)
    (todo,) = office.todos()
    assert (todo.text, todo.urgent) == ("todo_channel_silent", True)


def beats(bureau: Office, seconds: float = 0) -> None:
    bureau.clock.pass_(seconds)
    bureau.do(lambda tx: beat(tx, bureau.clock, "worker@here", {}))


def stands(bureau: Office) -> list[int]:
    return list(bureau.do(lambda tx: clockwork_stands(tx, bureau.clock)))


async def test_a_process_without_a_clockwork_says_itself_that_none_turns_and_nothing_else(
    database: Database,
) -> None:
    bureau = Bureau(database)
    beats(bureau)
    bureau.post(a_notice("other", Purpose.URGENT, person_id=bureau.client))
    bureau.clock.pass_(4 * MINUTES)
    assert stands(bureau) == []
    bureau.clock.pass_(2 * MINUTES)
    for _ in range(3):
        await bureau.courier.deliver_only(stands(bureau))
    (told,) = bureau.told()
    assert (told.text, told.status) == ("staff_silent", "sent")
    assert [len(wire.sent) for wire in bureau.channels] == [1, 0]


async def test_nobody_is_woken_for_it(database: Database) -> None:
    bureau = Bureau(database)
    bureau.clock.wall = warsaw("2026-10-14", "23:30")
    beats(bureau)
    bureau.clock.pass_(10 * MINUTES)
    await bureau.courier.deliver_only(stands(bureau))
    assert [row.status for row in bureau.told()] == ["waiting"]
    beats(bureau)
    assert {row.text: row.status for row in bureau.told()} == {
        "staff_silent": "withdrawn",
        "staff_silence": "waiting",
    }


def test_after_a_silence_staff_learn_from_when_to_when(database: Database) -> None:
    bureau = Bureau(database)
    for seconds in (0, 15, 26 * 3600, 15):
        beats(bureau, seconds)
    (told,) = bureau.told()
    since, until = REAL + timedelta(seconds=15), REAL + timedelta(hours=26, seconds=15)
    assert told.params == {"from_at": since.isoformat(), "until_at": until.isoformat()}
    assert [one.text for one in bureau.todos()] == ["todo_silence"]


def test_a_club_whose_clockwork_has_never_turned_is_not_silent(database: Database) -> None:
    assert stands(Bureau(database)) == []


async def test_what_could_not_be_said_waits_for_the_next_look(database: Database) -> None:
    bureau = Bureau(database)

    def fail(_: Outgoing) -> Receipt:
        raise AWAY

    bureau.channels[0].answer = fail
    beats(bureau)
    bureau.clock.pass_(6 * MINUTES)
    await bureau.courier.deliver_only(stands(bureau))
    assert bureau.told()[0].status == "waiting"
