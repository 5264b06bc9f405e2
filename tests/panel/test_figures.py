"""The page of figures: months with what they came to, and no names."""

from scheduler.booking import book
from scheduler.outcomes import attend
from storage.database import Database
from tests.builders import Club, the_centre, warsaw
from tests.panel.clerk import at_the_panel, on_sqlite
from tests.panel.test_today import TUESDAY

pytestmark = on_sqlite


async def test_a_visit_that_took_place_is_counted_and_nobody_is_named(database: Database) -> None:
    club = Club(database, the_centre(), now=warsaw(TUESDAY, "06:00"))

    async with at_the_panel(club) as clerk:
        empty = await clerk.see("/panel/figures")
        anna, starts_at = club.person("Anna Przykładowa"), warsaw(TUESDAY, "10:00")
        visit = club.do(
            lambda tx: book(tx, club.centre, person_id=anna, service="career_adviser", starts_at=starts_at)
        )
        club.do(lambda tx: attend(tx, club.centre, visit_id=visit.id, by=None), visit.ends_at)
        seen = await clerk.see("/panel/figures")

    assert "Nie ma jeszcze czego liczyć" in empty.html
    assert '<th scope="row">10.2026</th><td>1</td><td>1</td><td>0</td>' in seen.html
    assert "Przykładowa" not in seen.html
