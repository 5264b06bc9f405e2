"""The first page: who comes today."""

from scheduler.booking import book
from storage.database import Database
from tests.builders import Club, the_centre, warsaw
from tests.panel.clerk import at_the_panel, on_sqlite

TUESDAY = "2026-10-06"

pytestmark = on_sqlite


async def test_the_days_visits_stand_in_their_order_and_markup_in_a_name_is_text(database: Database) -> None:
    club = Club(database, the_centre(), now=warsaw(TUESDAY, "06:00"))
    for number, (name, clock) in enumerate({"Anna <b>Przykładowa": "10:00", "Jan Próbny": "09:00"}.items()):
        person, starts_at = club.person(name, f"+4850100000{number}"), warsaw(TUESDAY, clock)
        club.do(
            lambda tx, p=person, s=starts_at: book(
                tx, club.centre, person_id=p, service="career_adviser", starts_at=s
            )
        )

    async with at_the_panel(club) as clerk:
        html = (await clerk.see("/panel/")).html

    assert html.index("Jan Próbny") < html.index("Anna &lt;b&gt;Przykładowa")
