"""The read-only page of today: who comes, when, to whom and where, and what the door should know."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from config.centre import Centre
from scheduler.clock import Clock
from scheduler.today import Coming, words
from scheduler.today import today as visits_of
from scheduler.visits import VisitStatus
from storage.database import Database
from words.compose import Composer
from words.days import say_day

HERE = Path(__file__).parent
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
GONE = frozenset({VisitStatus.GIVEN_BACK, VisitStatus.MISSED, VisitStatus.REFUSED_NO_MASK})


@dataclass(frozen=True, slots=True)
class Line:
    """One visit as the table shows it."""

    starts: str
    ends: str
    person: str
    service: str
    specialist: str
    place: str
    status: str
    at_the_door: tuple[str, ...]
    is_gone: bool


def today(database: Database, clock: Clock, centre: Centre, composer: Composer) -> Starlette:
    """The page and its stylesheet, to be mounted at /panel."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    template = environment.get_template("today.html")

    async def show(_request: Request) -> Response:
        now = clock.now()
        day = now.astimezone(centre.zone).date()
        visits = await database.read(lambda tx: visits_of(tx, centre, day), now)
        html = template.render(
            club=centre.name,
            day=say_day(day, "pl", long=True),
            date=day.isoformat(),
            lines=[_line(centre, composer, one) for one in sorted(visits, key=_by_time)],
        )
        return HTMLResponse(html, headers=HEADERS)

    return Starlette(routes=[Route("/", show), Mount("/static", StaticFiles(directory=HERE / "static"))])


def _line(centre: Centre, composer: Composer, visit: Coming) -> Line:
    said = words(composer, centre, visit)
    return Line(
        starts=f"{visit.starts_at.astimezone(centre.zone):%H:%M}",
        ends=f"{visit.ends_at.astimezone(centre.zone):%H:%M}",
        person=visit.person,
        service=said.service,
        specialist=visit.specialist,
        place=said.place,
        status=said.status,
        at_the_door=(*([said.self_check] if said.self_check else []), *said.remarks),
        is_gone=visit.status in GONE,
    )


def _by_time(visit: Coming) -> tuple[datetime, int]:
    return visit.starts_at, visit.id
