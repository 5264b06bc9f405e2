"""The first five minutes at the demo: everything on the page's list is shown by its button, and ticks itself."""

from pathlib import Path

from playwright.async_api import expect

from tests.browsers import a_page
from tests.journeys.test_program import a_port, assert_log_is_clean, termin

LONG_MILLISECONDS = 60_000


async def test_each_thing_to_try_is_shown_by_its_button_and_ticks_itself(tmp_path: Path) -> None:
    port = a_port()
    async with termin(tmp_path, ["demo", "--port", str(port)], port) as demo:
        await demo.is_ready()
        async with a_page() as page:
            await page.goto(f"{demo.url}/sandbox/")
            await expect(page.locator("#agenda tbody tr")).not_to_have_count(0)
            await expect(page.locator("[data-try].done")).to_have_count(0)
            for name in ("book", "answer", "race", "lose", "desk"):
                await page.locator(f"#show-{name}").press("Enter")
                await expect(page.locator(f"[data-try={name}]")).to_have_class(
                    "done", timeout=LONG_MILLISECONDS
                )
                await expect(page.locator(f"#show-{name}")).to_have_attribute("aria-disabled", "false")
            await expect(page.locator("[data-try=remind]")).to_have_class("done")  # on the way to the answer
            await page.reload()
            await expect(page.locator("[data-try].done")).to_have_count(6)
        status, _ = await demo.end()
    assert status == 0
    assert_log_is_clean(tmp_path)
