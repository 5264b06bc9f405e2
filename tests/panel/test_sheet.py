"""The day on paper: a list for each specialist or room, without whoever gave their visit back."""

import re

import pytest

from scheduler.booking import give_back
from storage.database import Database
from tests.builders import Club, the_centre, warsaw
from tests.panel.clerk import at_the_panel, on_sqlite
from tests.panel.test_today import TUESDAY, a_session, visits

pytestmark = on_sqlite


@pytest.mark.parametrize(
    ("by", "lists"),
    [("", ["Maria Wymyślona", "Piotr Zmyślony"]), ("&by=room", ["pokój 103", "pokój 110"])],
    ids=["specialist", "room"],
)
async def test_each_list_has_its_lines_by_time(database: Database, by: str, lists: list[str]) -> None:
    club = Club(database, the_centre(), now=warsaw("2026-10-05", "08:00"))
    ids = visits(club, Anna="11:00", Ola="09:00", Ewa="12:00")
    a_session(club)
    club.do(lambda tx: give_back(tx, club.centre, visit_id=ids["Ewa"]))

    async with at_the_panel(club) as clerk:
        html = (await clerk.see(f"/panel/sheet?day={TUESDAY}{by}")).html
        empty = (await clerk.see("/panel/sheet?day=2026-10-11")).html

    assert re.findall(r"<h2>([^<]+)", html) == lists
    assert html.index("Ola Testowa") < html.index("Anna Testowa")
    assert "Ewa Testowa" not in html
    assert "Na ten dzień nie ma spotkań." in empty
