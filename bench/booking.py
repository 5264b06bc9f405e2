"""A whole booking: visit, claims, reminders, confirmation; sixteen clients with disjoint times, against the same statements bare."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice

from bench.clients import closed_loop
from bench.club import NOW, SERVICES, a_large_centre, hours_ahead, settle
from bench.frame import Budget, Goal, Result, Run, in_turn
from bench.recorded import Work, fastest, on_a_copy, record
from bench.stores import Store
from config.centre import Centre
from scheduler.booking import book
from scheduler.ledger import Notice, Purpose, post
from scheduler.visits import Visit
from storage.database import Database, Transaction

CLIENTS, WARM = 16, 64
GOALS = {"PostgreSQL": 0.5, "SQLite": 0.12}


def measure(budget: Budget, stores: Sequence[Store]) -> Iterator[Result]:
    """What the dialogue does for a digit, without reading the digit; the product's writers as they are."""
    for store in stores:
        works = bookings(a_large_centre(), budget.count(480) + WARM)
        template = store.template(
            lambda database, works=works: settle(database, a_large_centre(), len(works))
        )
        turns = record(store, template, works)
        name, bare = fastest(store, template, turns, CLIENTS, WARM)
        mine, theirs = in_turn(
            budget,
            lambda: on_a_copy(store, template, lambda url: bare(url, turns, CLIENTS, WARM)),
            lambda: on_a_copy(store, template, lambda url: _book(url, works)),
        )
        goals = (Goal("ratio", ">=", GOALS[store.name]), Goal("p99_ms", "<", 150))
        yield Result(
            "booking, 16 clients",
            store.name,
            "a second",
            mine,
            theirs,
            more={"statements": len(turns[-1].statements)},
            goals=goals,
            notes=(f"{len(turns[-1].statements)} statements a booking; baseline: {name}",),
        )
        store.drop(template)


def bookings(centre: Centre, number: int) -> list[Work]:
    """So many people, each with a time that nobody else wants."""
    hours = list(islice(hours_ahead(), number // SERVICES + 1))
    return [_booking(centre, one, hours[one // SERVICES]) for one in range(number)]


def _booking(centre: Centre, number: int, starts_at: datetime) -> Work:
    service = f"s{number % SERVICES}"

    def work(tx: Transaction) -> None:
        # People and their phones were written in the same order after the specialists, so their ids are known.
        person_id, address_id = SERVICES + number + 1, number + 1
        visit = book(tx, centre, person_id=person_id, service=service, starts_at=starts_at)
        post(tx, confirmation(visit, address_id, f"reply:sms:bench:{number}"))

    return work


def confirmation(visit: Visit, address_id: int, key: str) -> Notice:
    """What the participant is answered."""
    params = {"starts_at": visit.starts_at.isoformat(), "place": visit.place, "service": visit.service}
    return Notice(
        key=key,
        purpose=Purpose.REPLY,
        text="booked",
        params=params,
        person_id=visit.participant_id,
        address_id=address_id,
        appointment_id=visit.id,
    )


def _book(url: str, works: Sequence[Work]) -> Run:
    with closing(Database(url)) as database:
        jobs = [lambda work=work: database.write(work, NOW) for work in works]
        return asyncio.run(closed_loop(CLIENTS, jobs, WARM))
