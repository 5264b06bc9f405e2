"""The page of today: the day's visits in words, for reading only."""

from datetime import date, timedelta

import aiohttp

from panel.today import today
from scheduler.booking import book, confirm, give_back
from scheduler.clock import Clock
from storage import declarations
from storage.database import Database
from storage.diary import update_visit
from tests.builders import Club, the_centre, warsaw
from tests.servers import serving
from tests.words.builders import the_composer

TUESDAY = "2026-10-06"


class StandingClock(Clock):
    def now(self):  # type: ignore[no-untyped-def]
        return warsaw(TUESDAY, "08:00")


async def page(database: Database) -> str:
    async with (
        serving(today(database, StandingClock(), the_centre(), the_composer())) as base,
        aiohttp.ClientSession() as http,
        http.get(f"{base}/") as answer,
    ):
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        return await answer.text()


async def test_todays_visits_stand_in_their_order_with_time_person_service_place_and_status(
    database: Database,
) -> None:
    club = Club(database, the_centre())
    names = {"Anna <Przykładowa>": "10:00", "Jan Próbny": "09:00"}
    for number, (name, clock) in enumerate(names.items()):
        person = club.person(name, f"+4850100000{number}")
        starts_at = warsaw(TUESDAY, clock)
        visit = club.do(
            lambda tx, p=person, s=starts_at: book(
                tx, club.centre, person_id=p, service="career_adviser", starts_at=s
            )
        )
    club.do(lambda tx: give_back(tx, club.centre, visit_id=visit.id))

    html = await page(database)

    assert "Dzisiaj: <time" in html
    assert html.index("Jan Próbny") < html.index("Anna &lt;Przykładowa&gt;")
    assert "09:00–09:50" in html
    assert "doradca zawodowy" in html
    assert "pokój 103" in html
    assert ">zapisane<" in html
    assert ">odwołane<" in html


async def test_a_day_without_visits_says_so(database: Database) -> None:
    Club(database, the_centre(), now=warsaw(TUESDAY) - timedelta(days=1))

    assert "Na dziś nie ma spotkań." in await page(database)


async def test_what_the_door_should_know_stands_beside_the_visit(database: Database) -> None:
    club = Club(database, the_centre())
    people: list[int] = []
    for number, clock in enumerate(("09:00", "10:00", "11:00")):
        person = club.person(f"Anna {'ABC'[number]}owska", f"+4850100000{number}")
        people.append(person)
        starts_at = warsaw(TUESDAY, clock)
        visit = club.do(
            lambda tx, p=person, s=starts_at: book(
                tx, club.centre, person_id=p, service="career_adviser", starts_at=s
            )
        )
    club.do(lambda tx: declarations.ask(tx, people[:2], date.fromisoformat(TUESDAY), "1"))
    club.do(lambda tx: declarations.declare(tx, people[:1], date.fromisoformat(TUESDAY)))
    club.do(lambda tx: confirm(tx, visit_id=visit.id))
    club.do(lambda tx: update_visit(tx, visit.id, late_minutes=10, accompanied=True))

    rows = (await page(database)).split("<tr")[2:]

    assert "<li>sprawdzone</li>" in rows[0]
    assert "<li>bez odpowiedzi: zapytać</li>" in rows[1]
    for words in (
        ">potwierdzone<",
        "<li>nie pytano</li>",
        "<li>spóźnienie 10 min</li>",
        "<li>z osobą towarzyszącą</li>",
    ):
        assert words in rows[2]
