"""The first page: the day at a glance, live, and what becomes of each visit a press away."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from panel.asked import Act, Asked, Go, Page, Show
from panel.board import lay_out
from panel.day import UNDO, day_of
from panel.places import Column, Places
from panel.times import YEARS, number
from scheduler import outcomes
from scheduler.calendar import is_holiday
from scheduler.closures import closures_on
from scheduler.errors import NoSuchVisit
from scheduler.rights import Right
from scheduler.staff import Role
from scheduler.visits import VisitStatus
from scheduler.week import here_today
from storage import digest

SAID = {
    VisitStatus.ARRIVED: outcomes.arrive,
    VisitStatus.ATTENDED: outcomes.attend,
    VisitStatus.MISSED: outcomes.miss,
    VisitStatus.REFUSED_NO_MASK: outcomes.refuse_no_mask,
}


def show(asked: Asked) -> Page:
    """Today, or the day that was asked for."""
    day = day_asked(asked)
    around = {
        "yesterday": day - timedelta(days=1),
        "tomorrow": day + timedelta(days=1),
        "serving": here_today(asked.tx, asked.centre) if _may_say_who_comes(asked, day) else [],
    }
    return Page("today.html", _board(asked, day) | around)


def board(asked: Asked) -> Page:
    """What changes while the page is open."""
    return Page("today_board.html", _board(asked, day_asked(asked)))


def mark(asked: Asked) -> Go:
    """What was pressed beside a visit: the button has the mark's name and the visit's number."""
    name, said = next(((one, asked.form[one]) for one in (*SAID, UNDO) if one in asked.form), ("", ""))
    visit_id, by = number(said), asked.staff.person_id
    if visit_id is None:
        raise NoSuchVisit
    if name == UNDO:
        return _take_back(asked, visit_id)
    visit = SAID[VisitStatus(name)](asked.tx, asked.centre, visit_id=visit_id, by=by)
    return Go(_address(asked, asked.words.local(visit.starts_at).date()), "done_mark", visit_id)


def undo(asked: Asked) -> Go:
    """The mark was a slip."""
    return _take_back(asked, asked.path["id"])


def day_asked(asked: Asked) -> date:
    """Today, unless the address names a day that a diary could have."""
    try:
        day = date.fromisoformat(asked.query.get("day", ""))
    except ValueError:
        return _today(asked)
    return day if day.year in YEARS else _today(asked)


def _take_back(asked: Asked, visit_id: int) -> Go:
    visit = outcomes.take_back(asked.tx, visit_id=visit_id, by=asked.staff.person_id)
    return Go(_address(asked, asked.words.local(visit.starts_at).date()), "done_mark_undone")


def _board(asked: Asked, day: date) -> dict[str, Any]:
    found = day_of(asked, day)
    places = Places(asked.centre, found)
    rows = lay_out(len(places.columns), places.place(found))
    return {
        "shown": day,
        "today": _today(asked),
        "is_today": day == _today(asked),
        "counts": found.counts,
        "urgent": _urgent(asked),
        "closed": closures_on(asked.tx, day),
        "holiday": is_holiday(day),
        "columns": places.columns,
        "rows": rows,
        "now_at": _now_at(asked, rows),
        "hour": cache(asked.words.clock),
        "names": [_name(asked, one) for one in places.columns],
        "said": {one: asked.say(f"mark_{one}") for one in (*SAID, UNDO)},
        "masks": found.masks,
    }


def _name(asked: Asked, column: Column) -> str:
    room = asked.say("today_room", room=column.room) if column.room else asked.say("today_apart")
    return f"{room}, {column.name}" if column.name else room


def _now_at(asked: Asked, rows: list[Any]) -> Any:
    """The row in which the day is now: the last that has begun, if it is that day."""
    begun = [row.starts_at for row in rows if row.starts_at <= asked.tx.now]
    return begun[-1] if begun and asked.words.local(begun[-1]).date() == _today(asked) else None


def _urgent(asked: Asked) -> int:
    """Of a specialist their own, of others everybody's."""
    is_own = asked.staff.role is Role.SPECIALIST
    return digest.urgent(asked.tx, asked.staff.person_id if is_own else None)


def _may_say_who_comes(asked: Asked, day: date) -> bool:
    return day == _today(asked) and asked.may(Right.TIMETABLE)


def _today(asked: Asked) -> date:
    return asked.words.local(asked.tx.now).date()


def _address(asked: Asked, day: date) -> str:
    return "/panel/" if day == _today(asked) else f"/panel/?day={day}"


PAGES = (
    Show("/", show, Right.DAY),
    Show("/today/board", board, Right.DAY),
    Act("/marks", mark, Right.VISITS),
    Act("/marks/{id:int}/undo", undo, Right.VISITS),
)
