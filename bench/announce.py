"""An announcement to ten thousand people: seen, queued, and sent at Telegram's pace; and that twice as many take twice as long."""

import asyncio
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from statistics import median

from bench.club import NOW, a_large_centre, settle
from bench.due import ACCOUNT, SPARE
from bench.frame import Budget, Goal, Result, Run, in_turn
from bench.pace import Watched, held, kept, reply_to
from bench.stores import Store, a_copy
from config.centre import Centre
from config.centre_announcements import AnnouncementRules
from scheduler.announced import Draft
from scheduler.announcements import compose
from scheduler.announcing import worded
from scheduler.audience import Audience
from scheduler.clock import Clock
from scheduler.preview import preview
from storage.database import Database, Transaction
from words.catalogue import load_catalogue
from words.compose import Composer

PEOPLE = 10_000
CHANNEL = "telegram"
DRAFT = Draft(worded({"pl": "W piątek Klub jest zamknięty."}, asks=False), Audience())
ALL_AT_ONCE = AnnouncementRules(second_person_above=PEOPLE, undo_seconds=0)
MOST_MEGABYTES = 8.0  # of Python's own memory, however many people


def measure(budget: Budget, stores: Sequence[Store]) -> Iterator[Result]:
    """To see and queue it for ten thousand, against half as many; then to send it while people are answered."""
    seconds = 60 if budget.minutes >= 15 else 20
    for store in stores:
        whole, half = store.template(partial(_enrol, PEOPLE)), store.template(partial(_enrol, PEOPLE // 2))
        mine, theirs = in_turn(
            budget, partial(_queue, store, half, PEOPLE // 2), partial(_queue, store, whole, PEOPLE)
        )
        goals = (Goal("ratio", "<=", 2.5), Goal("peak_mb", "<=", MOST_MEGABYTES))
        more = {"peak_mb": median(mine.seen("peak_mb"))}
        note = f"the baseline is {PEOPLE // 2:,} people: linear is a ratio of 2"
        yield Result(
            f"{PEOPLE:,} people seen and queued", store.name, "s", mine, theirs, more, goals, (note,)
        )
        with a_copy(store, whole) as url, closing(Database(url)) as database:
            answer = partial(reply_to, first=PEOPLE + 1)
            run = asyncio.run(kept(database, seconds, Watched(CHANNEL), answer, partial(_announce, database)))
        for template in (whole, half):
            store.drop(template)
        yield held(f"Telegram's pace, announced to {PEOPLE:,}", store, run, seconds)


def _enrol(people: int, database: Database) -> None:
    """All in Telegram; the last ones have left, so that nothing is announced to whom is answered."""
    settle(database, a_large_centre(), people + SPARE)
    with database.engine.begin() as connection:
        say = connection.exec_driver_sql
        say(f"UPDATE address SET channel = '{CHANNEL}', account = '{ACCOUNT}'")
        say(
            "UPDATE person SET ended_at = enrolled_at WHERE id IN"
            f" (SELECT person_id FROM person_address WHERE address_id > {people})"
        )


def _queue(store: Store, template: str, people: int) -> Run:
    centre = a_large_centre()
    centre = centre.model_copy(update={"announcements": ALL_AT_ONCE})
    composer = Composer(load_catalogue(), centre)
    with a_copy(store, template) as url, closing(Database(url)) as database:
        tracemalloc.start()
        begun = time.perf_counter()
        seen = database.run(lambda tx: preview(tx, centre, composer, DRAFT), NOW, read_only=True)
        database.run(lambda tx: compose(tx, centre, DRAFT), NOW)
        seconds = time.perf_counter() - begun
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
    assert seen.people == people
    return Run(seconds, seen={"peak_mb": peak})


async def _announce(database: Database, centre: Centre, clock: Clock) -> None:
    at_once = centre.model_copy(update={"announcements": ALL_AT_ONCE})

    def work(tx: Transaction) -> None:
        compose(tx, at_once, DRAFT)

    await database.write(work, clock.now())
