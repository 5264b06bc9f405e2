"""Holds a page of ours against axe, as it is seen by everybody: wide and narrow, light and dark."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page

from tests.browsers import NARROW, WIDE

EVERYTHING = {"rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced"]}}
SIZES = {"runOnly": {"type": "rule", "values": ["target-size"]}}


async def broken(page: Page, options: Any = EVERYTHING) -> list[str]:
    """The rules that the page breaks as it is now."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE_SCRIPT)
    run = "async options => (await axe.run({...options, resultTypes: ['violations']})).violations"
    return await page.evaluate(f"{run}.map(one => `${{one.id}} ${{one.nodes[0].target}}`)", options)  # type: ignore[no-any-return]


async def wrong_at(page: Page, address: str) -> list[str]:
    """What is wrong there: loaded once and wide, then only what a dark screen and a phone's can change."""
    await _open(page, address)
    wrong = [f"wide {one}" for one in await broken(page)]
    async with _seen_otherwise(page):
        await page.emulate_media(color_scheme="dark")
        wrong += [f"dark {one}" for one in await broken(page, COLOURS)]
        await _narrow(page)
        wrong += await _sideways(page)
        wrong += [f"narrow {one}" for one in await broken(page, SIZES)]
    return wrong


async def wrong_on_a_phone(page: Page, address: str) -> list[str]:
    """What is wrong there with a page that is laid out otherwise where it is narrow."""
    async with _seen_otherwise(page):
        await _narrow(page)
        await _open(page, address)
        return await _sideways(page) + [f"narrow {one}" for one in await broken(page)]


@asynccontextmanager
async def _seen_otherwise(page: Page) -> AsyncIterator[None]:
    yield
    await page.emulate_media(color_scheme="light")
    await page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})


async def _narrow(page: Page) -> None:
    await page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})


async def _open(page: Page, address: str) -> None:
    answer = await page.goto(address)
    assert answer is not None
    assert answer.ok, f"{address}: {answer.status}"


async def _sideways(page: Page) -> list[str]:
    return ["narrow: scrolls sideways"] * await page.evaluate(
        "document.documentElement.scrollWidth > innerWidth"
    )
