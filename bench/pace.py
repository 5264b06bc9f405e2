"""Ten thousand announcements under way at Telegram's pace, while participants are answered: how full the pace is kept, and who waits."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial

from bench.club import NOW, a_large_centre
from bench.due import CHANNEL, PEOPLE, SPARE, NullChannel, write_due
from bench.frame import Budget, Goal, Result, Run, Spread, percentile
from bench.stores import Store
from bot.channels.telegram.outbound import PACE
from config.centre import Centre
from scheduler.channels import Outgoing, Receipt
from scheduler.clock import Clock
from scheduler.courier import Courier
from scheduler.ledger import Notice, Purpose, post
from scheduler.purposes import RULES
from storage.database import Database, Transaction
from words.catalogue import load_catalogue
from words.compose import Composer

DUE = 10_000
EVERY_SECONDS = 0.25  # somebody is answered
PROVIDERS = 30.0  # a second (core.telegram.org/bots/faq); grants keep to the account's own pace, calls begin a commit later

Begin = Callable[[Centre, Clock], Awaitable[None]]


class Watched(NullChannel):
    """Keeps when each message was taken."""

    def __init__(self, name: str = CHANNEL) -> None:
        super().__init__(PACE)
        self.name = name
        self.times: list[float] = []
        self.replied: dict[int, float] = {}

    async def send(self, outgoing: Outgoing) -> Receipt:
        self.times.append(time.perf_counter())
        if outgoing.purpose is Purpose.REPLY:
            self.replied[outgoing.message_id] = self.times[-1]
        return await super().send(outgoing)


def measure(budget: Budget, stores: Sequence[Store]) -> Iterator[Result]:
    """One run; its length is what makes it sure."""
    seconds = 60 if budget.minutes >= 15 else 20
    priority = RULES[Purpose.ANNOUNCEMENT].priority
    for store in stores:
        url = store.template(partial(write_due, due=DUE, purpose=("announcement", priority)))
        with closing(Database(url)) as database:
            run = asyncio.run(kept(database, seconds, Watched(), partial(reply_to, first=PEOPLE + 1)))
        store.drop(url)
        yield held(f"Telegram's pace, {DUE:,} announcements", store, run, seconds)


def held(name: str, store: Store, run: Run, seconds: float) -> Result:
    """To the account's pace, and to a second more for who is answered."""
    goals = (
        Goal("full", ">=", 0.98),
        Goal("most_in_a_second", "<=", PROVIDERS),
        Goal("reply_p99_ms", "<=", 1000 + 1000 / float(PACE.per_second or 1)),
    )
    more = run.seen | {"reply_p99_ms": percentile(run.latencies, 99) * 1000}
    note = f"one run of {seconds:.0f} s; latencies are of {len(run.latencies)} replies, from their commit"
    return Result(name, store.name, "a second", Spread([run]), more=more, goals=goals, notes=(note,))


async def kept(
    database: Database,
    seconds: float,
    channel: Watched,
    reply: Callable[..., int],
    begin: Begin | None = None,
) -> Run:
    """Deliver to that channel for so long, and answer somebody now and then.

    Args:
        reply: posts one, of that `number`, and returns its message's id.
        begin: what sets the crowd going, if it is not due already.
    """
    centre = a_large_centre()
    clock = Clock(NOW - datetime.now(UTC))
    courier = Courier(database, clock, Composer(load_catalogue(), centre), centre, [channel])
    database.on_due = courier.wake
    running = asyncio.create_task(courier.run())
    await asyncio.gather(*([begin(centre, clock)] if begin else []), asyncio.sleep(2))  # it is warm by then
    begun = time.perf_counter()
    asked: dict[int, float] = {}
    while time.perf_counter() < begun + seconds:
        message_id = await database.write(partial(reply, number=len(asked)), clock.now())
        asked[message_id] = time.perf_counter()
        await asyncio.sleep(EVERY_SECONDS)
    ended = time.perf_counter()
    await asyncio.sleep(2)  # the last are answered too
    await courier.stop(10)
    await running
    delays = [channel.replied.get(number, ended + 60) - at for number, at in asked.items()]
    rate = sum(begun <= at < ended for at in channel.times) / (ended - begun)
    seen = {"full": rate / float(PACE.per_second or 1), "most_in_a_second": _most(channel.times)}
    return Run(rate, delays, seen)


def reply_to(tx: Transaction, number: int, first: int) -> int:
    """To somebody who has no announcement waiting: what is looked at is the queue, not a chat's own rest."""
    address_id = first + number % SPARE
    params = {"starts_at": "2026-10-06T08:00:00+00:00", "place": "a1", "service": "s1"}
    key = f"reply:bench:{number}"
    return post(
        tx, Notice(key=key, purpose=Purpose.REPLY, text="booked", params=params, address_id=address_id)
    )


def _most(times: Sequence[float]) -> float:
    """The most in any sliding second."""
    most = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - 1:
            first += 1
        most = max(most, last - first + 1)
    return float(most)
