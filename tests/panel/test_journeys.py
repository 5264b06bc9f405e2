"""A day at the panel in a real browser: by mouse, by keyboard alone, without JavaScript, on a phone."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from scheduler.accounts import OneTime
from scheduler.staff import Role
from scheduler.todos import open_todo
from storage.database import Database
from tests.browsers import NARROW, WIDE, a_browser, tab_to
from tests.builders import Club, the_centre, warsaw
from tests.panel.clerk import on_sqlite, open_panel
from tests.panel.test_entering import hired
from tests.panel.test_today import TUESDAY, status, visits

SOON_MS = 8_000
LOOKS = {"by mouse": (WIDE, True), "without JavaScript": (WIDE, False), "on a phone": (NARROW, True)}

pytestmark = [on_sqlite, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with a_browser() as one:
        yield one


@dataclass
class Day:
    """A coordinator's morning: who is expected, and the address of the panel."""

    club: Club
    base: str
    given: OneTime
    expected: dict[str, int]


@asynccontextmanager
async def a_day(database: Database) -> AsyncIterator[Day]:
    """Tuesday, ten past ten: two are expected, somebody asked to be called back."""
    club = Club(database, the_centre(), now=warsaw("2026-10-05", "08:00"))
    expected = visits(club, Anna="10:00", Jan="11:00")
    club.now = warsaw(TUESDAY, "10:10")
    club.person("Zofia Zmyślona", "+48501777333")
    caller = club.person("Adam Dzwoniący", "+48501777111")
    club.do(lambda tx: open_todo(tx, key="call", text="todo_callback", person_id=caller))
    _, given = hired(club, "Halina Niby", Role.COORDINATOR)
    async with open_panel(club) as base:
        yield Day(club, base, given, expected)


@asynccontextmanager
async def a_tab(
    browser: Browser, size: tuple[int, int] = WIDE, *, scripts: bool = True
) -> AsyncIterator[Page]:
    """Of somebody who is not logged in. What the browser refuses or complains of fails the test."""
    complaints: list[str] = []
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts, locale="pl-PL"
    )
    context.set_default_timeout(SOON_MS)
    page = await context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    await context.close()
    assert complaints == []


async def log_in(page: Page, day: Day) -> None:
    await page.goto(f"{day.base}/panel/")
    await page.get_by_label("Nazwa użytkownika").fill(day.given.login)
    await page.get_by_label("Hasło").fill(day.given.password)
    await page.get_by_role("button", name="Zaloguj").click()
    await expect(page).to_have_url(f"{day.base}/panel/")


async def open_in_menu(page: Page, name: str) -> None:
    await unfold_menu(page)
    await page.locator("details.menu").get_by_role("link", name=name, exact=True).click()


async def unfold_menu(page: Page) -> None:
    """Where it is narrow it has been folded once the page is there."""
    await page.wait_for_load_state()
    if not await page.locator("details.menu[open]").count():
        await page.locator("details.menu summary").click()


async def mark_and_undo(page: Page, day: Day) -> None:
    """Anna is here; no, that was somebody else."""
    anna = page.locator(f"#v{day.expected['Anna']}")
    await anna.get_by_role("button", name="Już jest").click()
    await expect(page.locator(f"#v{day.expected['Anna']}")).to_contain_text("już jest")
    assert status(day.club, day.expected["Anna"]) == "arrived"
    await anna.get_by_role("button", name="Cofnij").click()
    await expect(page.locator(f"#v{day.expected['Anna']}")).to_contain_text("zapisane")
    assert status(day.club, day.expected["Anna"]) == "booked"


async def book(page: Page, *, scripts: bool = True) -> None:
    """Zofia phones; the first time that is free."""
    await open_in_menu(page, "Zapisz na spotkanie")
    if scripts:
        await page.locator("#q[role=combobox]").press_sequentially("zmy")  # once its script is there
        await page.get_by_role("option", name="Zofia").click()
    else:
        await page.locator("#q").fill("zmy")
        await page.locator("#q").press("Enter")
        await page.get_by_role("button", name="Dalej").click()
    await page.get_by_role("button", name="Dalej").click()
    await page.get_by_role("button", name="Zapisz na ten termin").click()
    await expect(page.locator("main")).to_contain_text("Zapisane.")


async def confirmation_in_the_ledger(page: Page) -> None:
    await open_in_menu(page, "Wiadomości")
    await expect(page.locator("main")).to_contain_text("Zofia Zmyślona")
    await expect(page.locator("main")).to_contain_text("zapisane spotkanie")


async def settle(page: Page) -> None:
    await open_in_menu(page, "Do zrobienia")
    await page.get_by_role("button", name="Zrobione").first.click()
    await expect(page.locator("[role=status]")).to_be_visible()


async def announce_and_undo(page: Page, text: str = "Jutro zebranie o 9:00.") -> None:
    await open_in_menu(page, "Ogłoszenia")
    await page.get_by_role("link", name="Nowe ogłoszenie").click()
    await page.locator("#pl").fill(text)
    await page.locator("form[action$='/write'] button").click()
    await expect(page.locator("main")).to_contain_text(text)
    await page.locator("form[action$='/send'] button").click()
    await page.locator("form[action$='/undo'] button").first.click()
    await expect(page).to_have_url(re.compile("/panel/announcements[?]done="))


async def log_out(page: Page) -> None:
    await unfold_menu(page)
    await page.locator("form[action='/panel/leave'] button").click()
    await expect(page.get_by_label("Hasło")).to_be_visible()


@pytest.mark.parametrize(("size", "scripts"), LOOKS.values(), ids=LOOKS)
async def test_a_day(browser: Browser, database: Database, size: tuple[int, int], scripts: bool) -> None:
    async with a_day(database) as day, a_tab(browser, size, scripts=scripts) as page:
        await log_in(page, day)
        await mark_and_undo(page, day)
        await book(page, scripts=scripts)
        await confirmation_in_the_ledger(page)
        await settle(page)
        await announce_and_undo(page)
        assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")
        await log_out(page)

    assert [one.purpose for one in day.club.messages(status="waiting")].count("announcement") == 0


async def test_the_same_by_keyboard_alone(browser: Browser, database: Database) -> None:
    async with a_day(database) as day, a_tab(browser) as page:
        await page.goto(f"{day.base}/panel/")
        await press(page, "#login", day.given.login)
        await press(page, "#password", day.given.password, "Enter")
        await expect(page).to_have_url(f"{day.base}/panel/")
        anna = day.expected["Anna"]
        for name, said in (("arrived", "już jest"), ("undo", "zapisane")):
            await press(page, f"button[name={name}][value='{anna}']", "", "Enter")
            await expect(page.locator(f"#v{anna}")).to_contain_text(said)
        await press(page, "a[href='/panel/book']", "", "Enter")
        await press(page, "#q[role=combobox]", "zmy")
        await page.wait_for_selector("[role=option]")
        for key, then in (("ArrowDown", "option"), ("Enter", "input[name=service]:focus")):
            await page.keyboard.press(key)
            await page.wait_for_selector(then if then != "option" else "[role=option][aria-selected=true]")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("input[name=at]:focus")
        await page.keyboard.press("Enter")
        await expect(page.locator("main")).to_contain_text("Zapisane.")
        await press(page, "a[href='/panel/todos']", "", "Enter")
        await press(page, "form[action$='/done'] button", "", "Enter")
        await expect(page.locator("[role=status]")).to_be_visible()
        await press(page, "form[action='/panel/leave'] button", "", "Enter")
        await expect(page.locator("#password")).to_be_visible()


async def press(page: Page, selector: str, text: str = "", key: str = "") -> None:
    """Go there by Tab, type, press."""
    await page.wait_for_selector(selector)
    await tab_to(page, selector, most=150)
    if text:
        await page.keyboard.type(text)
    if key:
        await page.keyboard.press(key)
