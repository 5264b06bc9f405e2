"""Why something could not be done, in words: every reason has its own, and each says what to do next."""

from collections.abc import Sequence

from bot.dialogue import lists, told
from bot.dialogue.reply import Reply
from bot.dialogue.turn import Turn
from bot.dialogue.wish import Wish
from scheduler import errors
from scheduler.attendance import SeatGone
from scheduler.booked import visit
from scheduler.visits import FreeTime, Visit


class Changed(errors.Refused):
    """The visit is no longer as it was when the choice was offered."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit


# The first class that fits counts. A text about times is followed by the nearest, or has a twin for when there are none.
TEXTS: tuple[tuple[type[errors.Refused], str], ...] = (
    (errors.SlotTaken, "slot_taken"),
    (errors.OutOfHours, "slot_gone"),
    (errors.ClubClosed, "closed_day"),
    (errors.SlotInPast, "in_past"),
    (errors.TooSoon, "too_soon"),
    (errors.TooFar, "too_far"),
    (errors.AlreadyYours, "already_booked"),
    (errors.OwnClash, "clash_own"),
    (errors.TooManyVisits, "too_many_visits"),
    (errors.ContractEnded, "closed_signup"),
    (errors.NotEnrolled, "stranger"),
    (errors.VisitOver, "visit_over"),
    (errors.AlreadyGivenBack, "already_given_back"),
    (errors.NothingToUndo, "nothing_to_undo"),
    (errors.NoSuchVisit, "out_of_date"),
    (errors.Refused, "ask_office"),
)
NONE_FREE = {"slot_taken": "slot_taken_none"}


def refused(turn: Turn, error: errors.Refused, wish: Wish | None = None) -> Reply:
    """What to say of a refusal; `wish` is what could not be had."""
    text = next(text for kind, text in TEXTS if isinstance(error, kind))
    nearest = getattr(error, "nearest", None)
    if nearest is None:
        return _without_times(turn, error, text)
    found = _but_own(turn, wish, nearest) if wish else []
    if wish is None or not found:
        return turn.say(NONE_FREE.get(text, "slot_gone_none"))
    return lists.instead(turn, text, wish, found, asked_day=getattr(error, "day", None))


def _but_own(turn: Turn, wish: Wish, nearest: Sequence[FreeTime]) -> list[FreeTime]:
    """Without the time that a visit has which was to move."""
    own = visit(turn.tx, wish.visit_id).starts_at if wish.visit_id else None
    return [one for one in nearest if one.starts_at != own]


def _without_times(turn: Turn, error: errors.Refused, text: str) -> Reply:
    of_visit = getattr(error, "visit", None)
    if isinstance(error, errors.NoSuchVisit):
        return turn.out_of_date()
    if isinstance(error, SeatGone):
        return told.as_it_stands(turn, error.seat)
    if isinstance(error, Changed):
        return told.as_it_stands(turn, error.visit)
    if isinstance(error, errors.AlreadyYours):
        return told.already_booked(turn, error.visit)
    if of_visit is not None:
        return told.about(turn, text, of_visit)
    return turn.say("slot_gone_none" if isinstance(error, errors.OwnClash) else text)
