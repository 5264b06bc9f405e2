"""The clockwork: jobs run at once and again, alone, and end in peace."""

import asyncio
from datetime import UTC, datetime, timedelta

from scheduler.channels import Receipt
from scheduler.clockwork import clockwork
from scheduler.heartbeat import beat, last_heartbeats
from scheduler.ticker import Job, Ticker
from storage.database import Database
from tests.scheduler.posting import NOON, REAL, Office, a_notice


async def test_a_job_runs_at_once_and_shows_its_next_run() -> None:
    ran = asyncio.Event()

    async def run() -> None:
        ran.set()

    ticker = Ticker([Job("deliver", 15, run)])
    assert ticker.jobs() == []
    ticker.start()
    await asyncio.wait_for(ran.wait(), 5)
    ((name, at),) = ticker.jobs()
    assert name == "deliver"
    assert at is not None
    assert timedelta(0) < at - datetime.now(UTC) <= timedelta(seconds=15)
    await ticker.stop(1)
    assert ticker.jobs() == []


async def test_a_job_that_fails_neither_stops_the_others_nor_itself() -> None:
    runs, ran = [], asyncio.Event()

    async def fail() -> None:
        runs.append("fail")
        raise KeyError

    async def run() -> None:
        ran.set()

    ticker = Ticker([Job("fails", 15, fail), Job("runs", 15, run)])
    ticker.start()
    await asyncio.wait_for(ran.wait(), 5)
    await ticker.stop(1)
    assert runs == ["fail"]


async def test_the_end_waits_for_a_job_that_runs_and_does_not_cancel_it() -> None:
    begun, opens, done = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def run() -> None:
        begun.set()
        await opens.wait()
        done.set()

    ticker = Ticker([Job("slow", 15, run)])
    ticker.start()
    await asyncio.wait_for(begun.wait(), 5)
    stopping = asyncio.create_task(ticker.stop(5))
    await asyncio.sleep(0)
    opens.set()
    await stopping
    assert done.is_set()


async def test_a_job_that_does_not_end_in_time_is_cut() -> None:
    begun = asyncio.Event()

    async def run() -> None:
        begun.set()
        await asyncio.Event().wait()

    ticker = Ticker([Job("stuck", 15, run)])
    ticker.start()
    await asyncio.wait_for(begun.wait(), 5)
    await asyncio.wait_for(ticker.stop(0.01), 5)


async def test_a_worker_delivers_recovers_and_shows_that_it_lives(database: Database) -> None:
    office = Office(database)
    office.post(a_notice(person_id=office.person()))
    sent = asyncio.Event()

    def tell(_: object) -> Receipt:
        sent.set()
        return Receipt("SM1")

    office.wire.answer = tell
    ticker = clockwork(database, office.clock, office.centre, office.courier, "worker@here")
    running = asyncio.create_task(office.courier.run())
    ticker.start()
    await asyncio.wait_for(sent.wait(), 10)
    await ticker.stop(5)
    (life,) = office.do(lambda tx: last_heartbeats(tx, office.clock))
    assert (life.process, life.at, life.seconds_ago) == ("worker@here", REAL, 0)
    assert set(life.jobs) >= {"deliver", "recover", "follow_up", "heartbeat", "urgent"}
    await office.courier.stop(5)
    await running


def test_a_silence_of_minutes_is_told_to_staff_once(database: Database) -> None:
    office = Office(database)
    for seconds in (0, 15, 400, 15):
        office.clock.pass_(seconds)
        office.do(lambda tx: beat(tx, office.clock, "worker@here", {}))
    (todo,) = office.todos()
    assert (todo.text, todo.created_at) == ("todo_silence", NOON + timedelta(seconds=415))


def test_the_latest_heartbeat_comes_first_and_the_long_gone_are_forgotten(database: Database) -> None:
    office = Office(database)
    for process, seconds in (("gone", 0), ("a", 86_000), ("b", 1000)):
        office.clock.pass_(seconds)
        office.do(lambda tx, process=process: beat(tx, office.clock, process, {}))
    shown = office.do(lambda tx: last_heartbeats(tx, office.clock))
    assert [(life.process, life.seconds_ago) for life in shown] == [("b", 0), ("a", 1000)]
