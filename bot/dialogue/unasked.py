"""What nobody asked for, answered: TAK, NIE and ZMIEN to a reminder, and the same words with nothing open."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.dialogue import booking, told, visits, waiting
from bot.dialogue.binding import CHANGE, NO, YES, has_begun
from bot.dialogue.questions import VISIT, Question
from bot.dialogue.reading.when import When
from bot.dialogue.reply import Choice, Reply
from bot.dialogue.shared import veiled
from bot.dialogue.turn import Turn
from bot.dialogue.wish import Wish
from scheduler import booked as diary
from scheduler.calendar import local
from scheduler.errors import NoSuchVisit
from scheduler.visits import Visit
from storage import talk

# What each answer does with the visit that it is about.
DOING = {YES: "confirm", NO: "give_back", CHANGE: "change"}


def take(turn: Turn, question: Question, mark: str, when: When | None = None) -> Reply:
    """An answer to a message about one visit.

    Raises:
        Refused: the visit can't be changed any more.
    """
    late = question.answered_at is not None or not question.stands or has_begun(question, turn.tx.now)
    value = {"visit_id": question.appointment_id, "version": question.version}
    if mark == YES and not late:
        return visits.confirm(turn, value)
    if mark == NO and not late:
        return visits.give_back(turn, value)
    visit = diary.visit(turn.tx, question.appointment_id or 0)
    if turn.person(visit.participant_id) is None:
        raise NoSuchVisit
    return _too_late(turn, visit, mark) if late else change(turn, visit, when)


def _too_late(turn: Turn, visit: Visit, mark: str) -> Reply:
    """Answered before, changed since, or begun: what is true is told, and a NIE is asked about, never guessed."""
    stands = visit.is_open and visit.starts_at > turn.tx.now
    if stands and mark == NO:
        return visits.sure(turn, visit)
    if stands and mark == CHANGE:
        return change(turn, visit, None)
    return told.as_it_stands(turn, visit)


def change(turn: Turn, visit: Visit, when: When | None) -> Reply:
    """Other times for a visit, at the days and hours that were named."""
    wish = Wish.to_move(visit)
    return booking.offer(turn, wish.when(when) if when else wish)


def change_one(turn: Turn, when: When | None = None) -> Reply:
    """ZMIEN with nothing open: the only visit, else which."""
    if (asked := veiled(turn, {"do": "change_one"})) is not None:
        return asked
    open_ones = visits.open_visits(turn)
    if not open_ones:
        return _none_open(turn)
    if len(open_ones) == 1:
        return change(turn, open_ones[0], when)
    wished = Wish().when(when).as_value("change") if when else {}
    return visits.which(turn, open_ones, "change", more=wished)


def give_back_one(turn: Turn, when: When | None = None, service: str | None = None) -> Reply:
    """ODWOLAJ: the only visit, else which; the only one of the day or service that was named, if one fits."""
    if (asked := veiled(turn, {"do": "give_back_one"})) is not None:
        return asked
    open_ones = visits.open_visits(turn)
    if not open_ones:
        return waiting.instead_of_visit(turn) or _none_open(turn)
    meant = [visit for visit in open_ones if _fits(turn, visit, when, service)]
    if len(meant) == 1:
        return visits.give_back(turn, {"visit_id": meant[0].id, "version": meant[0].version})
    if len(open_ones) == 1:
        return visits.sure(turn, open_ones[0])
    return visits.which(turn, meant or open_ones, "give_back", none=True)


def refuse_one(turn: Turn, when: When | None = None) -> Reply:
    """NIE with nothing open: never taken for giving back, but asked about."""
    if (asked := veiled(turn, {"do": "refuse_one"})) is not None:
        return asked
    open_ones = visits.open_visits(turn)
    meant = [visit for visit in open_ones if _fits(turn, visit, when, None)] or open_ones
    if not meant:
        return turn.say("nothing_to_answer")
    if len(meant) == 1:
        return visits.sure(turn, meant[0])
    return visits.which(turn, meant, "give_back", none=True)


def which_of(turn: Turn, questions: Sequence[Question], mark: str) -> Reply:
    """TAK or NIE where several visits could be meant: both days are named."""
    asked = [diary.visit(turn.tx, question.appointment_id or 0) for question in questions]
    return visits.which(turn, asked, DOING[mark], text="yes_no_which", none=mark == NO)


def choice_of(turn: Turn, question: Question, mark: str) -> Choice:
    """The same answer as a choice beside others that are about no visit of theirs."""
    visit = diary.visit(turn.tx, question.appointment_id or 0)
    value = {"do": DOING[mark], "visit_id": visit.id, "version": visit.version}
    return Choice("which_visit_option", value, told.facts(turn, visit))


def just_reminded(turn: Turn) -> Question | None:
    """The message about one visit that was the last thing said here, if it still waits."""
    last = talk.last_said(turn.tx, turn.address.id) if turn.talk.unasked else None
    return next(
        (
            one
            for one in turn.talk.unasked
            if one.message_id == last
            and one.kind == VISIT
            and one.waits(turn.tx.now)
            and one.stands
            and not has_begun(one, turn.tx.now)
        ),
        None,
    )


def is_on(turn: Turn, question: Question, when: When) -> bool:
    """Whether the visit that was asked about is on the very days that are named."""
    if when.first_day is None or question.visit_starts_at is None:
        return False
    return _is_at(local(question.visit_starts_at, turn.centre.zone), when)


def at_times(turn: Turn, when: When | None) -> list[int] | None:
    """The visits, of those that were asked about, on the days and at the hour that the answer named; None if it named none."""
    if when is None or (when.first_day is None and when.at is None):
        return None
    return [
        question.appointment_id
        for question in turn.talk.unasked
        if question.appointment_id is not None
        and question.visit_starts_at is not None
        and _is_at(local(question.visit_starts_at, turn.centre.zone), when)
    ]


def _is_at(starts_at: datetime, when: When) -> bool:
    return when.at in {None, starts_at.time()} and _is_within(starts_at.date(), when)


def _none_open(turn: Turn) -> Reply:
    begun = diary.coming(turn.tx, turn.person_ids)
    return told.about(turn, "visit_over", begun[0]) if begun else turn.say("mine_none")


def _fits(turn: Turn, visit: Visit, when: When | None, service: str | None) -> bool:
    day = local(visit.starts_at, turn.centre.zone).date()
    return service in {None, visit.service} and (when is None or _is_within(day, when))


def _is_within(day: date, when: When) -> bool:
    return when.first_day is None or when.first_day <= day <= (when.last_day or day)
