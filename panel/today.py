"""The first page: who comes today."""

from panel.asked import Asked, Page, Show
from scheduler import today as door
from scheduler.rights import Right


def show(asked: Asked) -> Page:
    """The day's visits."""
    day = asked.words.local(asked.tx.now).date()
    visits = door.today(asked.tx, asked.centre, day)
    return Page("today.html", {"date_shown": day, "visits": visits})


PAGES = (Show("/", show, Right.DAY),)
