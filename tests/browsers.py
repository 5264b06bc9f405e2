"""A real browser for the pages: the Chromium of this machine."""

import contextlib
import os
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

WIDE, NARROW = (1440, 900), (390, 844)


@contextlib.asynccontextmanager
async def a_browser() -> AsyncIterator[Browser]:
    """To begin one takes two seconds: a module of many pages has one for all of them."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=_chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        await browser.close()


@contextlib.asynccontextmanager
async def a_page(
    browser: Browser | None = None,
    *,
    size: tuple[int, int] = WIDE,
    scheme: Any = "light",
    motion: Any = "reduce",
) -> AsyncIterator[Page]:
    """An empty tab, which knows nothing of other tabs. What the page complains of on its console fails the test at the end.

    Args:
        browser: None for one of its own.
    """
    complaints: list[str] = []
    async with contextlib.AsyncExitStack() as stack:
        browser = browser or await stack.enter_async_context(a_browser())
        context = await browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion=motion
        )
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(_told(said)) if said.type == "error" else None)
        yield page
        await context.close()
    assert not complaints, complaints


async def tab_to(page: Page, selector: str, *, back: bool = False, most: int = 80) -> None:
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    for _ in range(most):
        if await page.evaluate("wanted => document.activeElement?.matches(wanted)", selector):
            return
        await page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"Tab does not reach {selector}")


def _told(said: ConsoleMessage) -> str:
    return f"{said.text} ({said.location['url']})"


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium on this machine, and in CI no test is left out")
        pytest.skip("there is no Chromium on this machine")
    return found
