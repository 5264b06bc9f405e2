"""/umow: book for somebody who phones. Whom, on what, which day, what time: each a list of buttons, the first after words."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.dialogue.questions import Value
from bot.dialogue.reply import Choice, Reply, numbered
from bot.dialogue.staff_said import ask, button, leave, line, say, who
from bot.dialogue.turn import Turn
from scheduler import errors
from scheduler.booked_by_staff import book_for
from scheduler.finding import Found, find, is_enough
from scheduler.free_times import Search, free_days, free_times
from scheduler.people import person

COMMAND = "umow"
PEOPLE, DAYS, HOURS = 9, 6, 12  # as many as a list has

REASONS: tuple[tuple[type[errors.Refused], str], ...] = (
    (errors.SlotTaken, "desk_gone"),
    (errors.OutOfHours, "desk_gone"),
    (errors.ClubClosed, "desk_gone"),
    (errors.SlotInPast, "desk_gone"),
    (errors.TooSoon, "desk_gone"),
    (errors.TooManyVisits, "desk_limit"),
    (errors.ContractEnded, "desk_contract"),
    (errors.AlreadyYours, "desk_clash"),
    (errors.OwnClash, "desk_clash"),
    (errors.Refused, "desk_refused"),
)


def whom(turn: Turn, said: str) -> Reply:
    """Whoever is meant, by letters of the name or digits of the number; asked for if there are none, or too few."""
    if not is_enough(said):
        return ask(turn, "desk_whom", [leave(COMMAND)])
    found = find(turn.tx, said, PEOPLE + 1)
    if not found:
        return ask(turn, "desk_whom_none", [leave(COMMAND)])
    if len(found) == 1:
        return services(turn, {"person_id": found[0].id})
    people = found[:PEOPLE]
    text = "desk_whom_which" if len(found) <= PEOPLE else "desk_whom_more"
    choices = numbered([_choice("services", "option_desk_number", person_id=one.id) for one in people])
    choices = tuple(replace(one, params={"number": one.mark}) for one in choices)
    lines = [_line(number, one) for number, one in enumerate(people, 1)]
    return ask(turn, text, [*choices, leave(COMMAND)], lines=lines)


def services(turn: Turn, value: Value) -> Reply:
    """On what, where there is more than one thing."""
    person_id, known = value["person_id"], turn.centre.enabled_services
    if len(known) == 1:
        return days(turn, {"person_id": person_id, "service": known[0].code})
    choices = [
        replace(
            _choice("days", "option_service", person_id=person_id, service=one.code),
            params={"service": one.code},
        )
        for one in known
    ]
    options = [*numbered(choices), leave(COMMAND)]
    return say(turn, "desk_service", options, person=_name(turn, person_id))


def days(turn: Turn, value: Value) -> Reply:
    """The next days on which they could come, or those after `after`."""
    wanted = _wanted(value)
    after = date.fromisoformat(value["after"]) + timedelta(days=1) if "after" in value else None
    found = free_days(turn.tx, turn.centre, replace(_search(turn, value), first_day=after), DAYS)
    if not found:
        return _said(turn, "desk_no_days", value)
    choices = [
        replace(
            _choice("hours", "option_day", **wanted, day=one.isoformat()), params={"on_day": one.isoformat()}
        )
        for one in found
    ]
    later = _choice("days", "btn_other_days", mark="0", **wanted, after=found[-1].isoformat())
    return _said(turn, "desk_days", value, [*numbered(choices), later][: DAYS + (len(found) == DAYS)])


def hours(turn: Turn, value: Value) -> Reply:
    """The free hours of a day."""
    wanted, day = _wanted(value), date.fromisoformat(value["day"])
    on_day = replace(_search(turn, value), first_day=day, last_day=day)
    found = free_times(turn.tx, turn.centre, on_day, HOURS)
    if not found:
        return _said(turn, "desk_gone", value, [_back(wanted)])
    choices = []
    for one in found:
        at = one.starts_at.isoformat()
        choices.append(replace(_choice("book", "option_hour", **wanted, at=at), params={"starts_time": at}))
    return _said(turn, "desk_hours", value, [*numbered(choices), _back(wanted)], on_day=value["day"])


def book(turn: Turn, value: Value) -> Reply:
    """Book it, in the name of whoever pressed.

    Raises:
        Refused: it can't be had.
    """
    booked = book_for(
        turn.tx,
        turn.centre,
        person_id=value["person_id"],
        service=value["service"],
        starts_at=datetime.fromisoformat(value["at"]),
        by=who(turn),
    )
    visit = booked.visit
    text = "desk_booked" if booked.told else "desk_booked_untold"
    return _said(turn, text, value, starts_at=visit.starts_at.isoformat(), place=visit.place)


def refused(turn: Turn, value: Value, error: errors.Refused) -> Reply:
    """Why that can't be had, and back to the days."""
    text = next(text for kind, text in REASONS if isinstance(error, kind))
    return _said(turn, text, value, [_back(_wanted(value))])


def _search(turn: Turn, value: Value) -> Search:
    """What that person can have, and not after the last day on which they may come."""
    until = person(turn.tx, value["person_id"]).contract_until
    return Search(value["service"], last_day=until, person_id=value["person_id"])


def _wanted(value: Value) -> Value:
    return {"person_id": value["person_id"], "service": value["service"]}


def _said(turn: Turn, text: str, value: Value, options: list[Choice] | None = None, **params: str) -> Reply:
    """A text about whom, and on what."""
    name = _name(turn, value["person_id"])
    return say(turn, text, options or (), person=name, service=value["service"], **params)


def _name(turn: Turn, person_id: int) -> str:
    """With the last digits of the number, which tell namesakes apart."""
    known = person(turn.tx, person_id)
    return f"{known.full_name} (…{known.phone[-3:]})" if known.phone else known.full_name


def _choice(step: str, key: str, *, mark: str = "", **more: Any) -> Choice:
    return button(COMMAND, step, key, mark=mark, **more)


def _back(wanted: Value) -> Choice:
    return _choice("days", "btn_desk_days", mark="0", **wanted)


def _line(number: int, one: Found) -> Value:
    if not one.phone:
        return line("desk_person_no_phone", number=number, person=one.full_name)
    return line("desk_person", number=number, person=one.full_name, ends=one.ends)
