"""A person's visits: which there are, which one is meant, and giving one back."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue import sessions, told
from bot.dialogue.binding import NO, YES
from bot.dialogue.questions import Value
from bot.dialogue.refusals import Changed, refused
from bot.dialogue.reply import Choice, Reply, numbered
from bot.dialogue.shared import names_of, veiled, who
from bot.dialogue.turn import Turn
from bot.dialogue.wish import Wish
from scheduler import booked as diary
from scheduler import booking
from scheduler.attendance import Meeting, Seat, coming_seats, declined_last
from scheduler.errors import AlreadyGivenBack, NoSuchVisit, NothingToUndo, Refused, VisitOver
from scheduler.visits import Visit, VisitStatus
from scheduler.waiting import waiting_of
from storage import talk

# What an SMS holds of visits in the widest language; more are told of one person at a time.
LINES = 3
NAMED_LINES = 2


def mine(turn: Turn) -> Reply:
    """The visits of whoever may be speaking; on a shared phone each with the first name, and no service."""
    if (asked := veiled(turn, {"do": "mine"})) is not None:
        return asked
    own = _own(turn)
    waits = bool(waiting_of(turn.tx, turn.centre, turn.person_ids))
    if not own:
        return turn.say("mine_waiting" if waits else "mine_none")
    if turn.is_anybodys and len(own) > LINES:
        return who(turn, {"do": "mine"})
    if len(own) == 1 and not turn.is_shared and not waits:
        text = "seat_mine" if isinstance(own[0], Seat) else "mine_one"
        return told.with_buttons(turn, told.about(turn, text, own[0]), own[0])
    line = "mine_shared_line" if turn.is_shared else "mine_line"
    lines = [{"key": line, "params": {**told.facts(turn, visit), **_name(turn, visit)}} for visit in own]
    if waits and len(lines) < LINES:
        lines.append({"key": "mine_waits", "params": {}})
    return replace(turn.say("mine", visits=lines, options=_buttons(turn)), kind="mine")


def _own(turn: Turn) -> list[Meeting]:
    """Their visits with the next session of each, else their next sessions: those of a series are many."""
    own = diary.coming(turn.tx, turn.person_ids)
    seats = coming_seats(turn.tx, turn.person_ids)
    listed = _next_of_each(seats) if own or turn.is_anybodys else seats[:LINES]
    together = by_start(own, listed)
    return together[: max(LINES, len(own))] if listed else together


def open_meetings(turn: Turn, *, every: bool = False) -> list[Meeting]:
    """The visits that can still be changed, and the next session of each; or every session, where a day was named."""
    seats = [seat for seat in coming_seats(turn.tx, turn.person_ids) if seat.starts_at > turn.tx.now]
    listed = seats if every else _next_of_each(seats)
    return by_start(open_visits(turn), listed)


def by_start(visits: Sequence[Visit], seats: Sequence[Seat]) -> list[Meeting]:
    """Visits and sessions as one list."""
    together: list[Meeting] = [*visits, *seats]
    return sorted(together, key=lambda one: one.starts_at)


def _next_of_each(seats: Sequence[Seat]) -> list[Seat]:
    first: dict[int, Seat] = {}
    for seat in seats:
        first.setdefault(seat.participant_id, seat)
    return list(first.values())


def open_visits(turn: Turn) -> list[Visit]:
    """The visits that can still be changed."""
    return [visit for visit in diary.coming(turn.tx, turn.person_ids) if visit.starts_at > turn.tx.now]


def which(
    turn: Turn,
    visits: Sequence[Meeting],
    do: str,
    *,
    text: str = "which_visit",
    none: bool = False,
    more: Value | None = None,
) -> Reply:
    """Ask which of these visits is meant.

    Args:
        do: what is done with the one that is chosen.
        none: none of them can be chosen too.
        more: what else the choice has to keep.
    """
    if turn.is_anybodys and len(visits) > NAMED_LINES:
        among = [told.key(visit) for visit in visits]
        return who(
            turn, {"do": "which", "among": among, "doing": do, "text": text, "none": none, "more": more}
        )
    key = "which_visit_option_named" if turn.is_anybodys else "which_visit_option"
    choices = [
        Choice(
            key,
            {**(more or {}), "do": do, **told.key(visit)},
            {**told.facts(turn, visit), **_name(turn, visit)},
        )
        for visit in visits
    ]
    if none:
        choices.append(Choice("option_none", {"do": "leave"}))
    return replace(turn.say(text, options=numbered(choices)), kind="visits")


def which_of_theirs(turn: Turn, value: Value) -> Reply:
    """Who is meant has been answered: now which of their visits."""
    found = [_of(turn, one) for one in value["among"]]
    theirs = [visit for visit in found if visit.participant_id in turn.person_ids]
    return (
        which(turn, theirs, value["doing"], text=value["text"], none=value["none"], more=value["more"])
        if theirs
        else turn.say("mine_none")
    )


def _of(turn: Turn, value: Value) -> Meeting:
    return (
        sessions.as_shown(turn, value) if "session_id" in value else diary.visit(turn.tx, value["visit_id"])
    )


def sure(turn: Turn, visit: Meeting) -> Reply:
    """Ask whether that visit is to be given back, or a session not come to: nobody said so plainly."""
    is_seat = isinstance(visit, Seat)
    back, stays = ("btn_not_come", "btn_come") if is_seat else ("btn_give_back", "btn_keep")
    answers = (
        Choice(back, {"do": "give_back", **told.key(visit)}, told.facts(turn, visit), YES),
        Choice(stays, {"do": "keep", **told.key(visit)}, {}, NO),
    )
    text = "seat_sure" if is_seat else "give_back_sure"
    return replace(told.about(turn, text, visit), options=answers, kind="confirm")


def give_back(turn: Turn, value: Value) -> Reply:
    """Give the chosen visit back; to a session they do not come."""
    if "session_id" in value:
        return sessions.decline(turn, value)
    visit = as_shown(turn, value)
    given_back = booking.give_back(turn.tx, turn.centre, visit_id=visit.id)
    close(turn, visit)
    return told.given_back(turn, given_back)


def undo(turn: Turn, value: Value) -> Reply:
    """Take the giving back of the visit of a button back; to a session they come after all."""
    if "session_id" in value:
        return sessions.come(turn, value)
    visit = diary.visit(turn.tx, value["visit_id"])
    if turn.person(visit.participant_id) is None:
        raise NoSuchVisit
    if visit.version != value["version"]:
        raise Changed(visit)
    return _undone(turn, visit)


def undo_last(turn: Turn) -> Reply:
    """COFNIJ: the last giving back of whoever speaks; on a shared phone it is asked whose, where two have given back."""
    lately = _given_back(turn, turn.person_ids)
    if not lately and turn.is_shared:
        lately = _given_back(turn, [person.id for person in turn.people])
    if not lately:
        raise NothingToUndo
    if len({visit.participant_id for visit in lately}) > 1:
        return who(turn, {"do": "undo_last"})
    return _undone(turn, lately[0])


def _given_back(turn: Turn, person_ids: Sequence[int]) -> list[Meeting]:
    """The visits given back lately; before them the sessions that were declined after the last of those."""
    return [*declined_last(turn.tx, person_ids), *diary.given_back_lately(turn.tx, person_ids)]


def _undone(turn: Turn, visit: Meeting) -> Reply:
    """The visit stands again; if somebody else has its time by now, the nearest are offered instead."""
    if isinstance(visit, Seat):
        return sessions.come(turn, told.key(visit))
    try:
        return told.undone(turn, booking.undo(turn.tx, turn.centre, visit_id=visit.id))
    except Refused as error:
        return refused(turn, error, Wish(visit.service, person_id=visit.participant_id))


def confirm(turn: Turn, value: Value) -> Reply:
    """They will come."""
    if "session_id" in value:
        return sessions.come(turn, value)
    visit = as_shown(turn, value)
    confirmed = booking.confirm(turn.tx, visit_id=visit.id)
    close(turn, visit)
    return told.confirmed(turn, confirmed)


def decline(turn: Turn, value: Value) -> Reply:
    """The time that the club proposes is not wanted; nobody loses anything by that."""
    if turn.person(value["person_id"]) is None:
        raise NoSuchVisit
    return turn.say("offer_declined")


def keep(turn: Turn, value: Value) -> Reply:
    """The visit stays."""
    if "session_id" in value:
        return sessions.keep(turn, value)
    return told.kept(turn, as_shown(turn, value))


def as_shown(turn: Turn, value: Value) -> Visit:
    """The visit of a choice, if it can still be changed and is as it was when the choice was offered.

    Raises:
        NoSuchVisit: there is none, or it is of nobody here. VisitOver, AlreadyGivenBack, Changed.
    """
    visit = diary.visit(turn.tx, value["visit_id"])
    if turn.person(visit.participant_id) is None:
        raise NoSuchVisit
    if visit.status is VisitStatus.GIVEN_BACK:
        raise AlreadyGivenBack(visit)
    if not visit.is_open or visit.starts_at <= turn.tx.now:
        raise VisitOver(visit)
    if value.get("version") not in {None, visit.version}:
        raise Changed(visit)
    return visit


def close(turn: Turn, visit: Visit) -> None:
    """What was asked about the visit has its answer: one serves every reminder of it that has been put."""
    asked = [question.id for question in turn.talk.unasked if question.appointment_id == visit.id]
    if asked:
        talk.answered(turn.tx, asked)


def _name(turn: Turn, visit: Meeting) -> dict[str, str]:
    return {"first_name": names_of(turn.people).get(visit.participant_id, "")}


def _buttons(turn: Turn) -> tuple[Choice, ...]:
    if not turn.incoming.buttons:
        return ()
    return (
        Choice("btn_move", {"do": "change_one"}, mark="move"),
        Choice("btn_give_back", {"do": "give_back_one"}, mark="back"),
    )
