"""The page with the phones, in a real browser: by keyboard alone, and held against axe."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect
from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from tests.browsers import NARROW, WIDE, a_browser, a_page, tab_to
from tests.sandbox.stand_in import MAREK, a_demo
from tests.sandbox.worlds import ANNA, Sandbox, running

RULES = {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with a_browser() as one:
        yield one


async def _open(page: Page, sandbox: Sandbox, query: str = "") -> None:
    await page.goto(f"{sandbox.base}/{query}")
    await expect(page.locator("#first select option")).to_have_count(6)


async def _a_lively_chat(sandbox: Sandbox) -> None:
    """A chat with everything that Telegram can show."""
    async with sandbox.bot() as bot:
        await bot.set_my_commands([BotCommand("termin", "Zapis"), BotCommand("moje", "Kiedy mam spotkanie")])
        await sandbox.chat(MAREK, first_name="Marek", started=True)
        await sandbox.post(f"/chats/{MAREK}/text", text="doradca")
        times = [InlineKeyboardButton(f"3.12 {hour}:00", callback_data=f"t:{hour}") for hour in (9, 10, 11)]
        await bot.send_message(MAREK, "Wolne:", reply_markup=InlineKeyboardMarkup([times]))
        await bot.send_document(MAREK, b"BEGIN:VCALENDAR", filename="spotkanie.ics", caption="Zapisane")
        share = ReplyKeyboardMarkup([[KeyboardButton("Mój numer", request_contact=True)]])
        await bot.send_message(MAREK, "Prosimy o numer", reply_markup=share)


async def test_an_sms_is_written_and_answered_by_keyboard_alone(browser: Browser) -> None:
    async with a_demo() as sandbox, a_page(browser) as page:
        await _open(page, sandbox)
        await tab_to(page, "#first [data-sample]")
        await page.keyboard.press("Enter")
        await expect(page.locator("#first-text")).to_be_focused()
        bubbles = page.locator("#first .bubble")
        await expect(bubbles).to_have_count(2)
        await expect(bubbles.nth(0)).to_contain_text("psycholog")
        await expect(bubbles.nth(1)).to_contain_text("Wolne: 1) sroda 2.12 godz. 10:00")
        await expect(bubbles.nth(1)).to_contain_text("dostarczona")
        assert [taken["person"] for taken in await _people(sandbox)] == [ANNA, ANNA]


async def _people(sandbox: Sandbox) -> list[dict[str, str]]:
    return [{"person": taken.get("to") or taken["from"]} for taken in await sandbox.messages()]


async def test_the_keypad_is_one_stop_and_its_keys_write(browser: Browser) -> None:
    async with a_demo() as sandbox, a_page(browser) as page:
        await _open(page, sandbox)
        await tab_to(page, "#first [data-key]")
        for key in ("Enter", "ArrowRight", "Enter", "ArrowDown", "Enter"):
            await page.keyboard.press(key)
        await expect(page.locator("#first-text")).to_have_value("125")
        await page.keyboard.press("Tab")
        assert not await page.evaluate("document.activeElement.matches('#first [data-key]')")


async def test_a_chat_is_started_and_its_buttons_pressed_by_keyboard_alone(browser: Browser) -> None:
    async with a_demo() as sandbox, sandbox.bot() as bot, a_page(browser) as page:
        await _open(page, sandbox)
        await tab_to(page, "[data-start]")
        await page.keyboard.press("Enter")
        [start] = await bot.get_updates(timeout=5)
        assert (start.message.text, start.effective_user.first_name) == ("/start", "Marek")
        times = InlineKeyboardMarkup([[InlineKeyboardButton("10:00", callback_data="t:1")]])
        await bot.send_message(MAREK, "Wolne:", reply_markup=times)
        await expect(page.locator("#telegram .row button")).to_be_visible()
        await tab_to(page, "#telegram .row button")
        await page.keyboard.press("Enter")
        [press] = await bot.get_updates(offset=start.update_id + 1, timeout=5)
        await press.callback_query.answer("Zapisane")
        await expect(page.locator("#telegram [data-notice]")).to_have_text("Zapisane")
        await press.callback_query.edit_message_text("Zapisane: czwartek")
        await expect(page.locator("#telegram .row button")).to_have_count(0)
        await expect(page.locator("#telegram-text")).to_be_focused()


async def test_contact_commands_and_blocking_are_at_hand(browser: Browser) -> None:
    async with a_demo() as sandbox, sandbox.bot() as bot, a_page(browser) as page:
        await _a_lively_chat(sandbox)
        await _open(page, sandbox)
        await expect(page.get_by_role("link", name="Plik spotkanie.ics")).to_be_visible()
        await tab_to(page, "#telegram [data-menu] summary")
        await page.keyboard.press("Enter")
        await tab_to(page, "[data-commands] button")
        await page.keyboard.press("Enter")
        await tab_to(page, "[data-replies] button")
        await page.keyboard.press("Enter")
        await tab_to(page, "[data-block]", back=True)
        await page.keyboard.press("Enter")
        await expect(page.locator("#telegram [data-notice]")).to_contain_text("zablokowany")
        updates = await bot.get_updates(timeout=5)
        assert [bool(update.my_chat_member) for update in updates] == [False, False, False, True]
        assert updates[1].message.text == "/termin"
        assert updates[2].message.contact.user_id == MAREK


async def test_the_clock_says_the_day_in_words_and_walks_where_it_is_sent(browser: Browser) -> None:
    async with a_demo() as sandbox, a_page(browser) as page:
        await _open(page, sandbox)
        clock = page.locator("#clock .now")
        await expect(clock).to_have_text("poniedziałek 30 listopada 2026 godz. 9:00", use_inner_text=True)
        await tab_to(page, "[data-jumps] button")
        await page.keyboard.press("Enter")
        await expect(clock).to_contain_text("wtorek 1 grudnia 2026")
        await expect(page.locator("[data-jumps] button")).to_be_focused()
        await sandbox.sms(ANNA, "moje")
        await expect(page.locator("#first .day")).to_have_text("wtorek 1 grudnia")


async def test_starting_over_is_one_press(browser: Browser) -> None:
    async with a_demo() as sandbox, a_page(browser) as page:
        await _open(page, sandbox)
        await sandbox.sms(ANNA, "moje", wait=True)
        await expect(page.locator("#first .bubble")).to_have_count(2)
        await tab_to(page, "[data-start-over]")
        await page.keyboard.press("Enter")
        await expect(page.locator("#first [data-empty]")).to_be_visible()
        await expect(page.locator("[data-start-over]")).to_be_focused()


async def test_agenda_and_ledger_stand_beside_the_phones(browser: Browser) -> None:
    async with a_demo() as sandbox, a_page(browser) as page:
        await _open(page, sandbox)
        await expect(page.locator("#agenda tbody tr").nth(0)).to_contain_text("śr 2.12, 10:00")
        await expect(page.locator("#agenda tbody tr").nth(1)).to_contain_text("przez telefon")
        await expect(page.locator("#ledger tbody tr").nth(0)).to_contain_text(
            "Anna Przykładowa, przypomnienie"
        )
        await expect(page.locator("#ledger tbody tr").nth(1)).to_contain_text("treść usunięta")
        await expect(page.locator("[data-panel]")).to_have_attribute("href", "/panel/today")


async def test_the_page_can_be_read_in_english(browser: Browser) -> None:
    async with a_demo() as sandbox, a_page(browser) as page:
        await _open(page, sandbox)
        await page.get_by_role("link", name="English").click()
        await expect(page.get_by_role("heading", name="Keypad phone")).to_be_visible()
        assert await page.locator("html").get_attribute("lang") == "en"
        await expect(page.locator("#clock .now")).to_contain_text("Monday 30 November 2026")
        await expect(page.get_by_role("button", name="The day before")).to_be_visible()


async def test_a_shared_phone_names_both_and_the_staff_stand_apart(browser: Browser) -> None:
    async with a_demo() as sandbox, a_page(browser) as page:
        await _open(page, sandbox)
        shared = page.locator("#second option", has_text="Jan i Ewa")
        await expect(shared).to_have_text("Jan i Ewa – jeden telefon")
        await expect(page.locator("#second optgroup[label='Pracownicy klubu'] option")).to_have_count(1)


async def test_samples_stay_at_hand_in_a_menu(browser: Browser) -> None:
    async with a_demo() as sandbox, a_page(browser) as page:
        await _open(page, sandbox)
        await sandbox.sms(ANNA, "moje", wait=True)
        await expect(page.locator("#first .bubble")).to_have_count(2)
        await tab_to(page, "#first [data-menu] summary")
        await page.keyboard.press("Enter")
        await tab_to(page, "#first [data-menu] [data-sample='dziękuję']")
        await page.keyboard.press("Enter")
        await expect(page.locator("#first .bubble").nth(2)).to_contain_text("dziękuję")
        await expect(page.locator("#first [data-menu]")).not_to_have_attribute("open", "")
        assert await page.locator("#first [lang=uk]").first.text_content() == "психолог у четвер"


async def test_a_call_is_written_down_on_the_phone(browser: Browser) -> None:
    async with a_demo() as sandbox, a_page(browser) as page:
        await _open(page, sandbox)
        await tab_to(page, "#first [data-menu] summary")
        await page.keyboard.press("Enter")
        await tab_to(page, "#first [data-call]")
        await page.keyboard.press("Enter")
        await expect(page.locator("#first [data-notice]")).to_have_text("Klub nie odebrał: 404.")
        await expect(page.locator("#first-text")).to_be_focused()


async def test_a_switch_makes_trouble_until_it_is_turned_off(browser: Browser) -> None:
    async with a_demo() as sandbox, a_page(browser) as page:
        await _open(page, sandbox)
        silent = page.get_by_role("switch", name="Twilio nie odpowiada")
        await silent.press("Space")
        await expect(silent).to_be_checked()
        [trouble] = await _troubles(sandbox, 1)
        assert (trouble["kind"], trouble["calls"]) == ("drop_before", None)
        await page.reload()
        await expect(silent).to_be_checked()
        await silent.press("Space")
        await expect(silent).not_to_be_checked()
        await _troubles(sandbox, 0)


async def _troubles(sandbox: Sandbox, count: int) -> Any:
    """The orders for trouble, once there are so many."""
    while len(found := await sandbox.get("/trouble")) != count:
        await sandbox.world.news.bell.wait(5)
    return found


async def test_what_has_happened_is_ticked_and_stays_so_until_the_start_over(browser: Browser) -> None:
    async with a_demo() as sandbox, a_page(browser) as page:
        await _open(page, sandbox)
        booked = page.locator("[data-try=book]")
        await expect(booked).to_have_class("done")  # the stand-in's agenda has a visit nobody began with
        await expect(booked).to_contain_text("zrobione")
        await expect(page.locator("[data-try=race]")).not_to_have_class("done")
        await expect(page.locator("[data-tries-count]")).to_have_text("1 z 6")
        begun = sandbox.world.begun
        await page.locator("[data-start-over]").press("Enter")
        await expect(page.locator("[data-start-over]")).to_be_focused()
        assert sandbox.world.begun > begun


async def test_what_the_office_has_to_do_stands_beside_the_ledger(browser: Browser) -> None:
    async with a_demo() as sandbox, a_page(browser) as page:
        await _open(page, sandbox, "?lang=en")
        await expect(page.locator("#todos tbody tr")).to_contain_text("urgent !")
        await expect(page.locator("#todos tbody tr")).to_contain_text("Call Anna back")


async def test_without_a_club_the_phones_still_work() -> None:
    async with running() as sandbox:
        async with sandbox.http.get(f"{sandbox.base}/") as answer:
            html = await answer.text()
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "<script>" not in html
        assert "style=" not in html


# Sizes and colours don't meet: each is looked at once, not each with each.
@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "dark"), (NARROW, "light")], ids=["wide", "narrow"])
@pytest.mark.parametrize("lively", [True, False], ids=["lively", "empty"])
async def test_axe_finds_nothing_and_all_is_large_enough(
    browser: Browser, size: Any, scheme: str, lively: bool
) -> None:
    async with a_demo() as sandbox, a_page(browser, size=size, scheme=scheme) as page:
        if lively:
            await _a_lively_chat(sandbox)
            await sandbox.sms(ANNA, "psycholog", wait=True)
        await _open(page, sandbox)
        await expect(page.locator("#first .bubble")).to_have_count(2 if lively else 0)
        if lively:
            await page.locator("#telegram [data-menu] summary").click()
        results = await Axe().run(page, options={"resultTypes": ["violations"], "rules": RULES})
        assert results.generate_snapshot() == ""
        assert await page.evaluate("document.documentElement.scrollWidth") == size[0]
        assert await page.evaluate(SMALL_TARGETS) == []
        assert await page.evaluate(SMALL_TEXT) == []


SMALL_TARGETS = """() => [...document.querySelectorAll("button, a, input, select, summary")]
    .filter((one) => one.checkVisibility() && (one.offsetHeight < 44 || one.offsetWidth < 40))
    .map((one) => `${one.outerHTML.slice(0, 60)} ${one.offsetWidth}x${one.offsetHeight}`)"""
SMALL_TEXT = """() => [...document.querySelectorAll("body *")]
    .filter((one) => one.checkVisibility() && parseFloat(getComputedStyle(one).fontSize) < 16)
    .map((one) => one.outerHTML.slice(0, 60))"""
