"""The panel: every page and every act, put together."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from panel import (
    absences,
    account,
    announce,
    announcements,
    attendance,
    book,
    calendar,
    closures,
    colleagues,
    contacts,
    door,
    enrol,
    figures,
    group,
    group_change,
    groups,
    hours,
    import_people,
    messages,
    people,
    person,
    person_change,
    person_data,
    policies,
    session_change,
    sheet,
    slip,
    today,
    todos,
    visits,
    waiting,
    week,
)
from panel.asked import Act, Show
from panel.desk import Desk, Parts
from panel.entering import Door
from panel.mishaps import mishaps
from panel.sealed import FILE, PAGE, Sealed

STATIC = Path(__file__).parent / "static"
# What is brought beyond this is not even read to its end; the desk says what is too large long before.
FILE_LIMIT = Middleware(RequestBodyLimitMiddleware, max_body_size=64 * 1024 * 1024)
SEALED, KEPT = Middleware(Sealed, PAGE), Middleware(Sealed, FILE)

# Addresses are tried in this order; each page's own file says what they are.
PAGES: tuple[Show | Act, ...] = (
    *today.PAGES,
    *sheet.PAGES,
    *attendance.PAGES,
    *todos.PAGES,
    *account.PAGES,
    *colleagues.PAGES,
    *policies.PAGES,
    *contacts.PAGES,
    *book.PAGES,
    *visits.PAGES,
    *door.PAGES,
    *figures.PAGES,
    *people.PAGES,
    *enrol.PAGES,
    *import_people.PAGES,
    *person.PAGES,
    *person_change.PAGES,
    *person_data.PAGES,
    *slip.PAGES,
    *calendar.PAGES,
    *messages.PAGES,
    *announcements.PAGES,
    *announce.PAGES,
    *week.PAGES,
    *closures.PAGES,
    *groups.PAGES,
    *group.PAGES,
    *session_change.PAGES,
    *absences.PAGES,
    *waiting.PAGES,
    *group_change.PAGES,
    *hours.PAGES,
)


def panel(parts: Parts) -> Starlette:
    """Everything under /panel."""
    desk = Desk(parts)
    routes = [desk.show(page) if isinstance(page, Show) else desk.act(page) for page in PAGES]
    return Starlette(
        routes=[
            *Door(desk).routes(),
            *routes,
            Mount("/static", StaticFiles(directory=STATIC), middleware=[KEPT]),
        ],
        middleware=[SEALED, FILE_LIMIT],
        exception_handlers=mishaps(desk.renderer),
    )
