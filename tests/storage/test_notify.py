"""Processes on PostgreSQL tell each other that something is due."""

import asyncio
import contextlib

from storage.notify import DueSignal


class Listener:
    """A process: its signal, and how often it was woken."""

    def __init__(self, url: str) -> None:
        self.woken = 0
        self.event = asyncio.Event()
        self.signal = DueSignal(url, self._wake)
        self.task = asyncio.create_task(self.signal.run())

    def _wake(self) -> None:
        self.woken += 1
        self.event.set()

    async def next(self) -> None:
        await asyncio.wait_for(self.event.wait(), 10)
        self.event.clear()

    async def end(self) -> None:
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task


async def test_one_process_wakes_the_other_and_not_itself(postgres_url: str) -> None:
    one, other = Listener(postgres_url), Listener(postgres_url)
    await one.next()  # each looks once as it begins to listen
    await other.next()
    await asyncio.to_thread(one.signal.send)
    await other.next()
    other.signal.send()
    await one.next()
    assert (one.woken, other.woken) == (2, 2)
    await one.end()
    await other.end()


async def test_many_commits_are_told_as_few_notices(postgres_url: str) -> None:
    one, other = Listener(postgres_url), Listener(postgres_url)
    await one.next()
    await other.next()
    for _ in range(500):
        one.signal.send()
    await other.next()
    assert other.woken <= 3
    await one.end()
    await other.end()


async def test_a_signal_that_is_not_running_says_nothing(postgres_url: str) -> None:
    DueSignal(postgres_url, lambda: None).send()


async def test_a_server_that_is_away_stops_nothing() -> None:
    listener = Listener("postgresql://nobody@127.0.0.1:9/none")
    listener.signal.send()
    done, _ = await asyncio.wait([listener.task], timeout=0.3)
    assert not done
    await listener.end()
