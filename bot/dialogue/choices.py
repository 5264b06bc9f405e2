"""What is done with a choice once it is known which: an option of a list, a button, an answer to a question."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.dialogue import (
    announced,
    booking,
    checks,
    coming,
    consent,
    data,
    menu,
    numbers,
    office,
    sessions,
    shared,
    told,
    unasked,
    visits,
    waiting,
)
from bot.dialogue.binding import Chosen
from bot.dialogue.questions import ANNOUNCED, MEETING, Question, Value
from bot.dialogue.refusals import refused
from bot.dialogue.reply import Reply
from bot.dialogue.turn import Turn
from bot.dialogue.wish import Wish
from scheduler import booked as diary
from scheduler.errors import NoSuchVisit, Refused
from scheduler.visits import Visit
from storage import talk

Action = Callable[[Turn, Value], Reply]

# What decides something is done once: the same choice again says how things stand. The rest only leads on.
DECIDING: Mapping[str, Action] = {
    "book": booking.book,
    "move": booking.move,
    "give_back": visits.give_back,
    "confirm": checks.confirm,
    "give_back_all": checks.give_back_all,
    "undo": visits.undo,
    "decline": visits.decline,
    "keep": visits.keep,
    "wait": waiting.wait,
}
LEADING: Mapping[str, Action] = {
    "times": booking.show_times,
    "days": booking.show_days,
    "hours": booking.show_hours,
    "more": booking.show_more,
    "others": booking.show_others,
    "change": (
        lambda turn, value: (
            sessions.no_change(turn, value) if "session_id" in value else booking.show_times(turn, value)
        )
    ),
    "change_one": lambda turn, _: unasked.change_one(turn),
    "give_back_one": lambda turn, _: unasked.give_back_one(turn),
    "refuse_one": lambda turn, _: unasked.refuse_one(turn),
    "which": visits.which_of_theirs,
    "want": waiting.want,
    "earlier": waiting.earlier_than,
    "earlier_one": waiting.earlier_one,
    "stop_waiting": lambda turn, _: waiting.stop(turn),
    "take_offer": waiting.take,
    "decline_offer": waiting.decline,
    "not_today": checks.not_today,
    "undo_last": lambda turn, _: visits.undo_last(turn),
    "leave": lambda turn, _: turn.say("nothing_changed"),
    "mine": lambda turn, _: visits.mine(turn),
    "late": coming.late,
    "accompanied": coming.accompanied,
    "wrong_number": lambda turn, _: numbers.not_theirs(turn),
    "no_announcements": lambda turn, _: consent.no_announcements(turn),
    "stop": lambda turn, _: consent.stop_all(turn),
    "data": lambda turn, _: data.data(turn),
    "data_copy": lambda turn, _: data.data_copy(turn),
    "erase": lambda turn, _: data.erase(turn),
    "object": lambda turn, _: data.object_(turn),
    "new_number": lambda turn, _: data.new_number(turn),
    "call_me": lambda turn, _: office.call_me(turn),
    "help": lambda turn, _: office.help_(turn),
    "menu": lambda turn, _: menu.menu(turn),
}


def take(turn: Turn, chosen: Chosen) -> Reply:
    """Do what was chosen.

    Raises:
        Refused: it can't be done, and no other time helps.
    """
    question = chosen.question
    if checks.is_one(question) and question.option(chosen.mark):
        return checks.take(turn, question, chosen.mark)
    if question.kind == ANNOUNCED:
        return announced.read(turn, question)
    if question.kind in MEETING:
        return unasked.take(turn, question, chosen.mark)
    value = question.value(chosen.mark)
    if value is None or "do" not in value:  # a command of somebody on the staff whose chat this was
        return turn.out_of_date()
    if question.kind == shared.KIND:
        turn.speak_as(value["person_id"])
    if value["do"] in LEADING:
        return LEADING[value["do"]](turn, value)
    is_over = question.answered_at is not None
    return _already(turn, value) if is_over else _decide(turn, question, value)


def _decide(turn: Turn, question: Question, value: Value) -> Reply:
    """Do it; the question stays open only if it could not be done."""
    try:
        reply = DECIDING[value["do"]](turn, value)
    except Refused as error:
        return refused(turn, error, Wish.of(value))
    talk.answered(turn.tx, [question.id])
    return reply


def _already(turn: Turn, value: Value) -> Reply:
    """The question has had its answer: the same one again is told what is true, another is told that it came too late."""
    if value["do"] == "wait":
        return waiting.wait(turn, value)
    if "session_id" in value:
        return sessions.keep(turn, value)
    visit = _visit_of(turn, value)
    if visit is None or turn.person(visit.participant_id) is None:
        return turn.out_of_date()
    if value["do"] in {"book", "move"}:
        same = visit.is_open and visit.starts_at.isoformat() == value["starts_at"]
        return told.already_booked(turn, visit) if same else turn.out_of_date()
    return told.as_it_stands(turn, visit)


def _visit_of(turn: Turn, value: Value) -> Visit | None:
    """The one visit that the choice made or changed."""
    if value["do"] == "book":
        starts_at = datetime.fromisoformat(value["starts_at"])
        own = diary.coming(turn.tx, [value["person_id"]])
        return next((visit for visit in own if visit.starts_at == starts_at), None)
    try:
        return diary.visit(turn.tx, value.get("visit_id", 0))
    except NoSuchVisit:
        return None
