"""A whole booking: visit, claims, reminders, confirmation; sixteen clients with disjoint times, against the same statements bare."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import islice

from bench.club import SERVICES, a_large_centre, hours_ahead, settle
from bench.frame import Budget, Goal, Result
from bench.recorded import Contest, Work
from bench.stores import Store
from config.centre import Centre
from scheduler.booking import book
from scheduler.ledger import Notice, Purpose, post
from scheduler.visits import Visit
from storage.database import Transaction

CLIENTS, WARM = 16, 64
GOALS = {"PostgreSQL": 0.5, "SQLite": 0.12}


def measure(budget: Budget, stores: Sequence[Store]) -> Iterator[Result]:
    """What the dialogue does for a digit, without reading the digit; the product's writers as they are."""
    for store in stores:
        works = bookings(a_large_centre(), budget.count(320) + WARM)
        template = store.template(partial(settle, centre=a_large_centre(), participants=len(works)))
        mine, theirs, note = Contest(store, template, works, CLIENTS, WARM).hold(budget)
        goals = (Goal("ratio", ">=", GOALS[store.name]), Goal("p99_ms", "<", 150))
        yield Result("booking, 16 clients", store.name, "a second", mine, theirs, goals=goals, notes=(note,))
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
