"""A new group, and what changes about one: facts, times from a day on, its end, its shifts."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from panel.asked import Act, Answer, Asked, Go, Page, Show
from panel.fields import Fields
from panel.group_words import choices, rhythm_of
from panel.refusals import reason
from scheduler.calendar import local
from scheduler.errors import Refused
from scheduler.group_split import confirm, propose
from scheduler.group_times import Times, TooFarAhead, end, set_times
from scheduler.groups import KINDS, Group, GroupExists, add, change, group_of
from scheduler.rights import Right
from scheduler.staff import members
from scheduler.weekly import MOST_WEEKS, Weekly

LONGEST = 100
FACTS = ("name", "kind", "room", "leader_id")
TIMES = ("every", "starts", "ends", "first_day", "last_day")


def begin(asked: Asked) -> Page:
    """An empty form."""
    return _whole(asked, None, {})


def make(asked: Asked) -> Answer:
    """It is there, and its first meetings are planned."""
    fields = Fields(asked)
    facts, times = _facts(asked, fields), _times(asked, fields)
    if fields.errors or times is None:
        return _whole(asked, None, fields.errors)
    try:
        with asked.tx.savepoint():
            by = asked.staff.person_id
            group = add(asked.tx, facts["name"], facts["kind"], by=by)
            group = change(asked.tx, asked.centre, group, facts, by=by)
            set_times(asked.tx, asked.centre, group, times, by=by)
    except Refused as error:
        return _whole(asked, None, _why(asked, error))
    return Go(f"/panel/groups/{group.id}", "done_group_made")


def look(asked: Asked) -> Page:
    """What can be changed; of a group that does not meet yet all at once."""
    return _page(asked, group_of(asked.tx, asked.path["id"]), {})


def put_facts(asked: Asked) -> Answer:
    """Name, kind, room, leader; of a group that does not meet yet its times with them."""
    group, fields = group_of(asked.tx, asked.path["id"]), Fields(asked)
    facts = _facts(asked, fields)
    times = None if group.meets else _times(asked, fields)
    if fields.errors:
        return _page(asked, group, fields.errors)
    try:
        with asked.tx.savepoint():
            group = change(asked.tx, asked.centre, group, facts, by=asked.staff.person_id)
            if times is not None:
                set_times(asked.tx, asked.centre, group, times, by=asked.staff.person_id)
    except Refused as error:
        return _page(asked, group, _why(asked, error))
    return Go(f"/panel/groups/{group.id}", "done_group_changed")


def put_times(asked: Asked) -> Answer:
    """It meets then from a day on."""
    group, fields = group_of(asked.tx, asked.path["id"]), Fields(asked)
    times = _times(asked, fields)
    if times is None:
        return _page(asked, group, fields.errors)
    try:
        with asked.tx.savepoint():
            set_times(asked.tx, asked.centre, group, times, by=asked.staff.person_id)
    except Refused as error:
        return _page(asked, group, _why(asked, error))
    return Go(f"/panel/groups/{group.id}", "done_group_times")


def finish(asked: Asked) -> Answer:
    """A day is its last."""
    group, fields = group_of(asked.tx, asked.path["id"]), Fields(asked)
    last = fields.day("end_day")
    if last and last < _today(asked):
        fields.wrong("end_day", "group_end_past")
    if fields.errors or last is None:
        return _page(asked, group, fields.errors)
    end(asked.tx, asked.centre, group, last, by=asked.staff.person_id)
    return Go(f"/panel/groups/{group.id}", "done_group_ended")


def shifts(asked: Asked) -> Page:
    """The best split as it is now, or why there is none."""
    group = group_of(asked.tx, asked.path["id"])
    values: dict[str, Any] = {"group": group, "split": None, "why": ""}
    try:
        values["split"] = propose(asked.tx, asked.centre, group)
    except Refused as error:
        values["why"] = reason(asked.words, error)
    return Page("group_split.html", values)


def confirm_shifts(asked: Asked) -> Go:
    """From now on the group comes so."""
    group = group_of(asked.tx, asked.path["id"])
    confirm(asked.tx, asked.centre, group, by=asked.staff.person_id)
    return Go(f"/panel/groups/{group.id}", "done_group_split")


def _facts(asked: Asked, fields: Fields) -> dict[str, Any]:
    staff = {str(one.person_id): one.person_id for one in members(asked.tx)}
    leader = fields.one_of("leader_id", staff)
    return {
        "name": fields.text("name", most=LONGEST),
        "kind": fields.one_of("kind", KINDS),
        "room": fields.one_of("room", {one.code for one in asked.centre.rooms}),
        "leader_id": staff[leader] if leader else None,
    }


def _times(asked: Asked, fields: Fields) -> Times | None:
    days = tuple(sorted(int(one) for one in set(asked.many.get("weekday", ())) & set("0123456")))
    if not days:
        fields.wrong("weekday", "group_no_weekday")
    every = fields.number("every", 1, MOST_WEEKS)
    starts, ends = fields.clock("starts"), fields.clock("ends")
    first, last = fields.day("first_day"), fields.day("last_day", required=False)
    if starts and ends and ends <= starts:
        fields.wrong("ends", "group_ends_first")
    if first and last and last < max(first, _today(asked)):
        fields.wrong("last_day", "group_last_first")
    if fields.errors or not (starts and ends and first and every):
        return None
    lasts = datetime.combine(date.min, ends) - datetime.combine(date.min, starts)
    return Times(Weekly(days, every), starts, int(lasts.total_seconds() // 60), first, last)


def _why(asked: Asked, error: Refused) -> dict[str, str]:
    """Beside which field it stands."""
    if isinstance(error, TooFarAhead):
        return {"first_day": asked.say("group_too_far", last=asked.words.date(error.last))}
    return {"name" if isinstance(error, GroupExists) else "weekday": reason(asked.words, error)}


def _page(asked: Asked, group: Group, errors: Mapping[str, str]) -> Page:
    if not group.meets:
        return _whole(asked, group, errors)
    values = {
        "group": group,
        "given": _given(asked, group),
        "days": _days(asked, group),
        "today": _today(asked).isoformat(),
        "errors": errors,
        **choices(asked),
    }
    return Page("group_change.html", values, 422 if errors else 200)


def _whole(asked: Asked, group: Group | None, errors: Mapping[str, str]) -> Page:
    values = {
        "group": group,
        "given": _given(asked, group),
        "days": _days(asked, group),
        "errors": errors,
        **choices(asked),
    }
    return Page("group_new.html", values, 422 if errors else 200)


def _given(asked: Asked, group: Group | None) -> dict[str, str]:
    """What was typed; else what is known."""
    known = dict.fromkeys((*FACTS, *TIMES, "end_day"), "")
    known |= {"every": "1", "first_day": _today(asked).isoformat(), "end_day": _today(asked).isoformat()}
    if group is not None:
        rhythm = rhythm_of(group)
        known |= {name: str(getattr(group, name) or "") for name in FACTS}
        known |= {"every": str(rhythm.every), "starts": rhythm.starts, "ends": rhythm.ends}
        if group.ended_on is not None:
            known["last_day"] = (group.ended_on - timedelta(days=1)).isoformat()
    return {name: asked.form.get(name, value) for name, value in known.items()}


def _days(asked: Asked, group: Group | None) -> set[str]:
    if asked.form:
        return set(asked.many.get("weekday", ()))
    return {str(one) for one in rhythm_of(group).days} if group is not None else set()


def _today(asked: Asked) -> date:
    return local(asked.tx.now, asked.centre.zone).date()


PAGES = (
    Show("/groups/new", begin, Right.GROUPS),
    Act("/groups/new", make, Right.GROUPS),
    Show("/groups/{id:int}/change", look, Right.GROUPS),
    Act("/groups/{id:int}/change", put_facts, Right.GROUPS),
    Act("/groups/{id:int}/times", put_times, Right.GROUPS),
    Act("/groups/{id:int}/end", finish, Right.GROUPS),
    Show("/groups/{id:int}/split", shifts, Right.GROUPS),
    Act("/groups/{id:int}/split", confirm_shifts, Right.GROUPS),
)
