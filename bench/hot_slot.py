"""Sixty-four clients who want one time of one specialist: one has it, the others are offered others, against the same bare."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import islice

from sqlalchemy import func, select, text

from bench.booking import confirmation
from bench.club import SERVICES, a_large_centre, hours_ahead, settle
from bench.frame import Budget, Goal, Result
from bench.recorded import Contest, Work
from bench.stores import Store
from config.centre import Centre
from scheduler.booking import book
from scheduler.errors import SlotTaken
from scheduler.ledger import Ask, Notice, Purpose, post
from scheduler.visits import FreeTime
from storage.database import Database, Transaction
from storage.tables import appointment

CLIENTS = 64


def measure(budget: Budget, stores: Sequence[Store]) -> Iterator[Result]:
    """One time after another; the first is to warm up."""
    for store in stores:
        times = budget.count(4, least=2) + 1
        works = _wishes(a_large_centre(), times)
        template = store.template(partial(settle, centre=a_large_centre(), participants=len(works)))
        mine, theirs, note = Contest(store, template, works, CLIENTS, CLIENTS, _look).hold(budget)
        more = {name: max(mine.seen(name)) for name in ("visits", "deadlocks")}
        goals = (
            Goal("visits", "<=", times),
            Goal("visits", ">=", times),
            Goal("deadlocks", "<=", 0),
            Goal("p99_ratio", "<=", 2),
        )
        name = "one time, 64 clients"
        yield Result(
            name, store.name, "a second", mine, theirs, more, goals, (f"{times} times in turn; {note}",)
        )
        store.drop(template)


def _wishes(centre: Centre, times: int) -> list[Work]:
    """Everybody asks for the first time, then other people for the second."""
    hours = islice(hours_ahead(), times)
    return [_wish(centre, row * CLIENTS + one, at) for row, at in enumerate(hours) for one in range(CLIENTS)]


def _wish(centre: Centre, number: int, starts_at: datetime) -> Work:
    person_id, address_id = SERVICES + number + 1, number + 1
    key = f"reply:sms:bench:{number}"

    def work(tx: Transaction) -> None:
        try:
            visit = book(tx, centre, person_id=person_id, service="s0", starts_at=starts_at)
        except SlotTaken as taken:
            post(tx, _others(tx, taken.nearest, address_id, key))
        else:
            post(tx, confirmation(visit, address_id, key))

    return work


def _others(tx: Transaction, nearest: Sequence[FreeTime], address_id: int, key: str) -> Notice:
    """The list of the nearest times, as the dialogue puts it."""
    options = tuple(
        {
            "mark": str(number),
            "key": "option_time",
            "params": {"starts_at": free.starts_at.isoformat(), "place": free.place},
            "value": {"do": "book", "service": "s0", "starts_at": free.starts_at.isoformat()},
        }
        for number, free in enumerate(nearest, 1)
    )
    ask = Ask(kind="times", options=options, asked=True, expires_at=tx.now)
    return Notice(key=key, purpose=Purpose.REPLY, text="slot_taken", address_id=address_id, ask=ask)


def _look(database: Database) -> dict[str, float]:
    """How many visits came of it, and how often PostgreSQL had to break a deadlock."""
    with database.engine.connect() as connection:
        seen = {
            "visits": connection.execute(select(func.count()).select_from(appointment)).scalar_one(),
            "deadlocks": 0,
        }
        if not database.is_sqlite:
            asked = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
            seen["deadlocks"] = connection.execute(asked).scalar_one()
    return {name: float(value) for name, value in seen.items()}
