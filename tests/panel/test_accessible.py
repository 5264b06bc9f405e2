"""The pages of ours that need no club at work, in a real browser: wide and narrow, light and dark, held against axe."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page
from starlette.applications import Starlette

from bot.clause_page import clause_page
from bot.demo.front import front_page as demo_front
from bot.front import front_page
from panel.desk import COOKIE
from scheduler.accounts import OneTime, begin_session
from scheduler.announced import Draft
from scheduler.announcements import compose
from scheduler.announcing import worded
from scheduler.audience import Audience
from scheduler.booking import book
from scheduler.codes_from_phone import begin_codes
from scheduler.outcomes import arrive
from scheduler.policies import Record, set_policy
from scheduler.staff import Role
from scheduler.todos import open_todo
from storage.database import Database
from storage.diary import update_visit
from tests.browsers import NARROW, WIDE, a_page
from tests.builders import Club, the_centre, warsaw
from tests.panel.clerk import KEY, a_colleague, on_sqlite, open_panel
from tests.panel.test_today import TUESDAY, a_session, visits
from tests.servers import serving
from tests.words.builders import the_composer

RULES = {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}


async def violations(app: Starlette, path: str = "/", **look: Any) -> list[str]:
    async with serving(app) as base, a_page(**look) as page:
        return await seen_wrong(page, f"{base}{path}")


async def seen_wrong(page: Page, address: str) -> list[str]:
    """What axe finds there, and whether the page is wider than the screen."""
    answer = await page.goto(address)
    assert answer is not None
    assert answer.ok, f"{address}: {answer.status}"
    is_wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    found = await Axe().run(page, options={"rules": RULES})
    return ["it scrolls sideways"] * is_wide + [one["id"] for one in found.response["violations"]]


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


# Every page of the panel that is looked at, with a club in which each has something to show. A new page adds itself here.
PANEL = (
    "/panel/",
    "/panel/sheet",
    "/panel/book",
    "/panel/book?person=5",
    "/panel/book?person=5&service=psychologist",
    "/panel/visits/1",
    "/panel/visits/1/move",
    "/panel/sessions/1",
    "/panel/account",
    "/panel/staff",
    "/panel/staff/1",
    "/panel/todos",
    "/panel/policies",
    "/panel/policies/masks?value=off",
    "/panel/door",
    "/panel/contacts?q=prz",
    "/panel/figures",
    "/panel/messages",
    "/panel/announcements",
    "/panel/announcements/new",
    "/panel/announcements/1",
    "/panel/calendar",
    "/panel/people",
    "/panel/people/new",
    "/panel/people/import",
    "/panel/people/5",
    "/panel/people/5/change",
    "/panel/people/5/leave",
    "/panel/people/5/slip",
    "/panel/people/5/erase",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@on_sqlite
async def test_the_panel_can_be_used_by_everybody(database: Database, scheme: str) -> None:
    club = a_busy_club(database)
    staff_id = a_colleague(club, Role.ADMINISTRATOR)
    token = club.do(lambda tx: begin_session(tx, staff_id, KEY))
    club.do(lambda tx: begin_codes(tx, staff_id, club.centre.name))
    shown = ((Role.ADMINISTRATOR, OneTime("ewa.nowa", "shown-in-the-demo")),)

    wrong: list[str] = []
    async with open_panel(club, log_ins=shown) as base:
        for size in (WIDE, NARROW):
            async with a_page(size=size, scheme=scheme) as page:
                wrong += [f"door {size[0]}: {one}" for one in await seen_wrong(page, f"{base}/panel/enter")]
                await page.context.add_cookies([{"name": COOKIE, "value": token, "url": base}])
                for path in PANEL:
                    wrong += [f"{path} {size[0]}: {one}" for one in await seen_wrong(page, f"{base}{path}")]

    assert wrong == []


def a_busy_club(database: Database) -> Club:
    """Somebody comes today."""
    club = Club(database, the_centre(), now=warsaw(TUESDAY, "06:00"))
    anna = club.person("Anna Przykładowa")
    starts_at = warsaw(TUESDAY, "10:00")
    visit = club.do(
        lambda tx: book(tx, club.centre, person_id=anna, service="career_adviser", starts_at=starts_at)
    )
    club.do(lambda tx: update_visit(tx, visit.id, late_minutes=10, accompanied=True))
    jan = visits(club, Jan="09:00")["Jan"]
    club.do(lambda tx: arrive(tx, club.centre, visit_id=jan, by=None))
    a_session(club)
    club.do(lambda tx: open_todo(tx, key="call", text="todo_callback", person_id=anna, urgent=True))
    club.do(lambda tx: set_policy(tx, Record("masks", True, club.now)))
    news = Draft(worded({"pl": "Jutro zebranie o 9:00."}, asks=True), Audience())
    club.do(lambda tx: compose(tx, club.centre, news))
    return club
