"""The page Today with twenty stations and four hundred people, against a bare Jinja page with the same rows: server time and bytes."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from functools import partial
from itertools import count
from statistics import median
from typing import Any

import httpx
from jinja2 import Environment, StrictUndefined
from sqlalchemy import insert, select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from bench.club import REAL, WARSAW, enrol_many, person_ids
from bench.frame import Budget, Goal, Result, Run, in_turn
from bench.stores import Store
from config.centre import Centre, load_centre
from panel.app import panel
from panel.desk import COOKIE, Parts
from scheduler.accounts import begin_session, open_account
from scheduler.calendar import day_span
from scheduler.clock import Clock
from scheduler.passwords import Cost, draw
from scheduler.plant import plant
from scheduler.staff import Colleague, Role, add_staff
from storage import accounts
from storage.agenda import visits_between
from storage.database import Database, Transaction
from storage.tables import appointment, claim, hours
from words.catalogue import load_catalogue
from words.compose import Composer

STATIONS, ROOMS, PEOPLE = 20, 5, 400
MINUTES, EVERY = 25, 30
FIRST_HOUR, LAST_HOUR = 8, 18
NOON = datetime(2026, 10, 20, 10, tzinfo=UTC)  # 12:00 in Warsaw, a Tuesday: half of the day has begun
STATUSES = ("booked", "confirmed", "arrived", "attended", "missed")
KEY = b"bench"
BARE = """<!doctype html><html lang="pl"><head><meta charset="utf-8"><title>{{ title }}</title></head><body><h1>{{ title }}</h1>
<table><tr><th>Godzina</th><th>Kto</th><th>Do kogo</th><th>Pokój</th><th>Miejsce</th><th>Usługa</th><th>Stan</th></tr>
{% for row in rows %}<tr><td>{{ local(row.starts_at) }}–{{ local(row.ends_at) }}</td><td>{{ row.person }}</td><td>{{ row.specialist }}</td>
<td>{{ row.room }}</td><td>{{ row.station }}</td><td>{{ row.service }}</td><td>{{ row.status }}</td></tr>
{% endfor %}</table></body></html>"""


@dataclass(frozen=True, slots=True)
class Side:
    """A page to ask for, over and over."""

    app: ASGIApp
    cookie: str


class _Noon(Clock):
    def now(self) -> datetime:
        return NOON


def measure(budget: Budget, stores: Sequence[Store]) -> Iterator[Result]:
    for store in stores:
        yield _on(store, budget)


def a_full_centre() -> Centre:
    """Twenty specialists, each at a station of their own, four to a room, ten hours every weekday."""
    known = load_centre(REAL).model_dump()
    numbers = range(STATIONS)
    known["services"] = [known["services"][0] | {"minutes": MINUTES, "every_minutes": EVERY}]
    known["rooms"] = [
        known["rooms"][0]
        | {"code": f"r{room}", "number": f"{100 + room}", "zone": str(room), "stations": _stations(room)}
        for room in range(ROOMS)
    ]
    known["specialists"] = [
        {"code": f"p{one}", "full_name": f"Osoba Prowadząca {one}", "initials": "O"} for one in numbers
    ]
    known["timetable"] = [_week(known, number, weekday) for number in numbers for weekday in range(1, 6)]
    known["closures"] = []
    known["rules"] |= {"buffer_minutes": EVERY - MINUTES}
    return Centre.model_validate(known)


def fill(tx: Transaction, centre: Centre) -> None:
    """Plant the club and book every hour of the day, by plain inserts."""
    plant(tx, centre)
    enrol_many(tx, PEOPLE)
    served = tx.connection.execute(select(hours).where(hours.c.weekday == NOON.isoweekday())).all()
    people, number = person_ids(tx), count()
    for row in served:
        for starts_at in _starts():
            _visit(tx, row, starts_at, people, next(number))


def _on(store: Store, budget: Budget) -> Result:
    centre = a_full_centre()
    url = store.template(lambda database: database.run(partial(fill, centre=centre), NOON))
    calls = budget.count(40, least=15)
    with closing(Database(url)) as database:
        ours = Side(_product(database, centre), database.run(_logged_in, NOON))
        bare = Side(_bare(database, centre), "")
        mine, theirs = in_turn(budget, lambda: _ask(bare, calls), lambda: _ask(ours, calls))
    store.drop(url)
    size, plain = (side.seen("bytes")[0] for side in (mine, theirs))
    return Result(
        f"Today, {STATIONS} stations and {PEOPLE} people, against a bare Jinja page",
        store.name,
        "ms",
        mine,
        theirs,
        more={"kilobytes": size / 1000, "bytes_ratio": size / plain},
        goals=(Goal("ratio", "<=", 4), Goal("bytes_ratio", "<=", 3)),
        notes=(
            "the bare page reads the same rows in one statement, and has no log-in, no buttons, no places side by side",
        ),
    )


def _ask(side: Side, calls: int) -> Run:
    """The median of one client's calls, in this process, so that no socket is measured."""

    async def run() -> Run:
        transport = httpx.ASGITransport(side.app)
        cookies = {COOKIE: side.cookie} if side.cookie else {}
        took, size = [], 0
        async with httpx.AsyncClient(transport=transport, base_url="http://bench", cookies=cookies) as client:
            for _ in range(calls + 3):
                begun = time.perf_counter()
                answer = await client.get("/panel/")
                took.append(time.perf_counter() - begun)
                assert answer.status_code == 200, answer.status_code
                assert answer.text.count("Osoba Testowa") == PEOPLE
                size = len(answer.content)
        return Run(median(took[3:]) * 1000, took[3:], {"bytes": size})

    return asyncio.run(run())


def _product(database: Database, centre: Centre) -> ASGIApp:
    parts = Parts(database, _Noon(), centre, Composer(load_catalogue(), centre), KEY)
    return Starlette(routes=[Mount("/panel", panel(parts))])


def _bare(database: Database, centre: Centre) -> ASGIApp:
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(BARE)
    day = NOON.astimezone(centre.zone).date()
    span = day_span(day, day, centre.zone)

    async def show(_request: Request) -> Response:
        def page(tx: Transaction) -> str:
            rows: list[Any] = visits_between(tx, span)
            return template.render(
                title=day, rows=rows, local=lambda at: f"{at.astimezone(centre.zone):%H:%M}"
            )

        return HTMLResponse(await database.read(page, NOON))

    return Starlette(routes=[Route("/panel/", show)])


def _logged_in(tx: Transaction) -> str:
    who = add_staff(tx, Colleague("Osoba Koordynująca", Role.COORDINATOR))
    open_account(tx, who, draw(Cost(1, 8, 1)))
    accounts.change_account(tx, who, must_change=False)
    return begin_session(tx, who, KEY)


def _stations(room: int) -> list[dict[str, str]]:
    each = STATIONS // ROOMS
    return [{"code": f"a{room * each + n}", "name": f"biurko {n + 1}"} for n in range(each)]


def _week(known: dict[str, Any], number: int, weekday: int) -> dict[str, Any]:
    where = {"specialist": f"p{number}", "station": f"a{number}", "mode": "in_person", "weekday": weekday}
    span = {"starts": clock_time(FIRST_HOUR), "ends": clock_time(LAST_HOUR)}
    return where | span | {"service": known["services"][0]["code"]}


def _starts() -> Iterator[datetime]:
    day = NOON.astimezone(WARSAW).replace(hour=FIRST_HOUR, minute=0)
    for number in range((LAST_HOUR - FIRST_HOUR) * 60 // EVERY):
        yield (day + timedelta(minutes=number * EVERY)).astimezone(UTC)


def _visit(tx: Transaction, row: Any, starts_at: datetime, people: Sequence[int], number: int) -> None:
    has_begun = starts_at <= NOON
    whose = {"participant_id": people[number], "specialist_id": row.specialist_id}
    visit = whose | {
        "service_id": row.service_id,
        "station_id": row.station_id,
        "mode": "in_person",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=MINUTES),
        "status": STATUSES[number % (5 if has_begun else 2)],
        "booked_at": NOON,
    }
    made = tx.connection.execute(insert(appointment).values(visit).returning(appointment.c.id)).scalar_one()
    holders = [{"station_id": row.station_id, "person_id": None}]
    holders += [{"station_id": None, "person_id": one} for one in whose.values()]
    span = {"starts_at": starts_at, "ends_at": visit["ends_at"], "appointment_id": made}
    tx.connection.execute(insert(claim), [span | one for one in holders])
