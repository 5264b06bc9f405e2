"""A group's session in the conversation: told like a visit, answered for one person alone, its group never named."""

from dataclasses import replace

from bot.dialogue import told
from bot.dialogue.questions import Value
from bot.dialogue.reply import Choice, Reply
from bot.dialogue.turn import Turn
from scheduler import attendance
from scheduler.attendance import Seat, SeatGone
from scheduler.errors import NoSuchVisit
from scheduler.morning import is_its_day
from storage import talk


def come(turn: Turn, value: Value) -> Reply:
    """They come; who had declined comes again, while their own time is free."""
    before = as_shown(turn, value)
    seat = attendance.come(
        turn.tx, turn.centre, session_id=before.session.id, person_id=before.participant_id
    )
    close(turn, seat)
    text = "seat_undone" if before.has_declined else "seat_coming"
    return told.with_buttons(turn, told.about(turn, text, seat), seat)


def decline(turn: Turn, value: Value) -> Reply:
    """They do not come; on the session's own day the text is a visit's, the same whatever the cause."""
    before = as_shown(turn, value)
    if before.has_declined:
        return told.as_it_stands(turn, before)
    seat = attendance.decline(turn.tx, session_id=before.session.id, person_id=before.participant_id)
    close(turn, seat)
    is_today = is_its_day(turn.centre, seat.starts_at, turn.tx.now)
    said = told.about(turn, "given_back_today" if is_today else "seat_declined", seat)
    if not turn.incoming.buttons:
        return said
    options = (Choice("btn_undo", {"do": "undo", **told.key(seat)}, mark="undo"),)
    return replace(said, options=options, kind=told.KIND, expires_at=seat.starts_at)


def keep(turn: Turn, value: Value) -> Reply:
    """It stays as it was."""
    return told.as_it_stands(turn, as_shown(turn, value))


def no_change(turn: Turn, value: Value) -> Reply:
    """A group's hour is not one person's to move."""
    return told.about(turn, "seat_no_change", as_shown(turn, value))


def as_shown(turn: Turn, value: Value) -> Seat:
    """The place of a choice, if the session is as it was when the choice was offered.

    Raises:
        NoSuchVisit: there is none, or it is of nobody here. SeatGone: the session has moved since.
    """
    if turn.person(value["person_id"]) is None:
        raise NoSuchVisit
    seat = attendance.seat(turn.tx, value["session_id"], value["person_id"])
    if value.get("version") not in {None, seat.session.version}:
        raise SeatGone(seat)
    return seat


def close(turn: Turn, seat: Seat) -> None:
    """What this person was asked about the session has its answer."""
    asked = [
        question.id
        for question in turn.talk.unasked
        if (question.session_id, question.person_id) == (seat.session.id, seat.participant_id)
    ]
    if asked:
        talk.answered(turn.tx, asked)
