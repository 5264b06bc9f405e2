"""Where staff make the address of their own calendar, and take it back."""

from panel.asked import Act, Answer, Asked, Go, Page, Show
from scheduler.calendar_feed import close_calendar, open_calendar
from storage import calendars


def show(asked: Asked) -> Page:
    """Whether there is an address; the address itself is shown once, when it is made."""
    since = calendars.since(asked.tx, asked.staff.person_id)
    return Page("calendar.html", {"since": since, "address": None})


def make(asked: Asked) -> Answer:
    """A new address; the one before leads nowhere from now on."""
    token = open_calendar(asked.tx, asked.staff.person_id, asked.key)
    return Page("calendar.html", {"since": asked.tx.now, "address": f"{asked.base}/calendar/{token}.ics"})


def end(asked: Asked) -> Go:
    """No address."""
    close_calendar(asked.tx, asked.staff.person_id)
    return Go("/panel/calendar", "done_calendar_closed")


PAGES = (
    Show("/calendar", show, None),
    Act("/calendar/make", make, None),
    Act("/calendar/end", end, None),
)
