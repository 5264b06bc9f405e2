"""Booking in a browser: by keyboard alone with the keystrokes counted, with a mouse, and on a phone's screen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Page

from panel.desk import COOKIE
from scheduler.accounts import begin_session
from scheduler.staff import Role
from storage.database import Database
from tests.axe import broken
from tests.browsers import NARROW, WIDE, a_page
from tests.builders import Club
from tests.panel.clerk import KEY, a_colleague, on_sqlite, open_panel

pytestmark = on_sqlite
KEYSTROKES = 7  # three letters, down, Enter; Enter for the service; Enter for the nearest time


@asynccontextmanager
async def at_the_browser(club: Club, size: tuple[int, int] = WIDE) -> AsyncIterator[Page]:
    """Logged in as reception, on the page for booking."""
    staff_id = a_colleague(club, Role.RECEPTION)
    token = club.do(lambda tx: begin_session(tx, staff_id, KEY))
    async with open_panel(club) as base, a_page(size=size) as page:
        await page.context.add_cookies([{"name": COOKIE, "value": token, "url": base}])
        await page.goto(f"{base}/panel/book")
        yield page


def a_full_club(database: Database) -> Club:
    club = Club(database)
    for number, name in enumerate(("Jan Testowy", "Anna Nowa", "Adam Nowak", "Ewa Nowacka")):
        club.person(name, f"+4850100{number}23{number}")
    return club


async def test_by_keyboard_alone_in_seven_keystrokes(database: Database) -> None:
    pressed = 0

    async def press(page: Page, *keys: str) -> None:
        nonlocal pressed
        for key in keys:
            await page.keyboard.press(key)
            pressed += 1

    async with at_the_browser(a_full_club(database)) as page:
        await press(page, "n", "o", "w", "ArrowDown", "Enter")
        await _reached(page, "input[name=service]:focus")
        await press(page, "Enter")
        await _reached(page, "input[name=at]:focus")
        await press(page, "Enter")
        await page.wait_for_url("**/panel/visits/1?*")
        said = await page.inner_text("main")

    assert pressed == KEYSTROKES
    assert "Adam Nowak" in said
    assert "Zapisane." in said
    assert "potwierdzenie zapisu, SMS" in said


async def test_arrows_move_escape_closes_digits_choose_and_the_list_goes_on(database: Database) -> None:
    async with at_the_browser(a_full_club(database)) as page:
        field = page.locator("#q")
        await page.keyboard.type("now")
        await page.wait_for_selector("[role=option]")
        for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
            await page.keyboard.press(key)
        chosen = await page.inner_text("[aria-selected=true]")
        pointed = await field.get_attribute("aria-activedescendant")
        wrong = await broken(page)
        await page.keyboard.press("Escape")
        is_shut = (await field.get_attribute("aria-expanded"), await page.locator("[role=option]").count())
        await field.fill("3233")
        await page.keyboard.press("Enter")
        await _reached(page, "input[name=service]:focus")
        await page.keyboard.press("2")
        await _reached(page, "input[name=at]:focus")
        first = await page.input_value("input[name=at]:checked")
        for _ in range(8):
            await page.keyboard.press("ArrowDown")
        await page.wait_for_url("**after=*")
        await _reached(page, "input[name=at]:focus")
        later = await page.input_value("input[name=at]:checked")
        service = await page.input_value("select[name=service]")

    assert chosen.startswith("Ewa Nowacka")
    assert pointed == "person-7"
    assert wrong == []
    assert is_shut == ("false", 0)
    assert first < later
    assert service == "doradca"


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_with_a_mouse_or_a_finger(size: tuple[int, int], database: Database) -> None:
    async with at_the_browser(a_full_club(database), size) as page:
        await page.locator("#q").press_sequentially("testo")
        await page.get_by_role("option").click()
        await page.get_by_text("doradca", exact=False).first.click()
        await page.get_by_role("button", name="Dalej").click()
        await page.get_by_role("radio").nth(2).check()
        await page.get_by_role("button", name="Zapisz na ten termin").click()
        await page.wait_for_url("**/panel/visits/1?*")
        is_wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
        said = await page.inner_text("main")

    assert "Zapisane." in said
    assert not is_wide


async def test_who_is_not_found_leads_to_enrolling_with_nothing_in_the_address(database: Database) -> None:
    async with at_the_browser(a_full_club(database)) as page:
        await page.keyboard.type("zzz")
        link = page.get_by_role("link", name="Dodaj osobę")
        href = await link.get_attribute("href")

    assert href == "/panel/people/new"


async def _reached(page: Page, selector: str) -> None:
    """Its page is there whole: the keys mean something once its script has run, a moment after the focus."""
    await page.wait_for_selector(selector)
    await page.wait_for_load_state()
