"""A visit as it is told to whoever it belongs to: booked, moved, confirmed, given back, as it stands."""

from dataclasses import replace
from typing import Any

from bot.dialogue.reply import Choice, Params, Reply
from bot.dialogue.turn import Turn
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
    options = (Choice("btn_undo", {"do": "undo", **_key(visit)}, mark="undo"),)
    return replace(said, options=options, kind=KIND, expires_at=visit.starts_at)


def as_it_stands(turn: Turn, visit: Visit) -> Reply:
    """What is true of a visit now, whatever was said of it before."""
    if visit.status is VisitStatus.GIVEN_BACK:
        return about(turn, "already_given_back", visit)
    if not visit.is_open or visit.starts_at <= turn.tx.now:
        return about(turn, "visit_over", visit)
    if visit.status is VisitStatus.CONFIRMED:
        return confirmed(turn, visit)
    return kept(turn, visit)


def about(turn: Turn, text: str, visit: Visit, **params: Any) -> Reply:
    """A text about one visit."""
    said = turn.say(text, **facts(turn, visit), **params)
    return replace(said, person_id=visit.participant_id, language=None, appointment_id=visit.id)


def facts(turn: Turn, visit: Visit) -> dict[str, Any]:
    """What can be said of a visit here."""
    return {
        "service": turn.named(visit.service),
        "starts_at": visit.starts_at.isoformat(),
        "place": visit.place,
    }


def with_buttons(turn: Turn, said: Reply, visit: Visit) -> Reply:
    """The same with what can be done with the visit, where choices are drawn as buttons; in an SMS the text names the words."""
    if not turn.incoming.buttons:
        return said
    options = (
        Choice("btn_move", {"do": "change", **_key(visit)}, mark="move"),
        Choice("btn_give_back", {"do": "give_back", **_key(visit)}, mark="back"),
    )
    return replace(said, options=options, kind=KIND, expires_at=visit.ends_at)


def _key(visit: Visit) -> dict[str, int]:
    return {"visit_id": visit.id, "version": visit.version}


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
