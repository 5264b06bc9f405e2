"""The pages of ours that need no club at work, in a real browser: wide and narrow, light and dark, held against axe."""

from starlette.applications import Starlette
from starlette.routing import Mount

from bot.clause_page import clause_page
from bot.demo.front import front_page as demo_front
from bot.front import front_page
from panel.desk import COOKIE
from scheduler.accounts import OneTime, begin_session
from scheduler.announced import Draft
from scheduler.announcements import compose
from scheduler.announcing import worded
from scheduler.audience import Audience
from scheduler.booking import book
from scheduler.codes_from_phone import begin_codes
from scheduler.outcomes import arrive
from scheduler.policies import Record, set_policy
from scheduler.staff import Role
from scheduler.todos import open_todo
from scheduler.waiting import Wish, wait
from storage.database import Database
from storage.visits import change_visit
from tests.axe import wrong_at, wrong_on_a_phone
from tests.browsers import a_page
from tests.builders import Club, the_centre, warsaw
from tests.panel.clerk import KEY, a_colleague, on_sqlite, open_panel
from tests.panel.test_today import TUESDAY, a_session, visits
from tests.servers import serving
from tests.words.builders import the_composer


async def test_the_front_pages_can_be_used_by_everybody() -> None:
    rooms = {"/demo": demo_front(), "/clause": clause_page(the_composer()), "": front_page(the_centre())}
    routes = [Mount(path, routes=pages) for path, pages in rooms.items()]

    wrong = []
    async with serving(Starlette(routes=routes)) as base, a_page() as page:
        for path in ("/", "/demo/", "/clause/dane"):
            wrong += [f"{path} {one}" for one in await wrong_at(page, f"{base}{path}")]
            wrong += [f"{path} {one}" for one in await wrong_on_a_phone(page, f"{base}{path}")]

    assert wrong == []


# Every page of the panel that is looked at, with a club in which each has something to show. A new page adds itself here.
PANEL = (
    "/panel/",
    "/panel/sheet",
    "/panel/week",
    "/panel/week?by=room",
    "/panel/absences",
    "/panel/absences/room",
    "/panel/absences/new?specialist=1&first=2026-10-06",
    "/panel/closures",
    "/panel/closures/new?first=2026-10-06",
    "/panel/hours",
    "/panel/hours/1",
    "/panel/hours/1?what=end&since=2026-10-07",
    "/panel/book",
    "/panel/book?person=5",
    "/panel/book?person=5&service=psychologist",
    "/panel/visits/1",
    "/panel/visits/1/move",
    "/panel/sessions/1",
    "/panel/sessions/1/change",
    "/panel/groups",
    "/panel/groups/new",
    "/panel/groups/1",
    "/panel/groups/1/change",
    "/panel/groups/1/split",
    "/panel/waiting",
    "/panel/waiting/new",
    "/panel/waiting/new?person=5",
    "/panel/account",
    "/panel/staff",
    "/panel/staff/1",
    "/panel/todos",
    "/panel/policies",
    "/panel/policies/masks?value=off",
    "/panel/door",
    "/panel/contacts?q=prz",
    "/panel/figures",
    "/panel/messages",
    "/panel/announcements",
    "/panel/announcements/new",
    "/panel/announcements/1",
    "/panel/calendar",
    "/panel/people",
    "/panel/people/new",
    "/panel/people/import",
    "/panel/people/5",
    "/panel/people/5/change",
    "/panel/people/5/leave",
    "/panel/people/5/slip",
    "/panel/people/5/erase",
)

OTHERWISE_NARROW = ("/panel/", "/panel/week")


@on_sqlite
async def test_the_panel_can_be_used_by_everybody(database: Database) -> None:
    club = a_busy_club(database)
    staff_id = a_colleague(club, Role.ADMINISTRATOR)
    token = club.do(lambda tx: begin_session(tx, staff_id, KEY))
    club.do(lambda tx: begin_codes(tx, staff_id, club.centre.name))
    shown = ((Role.ADMINISTRATOR, OneTime("ewa.nowa", "shown-in-the-demo")),)

    wrong: list[str] = []
    async with open_panel(club, log_ins=shown) as base, a_page() as page:
        wrong += [f"door: {one}" for one in await wrong_at(page, f"{base}/panel/enter")]
        await page.context.add_cookies([{"name": COOKIE, "value": token, "url": base}])
        for path in PANEL:
            wrong += [f"{path}: {one}" for one in await wrong_at(page, f"{base}{path}")]
        for path in OTHERWISE_NARROW:
            wrong += [f"{path}: {one}" for one in await wrong_on_a_phone(page, f"{base}{path}")]

    assert wrong == []


def a_busy_club(database: Database) -> Club:
    """Somebody comes today."""
    club = Club(database, the_centre(), now=warsaw(TUESDAY, "06:00"))
    anna = club.person("Anna Przykładowa")
    starts_at = warsaw(TUESDAY, "10:00")
    visit = club.do(
        lambda tx: book(tx, club.centre, person_id=anna, service="career_adviser", starts_at=starts_at)
    )
    club.do(lambda tx: change_visit(tx, visit.id, late_minutes=10, accompanied=True))
    jan = visits(club, Jan="09:00")["Jan"]
    club.do(lambda tx: arrive(tx, club.centre, visit_id=jan, by=None))
    a_session(club)
    club.do(lambda tx: wait(tx, club.centre, Wish(anna, "psychologist")))
    club.do(lambda tx: open_todo(tx, key="call", text="todo_callback", person_id=anna, urgent=True))
    club.do(lambda tx: set_policy(tx, Record("masks", True, club.now)))
    news = Draft(worded({"pl": "Jutro zebranie o 9:00."}, asks=True), Audience())
    club.do(lambda tx: compose(tx, club.centre, news))
    return club
