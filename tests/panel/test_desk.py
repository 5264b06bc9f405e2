"""The panel's one way in: who is not logged in, may not, or forges gets nothing, and nothing is changed."""

import re

import pytest

from panel.app import PAGES
from panel.asked import Act, Show
from scheduler.rights import may
from scheduler.staff import Role
from storage.database import Database
from tests.builders import Club, the_centre
from tests.panel.clerk import Clerk, at_the_panel, on_sqlite, open_panel

pytestmark = on_sqlite


def address(page: Show | Act, number: str = "1") -> str:
    """That page of the person, visit or thing with that number."""
    return "/panel" + re.sub(r"{[a-z_]+(:int)?}", number, page.path)


async def test_who_is_not_logged_in_sees_no_page_and_changes_nothing(database: Database) -> None:
    club = Club(database, the_centre())

    async with open_panel(club) as base, Clerk(base, club, None) as stranger:
        for page in PAGES:
            if page.right is None:
                continue
            if isinstance(page, Show):
                seen = await stranger.see(address(page), allow_redirects=False)
                assert seen.status == 303, page.path
                assert seen.headers["Location"].startswith("/panel/enter"), page.path
            else:
                assert (await stranger.post(address(page), {})).status == 403, page.path


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_opens_what_it_may_and_nothing_else(role: Role, database: Database) -> None:
    club = Club(database, the_centre())

    async with at_the_panel(club, role) as clerk:
        token = (await clerk.see("/panel/")).form("/panel/leave").fields[0][1]
        for page in PAGES:
            if page.right is None or may(role, page.right):
                continue
            seen = (
                await clerk.see(address(page))
                if isinstance(page, Show)
                else await clerk.post(address(page), {"token": token})
            )
            assert seen.status == 403, page.path


async def test_a_form_without_our_token_or_from_elsewhere_is_refused(database: Database) -> None:
    club = Club(database, the_centre())

    async with at_the_panel(club, Role.ADMINISTRATOR) as clerk:
        token = (await clerk.see("/panel/")).form("/panel/leave").fields[0][1]
        for act in PAGES:
            if isinstance(act, Act):
                assert (await clerk.post(address(act), {})).status == 403, act.path
                elsewhere = {"Sec-Fetch-Site": "cross-site"}
                seen = await clerk.post(address(act), {"token": token}, headers=elsewhere)
                assert seen.status == 403, act.path


async def test_what_is_no_text_reaches_no_page(database: Database) -> None:
    async with at_the_panel(Club(database, the_centre())) as clerk:
        form = (await clerk.see("/panel/people/new")).form("/panel/people/new")
        sent = await clerk.send(form, full_name="Anna\x00Testowa")
        asked = await clerk.see("/panel/book/people?q=ann%00")

    assert (sent.status, asked.status) == (403, 403)


async def test_a_page_that_has_not_changed_is_not_sent_again(database: Database) -> None:
    async with at_the_panel(Club(database, the_centre())) as clerk:
        first = await clerk.see("/panel/")
        again = await clerk.see("/panel/", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status, again.status, again.html) == (200, 304, "")


@pytest.mark.parametrize("number", ["4242", "9" * 12, "9" * 30])
async def test_a_thing_that_there_is_not_is_refused_in_words(number: str, database: Database) -> None:
    async with at_the_panel(Club(database, the_centre()), Role.ADMINISTRATOR) as clerk:
        token = (await clerk.see("/panel/")).form("/panel/leave").fields[0][1]
        for page in PAGES:
            if ":int" in page.path:
                at = address(page, number)
                is_show = isinstance(page, Show)
                seen = await (clerk.see(at) if is_show else clerk.post(at, {"token": token}))
                assert seen.status in {404, 409, 422}, page.path
