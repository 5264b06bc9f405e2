"""Booking a visit and moving one: from a wish to a time that is had.

Whatever can't be had is raised as scheduler.errors.Refused; choices.py and answer.py put it into words.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from bot.dialogue import times, told
from bot.dialogue.questions import Value
from bot.dialogue.reply import Choice, Reply, numbered
from bot.dialogue.shared import who
from bot.dialogue.times import Asked
from bot.dialogue.turn import Turn
from bot.dialogue.visits import as_shown
from bot.dialogue.wish import Wish
from scheduler import booked, booking
from scheduler.limits import check_number

Listing = Callable[[Asked], Reply]


def offer(turn: Turn, wish: Wish) -> Reply:
    """What can be had of a wish; asks first which service, and who, where it has to."""
    return list_times(turn, wish, times.offer)


def show_times(turn: Turn, value: Value) -> Reply:
    """A choice that leads to free times."""
    return offer(turn, Wish.of(value))


def show_hours(turn: Turn, value: Value) -> Reply:
    """A day was chosen."""
    return list_times(turn, Wish.of(value), times.hours)


def show_days(turn: Turn, value: Value) -> Reply:
    """Later days."""
    after = date.fromisoformat(value["after"])
    return list_times(turn, Wish.of(value), lambda asked: times.days(asked, after))


def show_more(turn: Turn, value: Value) -> Reply:
    """The list goes on."""
    after = datetime.fromisoformat(value["after"])
    return list_times(turn, Wish.of(value), lambda asked: times.more(asked, after))


def show_others(turn: Turn, value: Value) -> Reply:
    """The one time that was proposed is not wanted."""
    but = datetime.fromisoformat(value["starts_at"])
    return list_times(turn, Wish.of(value), lambda asked: times.others(asked, but))


def book(turn: Turn, value: Value) -> Reply:
    """Book the time that was chosen."""
    person = turn.person(value["person_id"])
    if person is None:
        return turn.out_of_date()
    visit = booking.book(
        turn.tx,
        turn.centre,
        person_id=person.id,
        service=value["service"],
        starts_at=datetime.fromisoformat(value["starts_at"]),
    )
    return told.booked(turn, visit)


def move(turn: Turn, value: Value) -> Reply:
    """Move the visit to the time that was chosen; until then it stays where it was."""
    before = as_shown(turn, value)
    starts_at = datetime.fromisoformat(value["starts_at"])
    return told.moved(turn, booking.move(turn.tx, turn.centre, visit_id=before.id, starts_at=starts_at))


def list_times(turn: Turn, wish: Wish, listing: Listing, do: str = "times") -> Reply:
    """Show free times, once it is known of what and for whom, if there is any point in it.

    Args:
        do: what goes on once it is known.
    """
    own = as_shown(turn, wish.as_value("change")) if wish.visit_id else None
    wish = replace(wish, service=own.service, person_id=own.participant_id) if own else wish
    if wish.service is None:
        return which_service(turn, wish, do)
    person = turn.person(wish.person_id)
    if person is None:
        return who(turn, wish.as_value(do))
    if person.contract_until and person.contract_until < turn.today:
        return turn.say("closed_signup")
    if not own:
        check_number(turn.centre, wish.service, booked.coming(turn.tx, [person.id]))
    return listing(Asked(turn, replace(wish, person_id=person.id), person, own))


def which_service(turn: Turn, wish: Wish, do: str = "times") -> Reply:
    """With whom, keeping the days and hours that were named."""
    services = turn.centre.enabled_services
    if len(services) == 1:
        return offer(turn, replace(wish, service=services[0].code))
    choices = [
        Choice(
            "option_service",
            replace(wish, service=service.code).as_value(do),
            {"service": service.code},
        )
        for service in services
    ]
    return replace(turn.say("which_service", options=numbered(choices)), kind="service")
