"""A morning on which ten thousand people are asked how they are: how soon they are, and who waits for it."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial

from bench.club import NOW, a_large_centre, settle
from bench.due import ACCOUNT, SPARE
from bench.frame import Budget, Result, Run, alone
from bench.pace import Watched, held, kept, reply_to
from bench.stores import Store, a_copy
from config.centre import Centre
from scheduler.asking import ask_all
from scheduler.clock import Clock
from storage.database import Database

PEOPLE = 10_000
CHANNEL = "telegram"
_LONG_AGO = (NOW - timedelta(days=7)).replace(tzinfo=None).isoformat(sep=" ")


def measure(budget: Budget, stores: Sequence[Store]) -> Iterator[Result]:
    """To write all prompts, and then to send them at Telegram's pace while people are answered."""
    seconds = 60 if budget.minutes >= 15 else 20
    for store in stores:
        template = store.template(_enrol)
        written = alone(budget, partial(_write, store, template))
        yield Result(f"{PEOPLE:,} prompts written", store.name, "a second", written)
        with a_copy(store, template) as url, closing(Database(url)) as database:
            answer = partial(reply_to, first=PEOPLE + 1)
            run = asyncio.run(kept(database, seconds, Watched(CHANNEL), answer, partial(_ask, database)))
        store.drop(template)
        yield held(f"Telegram's pace, {PEOPLE:,} prompts", store, run, seconds)


def _enrol(database: Database) -> None:
    """Everybody since a week ago, all in Telegram; of the last ones nobody is asked, so that they can be answered."""
    settle(database, a_large_centre(), PEOPLE + SPARE)
    ending = "" if database.is_sqlite else "+00"
    with database.engine.begin() as connection:
        say = connection.exec_driver_sql
        say(f"UPDATE address SET channel = '{CHANNEL}', account = '{ACCOUNT}'")
        say(f"UPDATE person SET enrolled_at = '{_LONG_AGO}.000000{ending}'")
        say(
            "UPDATE person SET self_check = 'never' WHERE id IN"
            f" (SELECT person_id FROM person_address WHERE address_id > {PEOPLE})"
        )


def _write(store: Store, template: str) -> Run:
    with a_copy(store, template) as url, closing(Database(url)) as database:
        begun = time.perf_counter()
        asyncio.run(ask_all(database, a_large_centre(), NOW))
        return Run(PEOPLE / (time.perf_counter() - begun))


async def _ask(database: Database, centre: Centre, clock: Clock) -> None:
    await ask_all(database, centre, clock.now())
