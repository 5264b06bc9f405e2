"""Free times with a thousand past visits stored and with a million: whether what is remembered costs anything."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from statistics import median

from bench.club import NOW, a_large_centre, person_ids, settle
from bench.frame import Budget, Goal, Result, Run, Spread, in_turn, tell
from bench.history import load_past
from bench.stores import Store
from scheduler.free_times import Search, free_times
from storage.database import Database

FEW, MANY = 1_000, 1_000_000


def measure(budget: Budget, stores: Sequence[Store]) -> Iterator[Result]:
    """The million is loaded once a database, at every number of minutes."""
    for store in stores:
        yield _on(store, budget)


def _on(store: Store, budget: Budget) -> Result:
    begun = time.monotonic()
    few, many = (_with_past(store, count) for count in (FEW, MANY))
    tell(f"  {store.name}: loaded in {time.monotonic() - begun:.0f} s")
    calls = budget.count(200, least=50)
    mine, theirs = in_turn(budget, lambda: _search(few, calls), lambda: _search(many, calls))
    for url in (few, many):
        store.drop(url)
    note = "the past is loaded by plain SQL; the bound is the slowest run with 1,000 over their median"
    name, goal = "free times, 1,000,000 past visits against 1,000", Goal("ratio", "<=", _slowest(theirs))
    return Result(name, store.name, "ms", mine, theirs, goals=(goal,), notes=(note,))


def _with_past(store: Store, count: int) -> str:
    def fill(database: Database) -> None:
        settle(database, a_large_centre(), 64)
        load_past(database, count)

    return store.template(fill)


def _search(url: str, calls: int) -> Run:
    """The median of one client's calls, each a transaction through `Database.read`."""
    centre = a_large_centre()

    async def run(database: Database) -> Run:
        who = (await database.read(person_ids, NOW))[0]
        took = []
        for number in range(calls + 20):
            search = Search(f"s{number % 16}", person_id=who)
            begun = time.perf_counter()
            await database.read(partial(free_times, centre=centre, search=search), NOW)
            took.append(time.perf_counter() - begun)
        return Run(median(took[20:]) * 1000, took[20:])

    with closing(Database(url)) as database:
        return asyncio.run(run(database))


def _slowest(spread: Spread) -> float:
    return round(max(spread.figures) / spread.median, 2)
