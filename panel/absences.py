"""Who is away and which room is shut: the list, what a new absence touches, settling it, and its end."""

from datetime import date, datetime, time
from typing import Any

from panel.asked import Act, Asked, Go, Page, Show
from panel.fields import Fields
from panel.settling import carry_out, days, touched, when
from panel.times import number
from scheduler.absences import Absence, absence, absences_to_come, end, who_can_be_away
from scheduler.calendar import day_span, local
from scheduler.changes import not_today
from scheduler.errors import NotASpecialist
from scheduler.impact import Away, Change, RoomShut
from scheduler.rights import Right
from scheduler.week import here_today

LONGEST = 366  # days
FIELDS = ("specialist", "first", "from", "last", "until", "room", "instead", "room_first", "room_last")


def show(asked: Asked) -> Page:
    """Those to come, the forms of new ones, and a button for each who would serve today."""
    return _page(asked, Fields(asked), None)


def look(asked: Asked) -> Page:
    """What somebody's absence would touch."""
    fields = Fields(asked)
    return _page(asked, fields, _away(fields), act="/panel/absences/away")


def leave(asked: Asked) -> Page:
    """Somebody is away then, and everybody has been told."""
    fields = Fields(asked)
    return _carry_out(asked, fields, _away(fields))


def look_room(asked: Asked) -> Page:
    """What a shut room would touch."""
    fields = Fields(asked)
    return _page(asked, fields, _shut(fields), act="/panel/absences/room/shut")


def shut(asked: Asked) -> Page:
    """The room is shut then, and everybody has been told."""
    fields = Fields(asked)
    return _carry_out(asked, fields, _shut(fields))


def look_again(asked: Asked) -> Page:
    """What still stands in an absence that is known."""
    found = absence(asked.tx, asked.path["id"])
    change = _known(found)
    values = {"absence": found, "room": _room(asked, found), "change": change} | {
        "when": when(asked, found.starts_at, found.ends_at)
    }
    return Page("absence.html", values | (touched(asked, change) if change else {}))


def settle_rest(asked: Asked) -> Page:
    """The same, settled."""
    change = _known(absence(asked.tx, asked.path["id"]))
    return _carry_out(asked, Fields(asked), change)


def stop(asked: Asked) -> Go:
    """They are here again, or the room is open again."""
    ended = end(asked.tx, asked.centre, asked.path["id"], by=asked.staff.person_id)
    return Go("/panel/absences", "done_absence_room" if ended.room else "done_absence_ended")


def leave_today(asked: Asked) -> Go:
    """Somebody called in: from now on nobody books with them today; what becomes of the visits comes next."""
    specialist_id = number(asked.form.get("specialist"))
    if specialist_id is None:
        raise NotASpecialist
    not_today(asked.tx, asked.centre, specialist_id, by=asked.staff.person_id)
    now = [one for one in absences_to_come(asked.tx) if one.specialist_id == specialist_id]
    known = next(one for one in now if one.starts_at <= asked.tx.now)
    return Go(f"/panel/absences/{known.id}", "done_absence_today", known.id)


def _carry_out(asked: Asked, fields: Fields, change: Change | None) -> Page:
    if change is None:
        return _page(asked, fields, None, status=422)
    return carry_out(asked, change, ("/panel/absences", asked.say("absences_title")))


def _known(found: Absence) -> Away | None:
    """None for a room: where its visits go was said when it was shut."""
    if found.specialist_id is None:
        return None
    return Away(found.specialist_id, found.starts_at, found.ends_at)


def _away(fields: Fields) -> Away | None:
    """None if something is missing or wrong."""
    asked = fields.asked
    whose = fields.one_of("specialist", {str(one) for one, _ in who_can_be_away(asked.tx)})
    days = _days(fields)
    begins, ends = fields.clock("from", required=False), fields.clock("until", required=False)
    if days is None or whose is None or fields.errors:
        return None
    starts_at, ends_at = day_span(*days, asked.centre.zone)
    starts_at = _at(fields, days[0], begins, "from") or starts_at
    ends_at = _at(fields, days[1], ends, "until") or ends_at
    if ends_at <= max(starts_at, asked.tx.now):
        fields.wrong("until" if ends else "last", "absences_order")
    return None if fields.errors else Away(int(whose), starts_at, ends_at)


def _at(fields: Fields, day: date, clock: time | None, name: str) -> datetime | None:
    return fields.moment(day, clock, name) if clock else None


def _shut(fields: Fields) -> RoomShut | None:
    rooms = {room.code for room in fields.asked.centre.rooms}
    room, instead = fields.one_of("room", rooms), fields.one_of("instead", rooms)
    days = _days(fields, "room_first", "room_last")
    if room and room == instead:
        fields.wrong("instead", "absences_same_room")
    if room is None or instead is None or days is None or fields.errors:
        return None
    return RoomShut(room, instead, *days)


def _days(fields: Fields, begin: str = "first", end: str = "last") -> tuple[date, date] | None:
    """Both counted; one day where the last is not said."""
    first = fields.day(begin)
    last = fields.day(end, required=False) or first
    if first is None or last is None:
        return None
    if first < local(fields.asked.tx.now, fields.asked.centre.zone).date():
        fields.wrong(begin, "closures_past")
    if last < first:
        fields.wrong(end, "closures_order")
    if (last - first).days > LONGEST:
        fields.wrong(end, "closures_long")
    return first, last


def _page(asked: Asked, fields: Fields, change: Change | None, act: str = "", status: int = 200) -> Page:
    found = absences_to_come(asked.tx)
    values: dict[str, Any] = {
        "absences": [
            (one, _room(asked, one), one.starts_at <= asked.tx.now, when(asked, one.starts_at, one.ends_at))
            for one in found
        ],
        "people": who_can_be_away(asked.tx),
        "rooms": [(room.code, room.number) for room in asked.centre.rooms],
        "serving": here_today(asked.tx, asked.centre),
        "given": {name: fields.given.get(name, "") for name in FIELDS},
        "errors": fields.errors,
        "change": change,
        "act": act,
        "whose": _whose(asked, change),
        "when": _when(asked, change),
    }
    return Page("absences.html", values | (touched(asked, change) if change else {}), status)


def _when(asked: Asked, change: Change | None) -> str:
    if isinstance(change, Away):
        return when(asked, change.starts_at, change.ends_at)
    return days(asked, change.first, change.last) if isinstance(change, RoomShut) else ""


def _whose(asked: Asked, change: Change | None) -> str:
    if isinstance(change, Away):
        return dict(who_can_be_away(asked.tx))[change.specialist_id]
    return (
        asked.say("today_room", room=asked.centre.room(change.room).number)
        if isinstance(change, RoomShut)
        else ""
    )


def _room(asked: Asked, one: Absence) -> str:
    """What stands on the door; empty for somebody's absence."""
    if one.room is None:
        return ""
    known = asked.centre.room(one.room).number if asked.centre.has_room(one.room) else one.room
    return asked.say("today_room", room=known)


PAGES = (
    Show("/absences", show, Right.TIMETABLE),
    Show("/absences/new", look, Right.TIMETABLE),
    Act("/absences/away", leave, Right.TIMETABLE),
    Show("/absences/room", look_room, Right.TIMETABLE),
    Act("/absences/room/shut", shut, Right.TIMETABLE),
    Act("/absences/not-today", leave_today, Right.TIMETABLE),
    Show("/absences/{id:int}", look_again, Right.TIMETABLE),
    Act("/absences/{id:int}/settle", settle_rest, Right.TIMETABLE),
    Act("/absences/{id:int}/end", stop, Right.TIMETABLE),
)
