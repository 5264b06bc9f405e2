"""What nobody asked for, answered: TAK, NIE and ZMIEN to a reminder, and the same words with nothing open."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.dialogue import booking, sessions, told, visits, waiting
from bot.dialogue.binding import CHANGE, NO, YES, has_begun
from bot.dialogue.questions import VISIT, Question, Value
from bot.dialogue.reading.when import When
from bot.dialogue.reply import Choice, Reply
from bot.dialogue.shared import veiled
from bot.dialogue.turn import Turn
from bot.dialogue.wish import Wish
from scheduler import booked as diary
from scheduler.attendance import Meeting, Seat
from scheduler.calendar import local
from scheduler.errors import NoSuchVisit
from scheduler.visits import Visit
from storage import talk

# What each answer does with the visit that it is about.
DOING = {YES: "confirm", NO: "give_back", CHANGE: "change"}


def take(turn: Turn, question: Question, mark: str, when: When | None = None) -> Reply:
    """An answer to a message about one visit, or one session of a group.

    Raises:
        Refused: the visit can't be changed any more.
    """
    if question.session_id is not None:
        return _take_seat(turn, question, mark)
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


def _take_seat(turn: Turn, question: Question, mark: str) -> Reply:
    """A mind may change until the session begins; a NIE after a TAK is asked about."""
    seat = sessions.as_shown(turn, _seat_of(question))
    if not seat.session.is_planned or seat.starts_at <= turn.tx.now:
        return told.as_it_stands(turn, seat)
    if mark == NO and question.answered_at is not None and not seat.has_declined:
        return visits.sure(turn, seat)
    do = {YES: sessions.come, NO: sessions.decline, CHANGE: sessions.no_change}[mark]
    return do(turn, told.key(seat))


def _seat_of(question: Question) -> Value:
    return {
        "session_id": question.session_id,
        "person_id": question.person_id,
        "version": question.version,
    }


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
        return _instead_of_given_back(turn, when) or _none_open(turn)
    if len(open_ones) == 1:
        return change(turn, open_ones[0], when)
    wished = Wish().when(when).as_value("change") if when else {}
    return visits.which(turn, open_ones, "change", more=wished)


def _instead_of_given_back(turn: Turn, when: When | None) -> Reply | None:
    """Another day for what they have just given back."""
    lately = diary.given_back_lately(turn.tx, turn.person_ids)
    if not lately:
        return None
    wish = Wish(lately[0].service, person_id=lately[0].participant_id)
    return booking.offer(turn, wish.when(when) if when else wish)


def give_back_one(turn: Turn, when: When | None = None, service: str | None = None) -> Reply:
    """ODWOLAJ: the only visit, else which; the only one of the day or service that was named, if one fits."""
    if (asked := veiled(turn, {"do": "give_back_one"})) is not None:
        return asked
    open_ones = visits.open_meetings(turn)
    if not open_ones:
        return waiting.instead_of_visit(turn) or _none_open(turn)
    meant = _meant(turn, when, service)
    if len(meant) == 1:
        return _given_back(turn, meant[0])
    if len(open_ones) == 1:
        return visits.sure(turn, open_ones[0])
    return visits.which(turn, meant or open_ones, "give_back", none=True)


def _given_back(turn: Turn, meeting: Meeting) -> Reply:
    """A session is asked about once: whoever means a visit may have forgotten that there is one."""
    if isinstance(meeting, Seat):
        return visits.sure(turn, meeting)
    return visits.give_back(turn, told.key(meeting))


def _meant(turn: Turn, when: When | None, service: str | None) -> list[Meeting]:
    """What is on the day and of the service that was named; without a day of each person's sessions the next alone."""
    named = visits.open_meetings(turn, every=when is not None and when.first_day is not None)
    return [one for one in named if _fits(turn, one, when, service)][: visits.LINES]


def refuse_one(turn: Turn, when: When | None = None) -> Reply:
    """NIE with nothing open: never taken for giving back, but asked about."""
    if (asked := veiled(turn, {"do": "refuse_one"})) is not None:
        return asked
    meant = _meant(turn, when, None) or visits.open_meetings(turn)
    if not meant:
        return turn.say("nothing_to_answer")
    if len(meant) == 1:
        return visits.sure(turn, meant[0])
    return visits.which(turn, meant, "give_back", none=True)


def which_of(turn: Turn, questions: Sequence[Question], mark: str) -> Reply:
    """TAK or NIE where several visits could be meant: both days are named."""
    asked = [_about(turn, question) for question in questions]
    return visits.which(turn, asked, DOING[mark], text="yes_no_which", none=mark == NO)


def choice_of(turn: Turn, question: Question, mark: str) -> Choice:
    """The same answer as a choice beside others that are about no visit of theirs."""
    meeting = _about(turn, question)
    return Choice("which_visit_option", {"do": DOING[mark], **told.key(meeting)}, told.facts(turn, meeting))


def _about(turn: Turn, question: Question) -> Meeting:
    if question.session_id is not None:
        return sessions.as_shown(turn, _seat_of(question))
    return diary.visit(turn.tx, question.appointment_id or 0)


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
    """The questions about visits and sessions on the days and at the hour that the answer named; None if it named none."""
    if when is None or (when.first_day is None and when.at is None):
        return None
    return [
        question.id
        for question in turn.talk.unasked
        if question.begins_at is not None and _is_at(local(question.begins_at, turn.centre.zone), when)
    ]


def _is_at(starts_at: datetime, when: When) -> bool:
    return when.at in {None, starts_at.time()} and _is_within(starts_at.date(), when)


def _none_open(turn: Turn) -> Reply:
    if seats := visits.open_meetings(turn):
        return sessions.no_change(turn, told.key(seats[0]))
    begun = diary.coming(turn.tx, turn.person_ids)
    return told.about(turn, "visit_over", begun[0]) if begun else turn.say("mine_none")


def _fits(turn: Turn, visit: Meeting, when: When | None, service: str | None) -> bool:
    day = local(visit.starts_at, turn.centre.zone).date()
    return service in {None, visit.service} and (when is None or _is_within(day, when))


def _is_within(day: date, when: When) -> bool:
    return when.first_day is None or when.first_day <= day <= (when.last_day or day)
