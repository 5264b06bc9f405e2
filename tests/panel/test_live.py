"""A page that is open shows what colleagues do, without a reload and without taking the focus away."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from playwright.async_api import Page, expect

from panel.desk import COOKIE
from scheduler.accounts import IDLE, begin_session
from scheduler.outcomes import arrive
from scheduler.staff import Role
from storage.database import Database
from tests.browsers import NARROW, WIDE, a_page
from tests.builders import Club, the_centre, warsaw
from tests.panel.clerk import KEY, SetClock, a_colleague, at_the_panel, on_sqlite, open_panel
from tests.panel.test_today import TUESDAY, status, visits

pytestmark = on_sqlite
SOON_MS = 5_000


@asynccontextmanager
async def today_open(club: Club, size: tuple[int, int] = WIDE) -> AsyncIterator[Page]:
    """Somebody has the page Today before them; it is marked, so that a reload would show."""
    staff_id = a_colleague(club, Role.COORDINATOR)
    token = club.do(lambda tx: begin_session(tx, staff_id, KEY))
    async with open_panel(club) as base, a_page(size=size) as page:
        await page.context.add_cookies([{"name": COOKIE, "value": token, "url": base}])
        await page.goto(f"{base}/panel/")
        await page.evaluate("document.title = 'not loaded anew'")
        yield page
        assert await page.title() == "not loaded anew"


async def test_a_colleagues_mark_appears_within_five_seconds_and_the_focus_stays(database: Database) -> None:
    club = Club(database, the_centre(), now=warsaw("2026-10-05", "08:00"))
    ids = visits(club, Anna="10:00", Jan="11:00")
    club.now = warsaw(TUESDAY, "10:10")

    async with today_open(club) as page:
        jan = page.locator(f"#v{ids['Jan']}")
        await jan.get_by_role("button", name="Już jest").focus()
        club.do(lambda tx: arrive(tx, club.centre, visit_id=ids["Anna"], by=None))

        anna = page.locator(f"#v{ids['Anna']}")
        await expect(anna).to_contain_text("już jest", timeout=SOON_MS)
        await expect(anna).to_have_class("here arrived")
        await expect(jan).to_have_class("wait")
        await expect(jan.get_by_role("button", name="Już jest")).to_be_focused()


async def test_a_press_is_shown_at_once_and_the_focus_stays_at_that_visit(database: Database) -> None:
    club = Club(database, the_centre(), now=warsaw("2026-10-05", "08:00"))
    visit = visits(club, Anna="10:00")["Anna"]
    club.now = warsaw(TUESDAY, "10:10")

    async with today_open(club, NARROW) as page:
        anna = page.locator(f"#v{visit}")
        await anna.get_by_role("button", name="Już jest").focus()
        await page.keyboard.press("Enter")
        await expect(anna).to_contain_text("już jest", timeout=2_000)
        await expect(anna.get_by_role("button").first).to_be_focused()
        await anna.get_by_role("button", name="Cofnij").click()
        await expect(anna).to_contain_text("zapisane", timeout=2_000)

    assert status(club, visit) == "booked"


async def test_an_open_page_alone_keeps_nobody_logged_in_and_a_press_does(database: Database) -> None:
    club = Club(database, the_centre(), now=warsaw("2026-10-05", "08:00"))
    visit = visits(club, Anna="10:00")["Anna"]
    club.now = warsaw(TUESDAY, "10:10")
    clock = SetClock(club.now)
    fetched = {"headers": {"Sec-Fetch-Dest": "empty"}}

    async with at_the_panel(club, clock=clock) as clerk:
        seen = await clerk.see("/panel/")
        for _ in range(2):
            clock.shown += IDLE - timedelta(minutes=1)
            await clerk.post(
                "/panel/marks", {**dict(seen.form("/panel/marks").fields), "arrived": str(visit)}
            )
        for _ in range(2):
            assert (await clerk.see("/panel/today/board", **fetched)).status == 200
            clock.shown += IDLE / 2
        assert (await clerk.see("/panel/today/board", **fetched)).status == 401
