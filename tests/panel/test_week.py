"""The page of the week: hours, visits, sessions, absences and closed days, by specialist or by room."""

from datetime import date

import pytest

from scheduler.accounts import open_account
from scheduler.passwords import draw
from scheduler.staff import Role
from storage import accounts
from storage.absences import add_absence
from storage.closures import add_closure
from storage.database import Database
from tests.builders import Club, the_centre, warsaw
from tests.panel.clerk import CHEAP, Clerk, at_the_panel, on_sqlite
from tests.panel.test_today import GROUP, SERVICE, TUESDAY, a_session, visits

pytestmark = on_sqlite


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database, the_centre(), now=warsaw("2026-10-05", "08:00"))


async def test_the_week_has_hours_visits_sessions_absences_and_closed_days(club: Club) -> None:
    visits(club, Anna="09:00")
    a_session(club)
    jan, friday = club.specialist("jan"), date(2026, 10, 9)
    club.do(lambda tx: add_absence(tx, (warsaw(TUESDAY, "13:00"), warsaw(TUESDAY, "15:00")), person_id=jan))
    club.do(lambda tx: add_closure(tx, friday, friday, "awaria <wody>"))

    async with at_the_panel(club) as clerk:
        html = (await clerk.see("/panel/week")).html
        by_room = (await clerk.see("/panel/week?by=room")).html
        holiday = (await clerk.see("/panel/week?day=2026-11-11")).html
        wrong = (await clerk.see("/panel/week?day=x&by=%3Cb%3E")).html

    for words in ("<strong>09:00–13:00</strong>", SERVICE, "Spotkania: 1", "9:00 Anna Testowa", GROUP):
        assert words in html
        assert words in by_room
    assert "nieobecność 13:00–15:00" in html
    assert "Klub zamknięty: awaria &lt;wody&gt;" in html
    assert "niedziela" not in html
    assert "Pokój 103" in by_room
    assert "To dzień świąteczny" in holiday
    assert "Ten tydzień" in holiday
    assert "<b>" not in wrong


async def test_a_specialist_sees_their_own_column_first(club: Club) -> None:
    piotr = club.specialist("piotr")
    club.do(lambda tx: open_account(tx, piotr, draw(CHEAP)))
    club.do(lambda tx: accounts.change_account(tx, piotr, must_change=False))

    async with at_the_panel(club) as clerk:
        everybody = (await clerk.see("/panel/week")).html
        async with Clerk(clerk.base, club, piotr) as own:
            theirs = (await own.see("/panel/week")).html

    assert everybody.index('<th scope="col">Anna') < everybody.index('<th scope="col">Piotr')
    assert theirs.index('<th scope="col">Piotr') < theirs.index('<th scope="col">Anna')


@pytest.mark.parametrize("by", ["specialist", "room"])
async def test_reception_sees_no_service_and_no_group_in_the_week(club: Club, by: str) -> None:
    visits(club, Anna="09:00")
    a_session(club)

    async with at_the_panel(club, Role.RECEPTION) as clerk:
        html = (await clerk.see(f"/panel/week?by={by}")).html

    assert "Anna Testowa" in html
    for hidden in (SERVICE, "career_adviser", GROUP, "support", "sessions/", "/panel/absences"):
        assert hidden not in html
