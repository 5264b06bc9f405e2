"""The pages of ours that need no club at work, in a real browser: wide and narrow, light and dark, held against axe."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from starlette.applications import Starlette

from bot.clause_page import clause_page
from bot.demo.front import front_page as demo_front
from bot.front import front_page
from panel.today import today
from scheduler.booking import book
from storage.database import Database
from storage.diary import update_visit
from tests.browsers import NARROW, WIDE, a_page
from tests.builders import Club, the_centre, warsaw
from tests.panel.test_today import TUESDAY, StandingClock
from tests.servers import serving
from tests.words.builders import the_composer

RULES = {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}


async def violations(app: Starlette, path: str = "/", **look: Any) -> list[str]:
    async with serving(app) as base, a_page(**look) as page:
        await page.goto(f"{base}{path}")
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            "it scrolls sideways"
        )
        found = await Axe().run(page, options={"rules": RULES})
    return [violation["id"] for violation in found.response["violations"]]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("front", ["club", "demo", "clause"])
async def test_the_front_pages_can_be_used_by_everybody(
    front: str, size: tuple[int, int], scheme: str
) -> None:
    fronts = {
        "club": lambda: front_page(the_centre()),
        "demo": demo_front,
        "clause": lambda: clause_page(the_composer()),
    }

    path = "/dane" if front == "clause" else "/"

    assert await violations(Starlette(routes=fronts[front]()), path, size=size, scheme=scheme) == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_page_of_today_can_be_used_by_everybody(
    database: Database, size: tuple[int, int], scheme: str
) -> None:
    club = Club(database, the_centre())
    anna = club.person("Anna Przykładowa")
    starts_at = warsaw(TUESDAY, "10:00")
    visit = club.do(
        lambda tx: book(tx, club.centre, person_id=anna, service="career_adviser", starts_at=starts_at)
    )
    club.do(lambda tx: update_visit(tx, visit.id, late_minutes=10, accompanied=True))
    page = today(database, StandingClock(), the_centre(), the_composer())

    assert await violations(page, size=size, scheme=scheme) == []
