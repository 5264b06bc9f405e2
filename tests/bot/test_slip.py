"""The slip to print: big, neutral, and the same on paper as on the screen."""

from datetime import UTC, date, datetime

import pytest

from bot.slip import slip_page
from scheduler.visits import Visit, VisitStatus
from tests.browsers import a_page
from tests.builders import WARSAW, warsaw
from tests.words.builders import the_composer


def a_visit(at: datetime, station: str | None = "104-1") -> Visit:
    mode = "in_person" if station else "phone"
    return Visit(1, "psychologist", 1, 2, station, mode, at, at, VisitStatus.BOOKED, 1)


def a_slip(language: str = "pl", *visits: Visit) -> str:
    shown = visits or (a_visit(warsaw("2026-10-14", "10:00")),)
    return slip_page(the_composer(), language, shown, WARSAW, date(2026, 10, 13))


def test_it_says_day_time_place_and_the_offices_phone() -> None:
    page = a_slip()
    for said in (
        "<h1>Spotkanie</h1>",
        '<time class="day" datetime="2026-10-14">Środa 14 października</time>',
        '<time class="time" datetime="10:00">10:00</time>',
        "Mikołaja Reja 2a, pokój 104, I piętro",
        "Zmiana albo odwołanie:\n77 483 77 23 wew. 103",
    ):
        assert said in page


@pytest.mark.parametrize("language", ["pl", "uk", "en"])
def test_it_names_no_service_no_club_and_nobody(language: str) -> None:
    page = a_slip(language).casefold()
    assert f'lang="{language}"' in page
    for never in ("psych", "псих", "mops", "klub integracji", "anna"):
        assert never not in page


def test_each_visit_has_a_slip_of_its_own_at_its_local_time() -> None:
    """After the clock change of 25 October 2026 ten o'clock is nine in UTC."""
    page = a_slip(
        "pl",
        a_visit(datetime(2026, 10, 23, 8, tzinfo=UTC)),
        a_visit(datetime(2026, 10, 26, 9, tzinfo=UTC), None),
    )
    assert page.count("<article>") == 2
    assert page.count(">10:00<") == 2
    assert "Przez telefon" in page


async def test_it_fits_one_small_sheet() -> None:
    async with a_page(size=(500, 800)) as page:
        for language in ("pl", "uk", "en"):
            await page.set_content(a_slip(language, a_visit(warsaw("2026-09-16", "10:00"))))
            await page.emulate_media(media="screen")
            sizes = await page.evaluate(
                "(e => [e.scrollHeight, e.clientHeight, e.scrollWidth, e.clientWidth])(document.querySelector('article'))"
            )
            assert sizes[0] <= sizes[1], language
            assert sizes[2] <= sizes[3], language
            await page.emulate_media(media="print")
            pdf = await page.pdf(prefer_css_page_size=True)
            assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1, language
