"""Waiting for a time: asking to, an earlier time, giving it up, and the answer to a time that is offered."""

from dataclasses import replace
from datetime import time

from bot.dialogue import booking, lists, told, visits
from bot.dialogue.binding import FRESH
from bot.dialogue.questions import Question, Value
from bot.dialogue.reading.understand import Meaning
from bot.dialogue.refusals import refused
from bot.dialogue.reply import Reply
from bot.dialogue.shared import veiled, who
from bot.dialogue.times import SMS_LINES, Asked
from bot.dialogue.turn import Turn
from bot.dialogue.visits import as_shown
from bot.dialogue.wish import Wish
from bot.dialogue.wishes import begun, of_list
from scheduler import errors, offers, waiting
from scheduler.calendar import local
from scheduler.free_times import free_times
from scheduler.visits import Visit
from storage import talk

NOON = time(12)
FASTER = (
    errors.SlotTaken,
    errors.OutOfHours,
    errors.ClubClosed,
    errors.SlotInPast,
    errors.TooSoon,
    errors.TooFar,
)


def ask(turn: Turn, meaning: Meaning) -> Reply:
    """In words: after a list that does not suit they wait for what it was about, else what is free is shown first."""
    last = _fresh(turn)
    shown = last and _to_wait(last)
    if shown and meaning.service in {None, shown["service"]}:
        wish = Wish.of(shown)
        value = (wish.when(meaning.when) if meaning.when else wish).as_value("wait")
        return wait(turn, value | {"earlier": shown.get("earlier", False)})
    wish = of_list(last) if last and not meaning.service else begun(turn, meaning)
    wish = wish.when(meaning.when) if meaning.when else wish
    if wish.service and not meaning.service:
        return wait(turn, wish.as_value("wait"))
    return booking.list_times(turn, wish, _first_what_is_free, "want")


def want(turn: Turn, value: Value) -> Reply:
    """The same, once it is known with whom, or for whom."""
    return booking.list_times(turn, Wish.of(value), _first_what_is_free, "want")


def wait(turn: Turn, value: Value) -> Reply:
    """From now on they wait; a time that is offered to them later is one that is not free now."""
    wish = Wish.of(value)
    if wish.visit_id:
        wish = replace(wish, person_id=as_shown(turn, value).participant_id)
    person = turn.person(wish.person_id)
    if person is None:
        return who(turn, value)
    if wish.service is None or (wish.last_day and wish.last_day < turn.today):
        return turn.out_of_date()
    begins, ends = _part_of_day(wish)
    found = waiting.wait(
        turn.tx,
        turn.centre,
        waiting.Wish(
            person.id,
            wish.service,
            wish.first_day,
            wish.last_day,
            begins,
            ends,
            wish.visit_id,
            bool(value.get("earlier")),
        ),
    )
    return turn.say("waiting_begun", service=turn.named(found.service), until_day=found.last_day.isoformat())


def earlier(turn: Turn, meaning: Meaning) -> Reply:
    """An earlier time for the visit that they have; without one the earliest there is."""
    open_ones = visits.open_visits(turn)
    if (asked := veiled(turn, {"do": "earlier_one"})) is not None:
        return asked
    if not open_ones:
        return booking.offer(turn, begun(turn, meaning))
    meant = [visit for visit in open_ones if meaning.service in {None, visit.service}] or open_ones
    return _earlier_of(turn, meant[0]) if len(meant) == 1 else visits.which(turn, meant, "earlier")


def earlier_one(turn: Turn, _: Value) -> Reply:
    """The same, once it is known who asks."""
    open_ones = visits.open_visits(turn)
    if not open_ones:
        return turn.say("mine_none")
    return (
        _earlier_of(turn, open_ones[0]) if len(open_ones) == 1 else visits.which(turn, open_ones, "earlier")
    )


def earlier_than(turn: Turn, value: Value) -> Reply:
    """It is known which visit is meant."""
    return _earlier_of(turn, as_shown(turn, value))


def stop(turn: Turn, service: str | None = None) -> Reply:
    """They do not want to wait any more; on a shared phone it is asked who, where several wait."""
    own = [
        one
        for one in waiting.waiting_of(turn.tx, turn.centre, turn.person_ids)
        if service in {None, one.service}
    ]
    if not own:
        return turn.say("waiting_none")
    if len({one.person_id for one in own}) > 1:
        return who(turn, {"do": "stop_waiting"})
    waiting.stop(turn.tx, [one.id for one in own])
    return turn.say("waiting_ended")


def instead_of_visit(turn: Turn) -> Reply | None:
    """ODWOLAJ without a visit: the one thing that they wait for, if there is just one."""
    own = waiting.waiting_of(turn.tx, turn.centre, turn.person_ids)
    return stop(turn) if len(own) == 1 else None


def take(turn: Turn, value: Value) -> Reply:
    """TAK to a time that is offered: the first has it, the others are told and keep their place."""
    if turn.person(value["person_id"]) is None:
        raise errors.NoSuchVisit
    _close(turn, value)
    try:
        visit = offers.accept(turn.tx, turn.centre, value["offer_id"])
    except offers.OfferOver:
        return turn.say("waiting_over")
    except errors.AlreadyYours as error:
        return told.already_booked(turn, error.visit)
    except errors.Refused as error:
        offers.lose(turn.tx, value["offer_id"])
        return turn.say("waiting_lost") if isinstance(error, FASTER) else refused(turn, error)
    return told.moved(turn, visit) if visit.version > 1 else told.booked(turn, visit)


def decline(turn: Turn, value: Value) -> Reply:
    """NIE to it: the place on the list stays. If they have taken it before, it is asked whether to give it back."""
    if turn.person(value["person_id"]) is None:
        raise errors.NoSuchVisit
    _close(turn, value)
    had = offers.decline(turn.tx, value["offer_id"])
    return visits.sure(turn, had) if had else turn.say("waiting_declined")


def _first_what_is_free(asked: Asked) -> Reply:
    """What fits and is free; they wait if nothing is."""
    turn, wish = asked.turn, asked.wish
    found = free_times(turn.tx, turn.centre, wish.search(asked.person), SMS_LINES)
    return (
        lists.instead(turn, "times_before_waiting", wish, found)
        if found
        else wait(turn, wish.as_value("wait"))
    )


def _earlier_of(turn: Turn, visit: Visit) -> Reply:
    wish, person = Wish.to_move(visit), turn.person(visit.participant_id)
    assert person is not None
    day = local(visit.starts_at, turn.centre.zone).date()
    search = replace(wish.search(person), last_day=day)
    found = free_times(turn.tx, turn.centre, search, SMS_LINES)
    return lists.earlier(turn, wish, [one for one in found if one.starts_at < visit.starts_at])


def _fresh(turn: Turn) -> Question | None:
    """What was asked for last, if it has just been."""
    last = turn.talk.asked[0] if turn.talk.asked else None
    is_fresh = last is not None and last.waits(turn.tx.now) and last.posted_at > turn.tx.now - FRESH
    return last if is_fresh else None


def _to_wait(last: Question) -> Value | None:
    """What the list would have them wait for."""
    return next((option["value"] for option in last.options if option["value"]["do"] == "wait"), None)


def _part_of_day(wish: Wish) -> tuple[time | None, time | None]:
    """From when and until when; of a very hour its half of the day."""
    if wish.at is None:
        return wish.from_time, wish.until_time
    return (None, NOON) if wish.at < NOON else (NOON, None)


def _close(turn: Turn, value: Value) -> None:
    """The offer has its answer, whichever way it came."""
    asked = [
        question.id
        for question in turn.talk.unasked
        if any(option["value"].get("offer_id") == value["offer_id"] for option in question.options)
    ]
    talk.answered(turn.tx, asked)
