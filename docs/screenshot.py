"""Plays a few minutes of the demo in a real browser and keeps the README's pictures, of the phones and of the panel: `make screenshot`."""

import asyncio
import shutil
import signal
import socket
import sys
from pathlib import Path

from playwright.async_api import Page, ViewportSize, async_playwright

HERE = Path(__file__).parent
WIDE, NARROW = ViewportSize(width=1440, height=920), ViewportSize(width=390, height=844)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def play(page: Page) -> None:
    """Let the list show how to book and to answer; book by Telegram in between."""
    chat = page.locator("#telegram")
    await show(page, "book")
    await chat.locator("input[name=text]").fill("doradca")
    await chat.get_by_role("button", name="Wyślij").click()
    await chat.get_by_role("button", name="Wtorek").first.click()
    await chat.get_by_role("button", name="9:00").first.click()
    await chat.get_by_text("Zapisane").first.wait_for()
    await show(page, "answer")
    await page.wait_for_timeout(2500)  # until the ticks of the last receipt are drawn


async def show(page: Page, name: str) -> None:
    """Press a thing's button and wait for its tick."""
    await page.locator(f"#show-{name}").click()
    await page.locator(f"[data-try={name}].done").wait_for()


async def panel(page: Page) -> None:
    """Today as the reception sees it, and the same page on a phone."""
    await page.goto(f"{page.url.split('/sandbox')[0]}/panel/enter?language=pl")
    await page.get_by_role("button", name="koordynacja").click()
    await page.locator("table").first.wait_for()
    await page.screenshot(path=HERE / "panel.png")
    await page.set_viewport_size(NARROW)
    await page.reload()
    await page.locator("table").first.wait_for()
    await page.screenshot(path=HERE / "panel-phone.png")


async def main() -> None:
    """Start the demo, play, keep the picture, end the demo."""
    port = free_port()
    demo = await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name("termin"), "demo", "--port", str(port)
    )
    try:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            )
            page = await browser.new_page(viewport=WIDE, locale="pl-PL", reduced_motion="reduce")
            for _ in range(100):
                try:
                    if (
                        await page.goto(f"http://127.0.0.1:{port}/readyz")
                    ) and "true" in await page.content():
                        break
                except Exception:  # noqa: BLE001 - it does not listen yet
                    await asyncio.sleep(0.1)
            await page.goto(f"http://127.0.0.1:{port}/sandbox/")
            await page.get_by_text("Jan Próbny").first.wait_for()
            await play(page)
            await page.screenshot(path=HERE / "demo.png")
            await panel(page)
            await browser.close()
    finally:
        demo.send_signal(signal.SIGTERM)
        await demo.wait()


if __name__ == "__main__":
    asyncio.run(main())
