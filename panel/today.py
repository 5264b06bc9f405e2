"""The read-only page of today: who comes, when, to whom and where."""

from collections.abc import Mapping, Sequence
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
from scheduler.agenda import AgendaRow, agenda
from scheduler.clock import Clock
from scheduler.visits import VisitStatus
from storage.database import Database
from words.days import say_day

HERE = Path(__file__).parent
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
STATUSES: Mapping[VisitStatus, str] = {
    VisitStatus.BOOKED: "zapisane",
    VisitStatus.CONFIRMED: "potwierdzone",
    VisitStatus.GIVEN_BACK: "odwołane",
    VisitStatus.ARRIVED: "już jest",
    VisitStatus.ATTENDED: "odbyło się",
    VisitStatus.MISSED: "bez przyjścia",
    VisitStatus.REFUSED_NO_MASK: "odmowa: bez maseczki",
}
MODES: Mapping[str, str] = {"phone": "telefon", "remote": "zdalnie"}
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
    is_gone: bool


def today(database: Database, clock: Clock, centre: Centre) -> Starlette:
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
        visits = await database.read(lambda tx: agenda(tx, centre, day, day), now)
        html = template.render(
            club=centre.name,
            day=say_day(day, "pl", long=True),
            date=day.isoformat(),
            lines=_lines(centre, visits),
        )
        return HTMLResponse(html, headers=HEADERS)

    return Starlette(routes=[Route("/", show), Mount("/static", StaticFiles(directory=HERE / "static"))])


def _lines(centre: Centre, visits: Sequence[AgendaRow]) -> list[Line]:
    def clock(at: datetime) -> str:
        return f"{at.astimezone(centre.zone):%H:%M}"

    return [
        Line(
            starts=clock(visit.starts_at),
            ends=clock(visit.ends_at),
            person=visit.person,
            service=_service(centre, visit.service),
            specialist=visit.specialist,
            place=f"pokój {visit.room}" if visit.room else MODES.get(visit.mode, visit.mode),
            status=STATUSES[visit.status],
            is_gone=visit.status in GONE,
        )
        for visit in visits
    ]


def _service(centre: Centre, code: str) -> str:
    return centre.service(code).name.pl if centre.has_service(code) else code
