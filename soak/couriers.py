"""Many couriers at once on one PostgreSQL, each a process of its own, handing words to a channel that only writes them down."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import get_context

from sqlalchemy import func, select

from config.centre import load_centre
from scheduler.channels import Outgoing, Pace, Receipt
from scheduler.clock import Clock
from scheduler.courier import Courier
from scheduler.enrolment import Newcomer, enrol
from scheduler.ledger import Notice, Purpose, post_all
from soak.centre import REAL
from storage.database import Database, Transaction
from storage.tables import attempt, message
from words.catalogue import load_catalogue
from words.compose import Composer, Style

ACCOUNT = "+48732100100"
BATCH = 1000
PEOPLE = 50


class Notebook:
    """A channel without a pace that remembers which messages it was handed."""

    name, account, pace = "sms", ACCOUNT, Pace()

    def __init__(self) -> None:
        self.handed: list[int] = []

    def style(self, polish_letters: bool) -> Style:
        return Style(buttons=False, plain=not polish_letters)

    async def send(self, outgoing: Outgoing) -> Receipt:
        self.handed.append(outgoing.message_id)
        await asyncio.sleep(0)
        return Receipt(f"note-{outgoing.attempt_id}")


@dataclass(frozen=True)
class Delivered:
    """What so many couriers did together."""

    rows: int
    seconds: float
    by_courier: Sequence[int]
    twice: int
    none: int
    attempts: int
    sent: int

    @property
    def is_right(self) -> bool:
        """Each was handed over once, with one attempt, and is known as sent."""
        return not self.twice and not self.none and self.attempts == self.sent == self.rows


def deliver_together(url: str, rows: int, couriers: int = 8) -> Delivered:
    """Post so many rows that are due, let the couriers share them, and count."""
    _post(url, rows)
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with ProcessPoolExecutor(couriers, mp_context=context) as pool:
        list(pool.map(_be_there, range(couriers)))
        began = time.perf_counter()
        handed = list(pool.map(_deliver, [url] * couriers))
        seconds = time.perf_counter() - began
    counted = Counter(one for its in handed for one in its)
    database = Database(url)
    ids, tried, sent = database.run(_outcome, datetime.now(UTC), read_only=True)
    database.close()
    return Delivered(
        rows,
        seconds,
        sorted(map(len, handed)),
        twice=sum(count > 1 for count in counted.values()),
        none=len(ids - counted.keys()),
        attempts=tried,
        sent=sent,
    )


def _post(url: str, rows: int) -> None:
    database = Database(url)
    now = datetime.now(UTC)
    people = database.run(lambda tx: [_somebody(tx, number) for number in range(PEOPLE)], now)
    for first in range(0, rows, BATCH):
        notices = [_notice(number, people, now) for number in range(first, min(first + BATCH, rows))]
        database.run(partial(post_all, notices=notices), now)
    database.close()


def _somebody(tx: Transaction, number: int) -> int:
    newcomer = Newcomer(full_name=f"Osoba {number}", phone=f"+48502{number:06}")
    return enrol(tx, newcomer, ACCOUNT).person_id


def _notice(number: int, people: Sequence[int], now: datetime) -> Notice:
    starts_at = (now + timedelta(days=1, minutes=number)).isoformat()
    return Notice(
        key=f"many:{number}",
        purpose=Purpose.URGENT,
        text="reminder",
        params={"starts_at": starts_at, "place": "phone"},
        person_id=people[number % len(people)],
    )


def _be_there(_number: int) -> None:
    """Let every process be there before the first begins: each takes one of these only."""
    time.sleep(0.3)


def _deliver(url: str) -> list[int]:
    """A courier's whole life, in a process of its own."""
    return asyncio.run(_work(url))


async def _work(url: str) -> list[int]:
    database, notebook = Database(url), Notebook()
    centre = load_centre(REAL)
    courier = Courier(database, Clock(), Composer(load_catalogue(), centre), centre, [notebook])
    await courier.deliver()
    await asyncio.to_thread(database.close)
    return notebook.handed


def _outcome(tx: Transaction) -> tuple[set[int], int, int]:
    """All messages, how many attempts, how many known as sent."""
    ids = set(tx.connection.execute(select(message.c.id)).scalars())
    tried = tx.connection.execute(select(func.count()).select_from(attempt)).scalar_one()
    known = select(func.count()).where(message.c.status == "sent")
    return ids, tried, tx.connection.execute(known).scalar_one()
