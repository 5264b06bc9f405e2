"""A visit, or a place in a group's session, as it is told to whoever it belongs to: booked, confirmed, given back, as it stands."""

from dataclasses import replace
from typing import Any

from bot.dialogue.reply import Choice, Params, Reply
from bot.dialogue.turn import Turn
from scheduler.attendance import Answer, Meeting, Seat
from scheduler.holds import held_until
from scheduler.morning import is_its_day
from scheduler.reminders import reminders
from scheduler.visits import Visit, VisitStatus

KIND = "booked"  # of the question that hangs on a visit: its buttons tell how the visit stands, however late


def booked(turn: Turn, visit: Visit) -> Reply:
    """A new visit; that a reminder follows is only said where one does."""
    text = "booked" if reminders(turn.centre, visit, turn.tx.now) else "booked_soon"
    return replace(_with_buttons(turn, text, visit), file=_file(turn, visit))


def moved(turn: Turn, visit: Visit) -> Reply:
    """A visit at its new time."""
    return replace(_with_buttons(turn, "moved", visit), file=_file(turn, visit))


def already_booked(turn: Turn, visit: Visit) -> Reply:
    """A time that is theirs already."""
    return _with_buttons(turn, "already_booked", visit)


def confirmed(turn: Turn, visit: Visit) -> Reply:
    """A visit that they will come to."""
    return _with_buttons(turn, "confirmed", visit)


def kept(turn: Turn, visit: Visit) -> Reply:
    """A visit that stays as it was."""
    return _with_buttons(turn, "kept", visit)


def undone(turn: Turn, visit: Visit) -> Reply:
    """A visit that stands again."""
    return replace(_with_buttons(turn, "undone", visit), file=_file(turn, visit))


def given_back(turn: Turn, visit: Visit) -> Reply:
    """A visit that they gave back, and until when that can be undone; on its own day the text is the same whatever the cause."""
    is_today = is_its_day(turn.centre, visit.starts_at, turn.tx.now)
    until = held_until(turn.centre, visit.starts_at, turn.tx.now)
    said = about(turn, "given_back_today" if is_today else "given_back", visit, undo_time=until.isoformat())
    if not turn.incoming.buttons:
        return said
    options = (Choice("btn_undo", {"do": "undo", **key(visit)}, mark="undo"),)
    return replace(said, options=options, kind=KIND, expires_at=visit.starts_at)


def as_it_stands(turn: Turn, visit: Meeting) -> Reply:
    """What is true of a visit or a session now, whatever was said of it before."""
    if isinstance(visit, Seat):
        return _seat_as_it_stands(turn, visit)
    if visit.status is VisitStatus.GIVEN_BACK:
        return about(turn, "already_given_back", visit)
    if not visit.is_open or visit.starts_at <= turn.tx.now:
        return about(turn, "visit_over", visit)
    if visit.status is VisitStatus.CONFIRMED:
        return confirmed(turn, visit)
    return kept(turn, visit)


def _seat_as_it_stands(turn: Turn, seat: Seat) -> Reply:
    if not seat.session.is_planned:
        return about(turn, "seat_off", seat)
    if seat.starts_at <= turn.tx.now:
        return about(turn, "visit_over", seat)
    if seat.has_declined:
        return about(turn, "seat_declined_before", seat)
    if not seat.is_expected:
        return turn.out_of_date()
    text = "seat_coming" if seat.answer is Answer.COMING else "seat_kept"
    return with_buttons(turn, about(turn, text, seat), seat)


def about(turn: Turn, text: str, visit: Meeting, **params: Any) -> Reply:
    """A text about one visit or session."""
    said = turn.say(text, **facts(turn, visit), **params)
    visit_id = visit.id if isinstance(visit, Visit) else None
    return replace(said, person_id=visit.participant_id, language=None, appointment_id=visit_id)


def facts(turn: Turn, visit: Meeting) -> dict[str, Any]:
    """What can be said of a visit or session here."""
    return {
        "service": turn.named(visit.service) if visit.service else None,
        "starts_at": visit.starts_at.isoformat(),
        "place": visit.place,
    }


def with_buttons(turn: Turn, said: Reply, visit: Meeting) -> Reply:
    """The same with what can be done with the visit, where choices are drawn as buttons; in an SMS the text names the words.

    A group's hour is not one person's to move.
    """
    if not turn.incoming.buttons:
        return said
    move = Choice("btn_move", {"do": "change", **key(visit)}, mark="move")
    back = Choice("btn_give_back", {"do": "give_back", **key(visit)}, mark="back")
    options = (move, back) if isinstance(visit, Visit) else (replace(back, key="btn_not_come"),)
    return replace(said, options=options, kind=KIND, expires_at=visit.ends_at)


def key(visit: Meeting) -> dict[str, int]:
    """Which visit or place in a session a choice is about, and as of when."""
    if isinstance(visit, Visit):
        return {"visit_id": visit.id, "version": visit.version}
    seat = visit.session
    return {"session_id": seat.id, "person_id": visit.participant_id, "version": seat.version}


def _with_buttons(turn: Turn, text: str, visit: Visit) -> Reply:
    return with_buttons(turn, about(turn, text, visit), visit)


def _file(turn: Turn, visit: Visit) -> Params | None:
    if not turn.incoming.buttons:
        return None
    return {
        "kind": "ics",
        "appointment_id": visit.id,
        "version": visit.version,
        "starts_at": visit.starts_at.isoformat(),
        "ends_at": visit.ends_at.isoformat(),
        "place": visit.place,
    }
