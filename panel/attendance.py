"""Who was at a session of a group: one list, one form; entered by people alone."""

from dataclasses import dataclass

from panel.asked import Act, Asked, Go, Page, Show
from scheduler.calendar import local
from scheduler.presence import Line, Presence, enter, sheet
from scheduler.rights import Right
from scheduler.sessions import session
from scheduler.turnout import turnout


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be entered now, and its text."""

    value: Presence
    text: str


def show(asked: Asked) -> Page:
    """Everybody who belongs to it, what they answered, and what was entered of them."""
    about = session(asked.tx, asked.path["id"])
    lines = sheet(asked.tx, about.id)
    is_begun = about.is_planned and about.starts_at <= asked.tx.now
    offered = tuple(Presence) if is_begun else (Presence.EXCUSED,) if about.is_planned else ()
    values = {
        "session": about,
        "leader": turnout(asked.tx, [about])[about.id].leader,
        "on_day": local(about.starts_at, asked.centre.zone).date(),
        "lines": lines,
        "choices": [Choice(one, asked.say(f"presence_{one}")) for one in offered],
        "is_begun": is_begun,
    }
    return Page("attendance.html", values)


def note(asked: Asked) -> Go:
    """Enter whatever differs from what is known."""
    session_id = asked.path["id"]
    lines = sheet(asked.tx, session_id)
    for presence in Presence:
        who = [str(one.person_id) for one in lines if _wished(asked, one) == presence != one.presence]
        if who:
            enter(asked.tx, session_id, presence, who, by=asked.staff.person_id)
    return Go(f"/panel/sessions/{session_id}", "done_presence")


def _wished(asked: Asked, one: Line) -> str | None:
    """What was ticked of them; whoever nothing is known of is there, if that button was pressed, if they were expected."""
    chosen = asked.form.get(f"p{one.person_id}")
    if chosen is None and one.presence is None and one.is_expected and "rest" in asked.form:
        return Presence.PRESENT
    return chosen


PAGES = (
    Show("/sessions/{id:int}", show, Right.GROUPS),
    Act("/sessions/{id:int}", note, Right.GROUPS),
)
