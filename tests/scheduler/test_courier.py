"""The courier at work: calls at once and in time, results kept while the database is away, a clean end."""

import asyncio
import threading
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from scheduler.channels import Outgoing, Pace, Receipt, SendFailed
from scheduler.clock import Clock
from scheduler.courier import Courier
from scheduler.ledger import Purpose, post_all
from storage.database import Database
from storage.tables import attempt, message
from tests.scheduler.posting import FAST, Office, Wire, a_composer, a_notice, a_reminder


class Gate(Wire):
    """A channel whose calls wait until it opens."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.opens, self.begun = asyncio.Event(), asyncio.Event()
        self.at_once = self.most = 0

    async def send(self, outgoing: Outgoing) -> Receipt:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.begun.set()
        await self.opens.wait()
        self.at_once -= 1
        return await super().send(outgoing)


async def test_what_is_due_is_claimed_called_and_settled(database: Database) -> None:
    office = Office(database)
    office.post(*(a_reminder(f"{n}", office.person()) for n in range(3)))
    assert await office.courier.deliver() == 3
    assert office.statuses() == ["sent"] * 3
    assert await office.courier.deliver() == 0


async def test_calls_are_made_at_once_and_outside_of_any_transaction(database: Database) -> None:
    office = Office(database, gate := Gate())
    office.post(*(a_reminder(f"{n}", office.person()) for n in range(10)))
    delivering = asyncio.create_task(office.courier.deliver())
    await gate.begun.wait()
    office.post(a_notice("written meanwhile", person_id=1))
    gate.opens.set()
    await delivering
    assert (gate.most, office.statuses()) == (10, ["sent"] * 11)


async def test_calls_under_way_are_bounded(database: Database) -> None:
    office = Office(database, gate := Gate(pace=Pace(at_once=4)))
    office.post(*(a_reminder(f"{n}", office.person()) for n in range(10)))
    for _ in range(3):
        office.courier.wake()
        await office.courier.turn()
    assert office.statuses().count("sending") == 4
    await gate.begun.wait()
    gate.opens.set()
    await office.courier.deliver()
    assert gate.most == 4


async def test_the_first_of_many_go_soon_and_claims_grow_while_they_are_full(database: Database) -> None:
    office = Office(database, Gate())
    office.post(*(a_reminder(f"{n}", office.person()) for n in range(400)))
    begun = []
    for _ in range(3):
        office.courier.wake()
        await office.courier.turn()
        begun.append(office.statuses().count("sending"))
    assert begun == [64, 64 + 256, 400]
    assert office.courier.services[0].grown == 64


@pytest.mark.parametrize(
    "error", [SendFailed("timeout", unknown=True), ConnectionResetError(), KeyError("odd")]
)
async def test_whatever_goes_wrong_in_a_call_it_may_have_been_made(
    database: Database, error: Exception
) -> None:
    def fail(_: Outgoing) -> Receipt:
        raise error

    office = Office(database, Wire(answer=fail))
    office.post(a_reminder(person_id=office.person()))
    await office.courier.deliver()
    assert office.statuses() == ["unknown"]


async def test_a_call_that_is_never_answered_is_given_up_and_unknown(database: Database) -> None:
    office = Office(database, Gate())
    office.post(a_reminder(person_id=office.person()))
    await office.courier.deliver()
    assert (office.statuses(), office.attempts(1)[0].error) == (["unknown"], "timeout")


async def test_calls_that_began_later_are_given_up_later_and_all_of_them_are(database: Database) -> None:
    office = Office(database, Gate())
    for name in ("first", "second"):
        office.post(a_reminder(name, office.person()))
        office.courier.wake()
        await office.courier.turn()
    until = list(office.courier.services[0].calls.values())
    await office.courier.deliver()
    assert until[0] < until[1]
    assert office.statuses() == ["unknown"] * 2


async def test_a_retry_after_is_obeyed_at_once_by_this_process(database: Database) -> None:
    def refuse(_: Outgoing) -> Receipt:
        raise SendFailed("429", retry_after=7)

    office = Office(database, Wire(answer=refuse))
    office.post(a_notice(person_id=office.person()))
    await office.courier.deliver()
    office.post(a_notice("2", person_id=1))
    office.courier.wake()
    assert 6 < await office.courier.turn() <= 7
    assert len(office.wire.sent) == 1


async def test_an_id_that_is_given_twice_loses_no_result(database: Database) -> None:
    """A provider that gives the same id twice: both were taken, and the second goes without."""
    office = Office(
        database, Wire(answer=lambda outgoing: Receipt("SM1" if outgoing.message_id < 3 else "SM3"))
    )
    office.post(*(a_reminder(f"{n}", office.person()) for n in range(3)))
    await office.courier.deliver()
    assert office.statuses() == ["sent"] * 3
    assert [row.provider_id for row in office.rows(attempt)] == ["SM1", None, "SM3"]
    assert office.courier.results.waiting == 0


async def test_results_are_kept_while_the_database_is_away(sqlite_template: Any, tmp_path: Any) -> None:
    import shutil  # noqa: PLC0415

    path = tmp_path / "termin.db"
    shutil.copy(sqlite_template, path)
    database, other = Database(f"sqlite:///{path}"), Database(f"sqlite:///{path}")
    office = Office(database, gate := Gate())
    office.post(*(a_reminder(f"{n}", office.person()) for n in range(3)))
    await office.courier.turn()
    gate.opens.set()
    with other.transaction(office.clock.now()):
        calls = [call for service in office.courier.services for call in service.calls]
        await asyncio.wait(calls)
        results = office.courier.results
        results.within_seconds = 0.1
        assert await results.settle() is False
        assert results.waiting == 3
    assert await results.settle() is True
    assert (results.waiting, office.statuses()) == (0, ["sent"] * 3)
    other.close()
    database.close()


async def test_the_loop_sends_what_is_posted_while_it_runs_and_ends_when_told(database: Database) -> None:
    office = Office(database)
    who = office.person()
    sent = asyncio.Event()

    def tell(outgoing: Outgoing) -> Receipt:
        sent.set()
        return Receipt(f"SM{outgoing.attempt_id}")

    office.wire.answer = tell
    database.on_due = office.courier.wake
    running = asyncio.create_task(office.courier.run())
    for n in range(3):
        await database.write(
            lambda tx, n=n: post_all(tx, [a_notice(f"{n}", person_id=who)]), office.clock.now()
        )  # type: ignore[misc]
        await asyncio.wait_for(sent.wait(), 5)
        sent.clear()
    await office.courier.stop(5)
    await running
    assert office.statuses() == ["sent"] * 3


async def test_at_the_end_calls_under_way_are_waited_for_and_settled(database: Database) -> None:
    office = Office(database, gate := Gate())
    office.post(a_reminder(person_id=office.person()))
    running = asyncio.create_task(office.courier.run())
    await gate.begun.wait()
    stopping = asyncio.create_task(office.courier.stop(5))
    office.post(a_notice("too late for this process", person_id=1))
    gate.opens.set()
    await stopping
    await running
    assert office.statuses() == ["sent", "waiting"]


async def test_a_call_that_does_not_end_in_time_is_left_to_its_lease(database: Database) -> None:
    office = Office(database, gate := Gate())
    office.post(a_reminder(person_id=office.person()))
    running = asyncio.create_task(office.courier.run())
    await gate.begun.wait()
    await office.courier.stop(0.01)
    await running
    assert office.statuses() == ["sending"]


async def test_a_telegram_pace_is_kept_and_an_answer_overtakes_a_thousand_announcements(
    database: Database,
) -> None:
    office = Office(database, Wire("telegram", "7", pace=Pace(per_second=25, chat_seconds=1)))
    people = [office.person() for _ in range(30)]
    office.post(*(a_notice(f"a{n}", Purpose.ANNOUNCEMENT, person_id=people[n % 30]) for n in range(200)))
    for _ in range(5):
        await _step(office)
    office.post(a_notice("reply", person_id=people[29]))
    await _step(office)
    assert office.wire.sent[-1].purpose == Purpose.REPLY


async def _step(office: Office) -> None:
    """One turn, and the pace's time."""
    claimed = office.claim()
    for outgoing in claimed.outgoing:
        await office.wire.send(outgoing)
    office.clock.pass_(max(claimed.free_in, 0.001))


def test_eight_couriers_send_two_thousand_rows_once_each(database: Database, database_url: str) -> None:
    office = Office(database)
    people = [office.person() for _ in range(20)]
    office.post(
        *(a_notice(f"{n}", person_id=people[n % 20], useless_after=_far(office)) for n in range(2000))
    )
    went: list[int] = []

    def serve() -> None:
        own = Database(database_url)
        wire = Wire(pace=FAST)
        courier = Courier(own, office.clock, a_composer(office.centre), office.centre, [wire])
        try:
            asyncio.run(_drain(courier))
        finally:
            own.close()
        went.extend(one.message_id for one in wire.sent)

    threads = [threading.Thread(target=serve) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(went) == Counter(dict.fromkeys(range(1, 2001), 1))
    assert set(office.statuses()) == {"sent"}
    assert len(office.rows(attempt)) == 2000


async def _drain(courier: Courier) -> None:
    """Rows that another courier has locked are its own: one look after an empty one is enough for all to be somebody's."""
    empty = 0
    while empty < 2:
        empty = 0 if await courier.deliver() else empty + 1


def _far(office: Office) -> Any:
    return office.clock.now() + timedelta(days=1)


async def test_a_database_that_can_not_be_claimed_from_is_tried_again(tmp_path: Any) -> None:
    """A turn that fails ends neither the loop nor the process."""
    database = Database(f"sqlite:///{tmp_path / 'empty.db'}")  # without tables: every claim is an error
    from tests.builders import a_centre  # noqa: PLC0415

    centre = a_centre()
    courier = Courier(database, Clock(), a_composer(centre), centre, [Wire()])
    running = asyncio.create_task(courier.run())
    await asyncio.sleep(0)
    await courier.stop(1)
    await asyncio.wait_for(running, 5)
    database.close()


async def test_nothing_is_left_of_a_message_but_its_row(database: Database) -> None:
    office = Office(database)
    office.post(a_reminder(person_id=office.person()))
    await office.courier.deliver()
    (row,) = office.do(lambda tx: tx.connection.execute(select(message.c.status, message.c.reason)).all())
    assert (row.status, row.reason) == ("sent", None)
    assert not office.courier.services[0].calls
