"""/zamkniete: who is here and who is due; after one question the club is closed for the rest of the day and everybody is told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.dialogue.binding import NO, YES
from bot.dialogue.questions import Value
from bot.dialogue.reply import Reply
from bot.dialogue.staff_said import button, leave, line, paged, say, who
from bot.dialogue.turn import Turn
from scheduler.calendar import day_span
from scheduler.closing import close_now
from scheduler.people import Person
from scheduler.sessions import members_of, sessions_between
from scheduler.today import Coming, today, words
from scheduler.visits import VisitStatus

COMMAND = "zamkniete"
GOOD_FOR = timedelta(minutes=10)  # a TAK of yesterday closes nothing
EXPECTED = {VisitStatus.BOOKED, VisitStatus.CONFIRMED}

SPOKEN = {"desk_visit", "desk_session_unnamed"}
Spoken = tuple[bool, str, Value]  # whether it goes on now, when it starts, and how it is said


def asked(turn: Turn, _said: str) -> Reply:
    """Who is here and who is due, and whether to close."""
    options = [button(COMMAND, "close", "btn_desk_close", mark=YES), leave(COMMAND, NO)]
    said = say(turn, "desk_close", options, lines=_lines(turn))
    return replace(said, expires_at=turn.tx.now + GOOD_FOR)


def close(turn: Turn, _value: Value) -> Reply:
    """Closed from now on, by whoever pressed; and who has to be phoned."""
    closed = close_now(turn.tx, turn.centre, by=who(turn))
    names = [_name(one) for one in closed.to_phone]
    lines = [line("desk_closed_call"), *paged(names, 0)[0]] if names else [line("desk_closed_told")]
    return say(turn, "desk_closed", count=closed.called_off, lines=lines)


def _name(one: Person) -> Value:
    return line("desk_name", person=", ".join(filter(None, (one.full_name, one.phone))))


def _lines(turn: Turn) -> list[Value]:
    spoken = sorted([*_visits(turn), *_sessions(turn)], key=lambda one: one[1])
    here = [said for is_on, _, said in spoken if is_on]
    due = [said for is_on, _, said in spoken if not is_on]
    if not spoken:
        return [line("desk_nobody")]
    shown, _ = paged([*_under("desk_here", here), *_under("desk_due", due)], 0)
    left = len(spoken) - sum(one["key"] in SPOKEN for one in shown)
    return [*shown, line("desk_due_more", count=left)] if left else shown


def _under(heading: str, lines: Sequence[Value]) -> list[Value]:
    return [line(heading), *lines] if lines else []


def _visits(turn: Turn) -> list[Spoken]:
    now = turn.tx.now
    return [
        (
            one.starts_at <= now or one.status is VisitStatus.ARRIVED,
            one.starts_at.isoformat(),
            _visit(turn, one),
        )
        for one in today(turn.tx, turn.centre, turn.today)
        if one.ends_at > now and (one.status in EXPECTED or one.status is VisitStatus.ARRIVED)
    ]


def _visit(turn: Turn, one: Coming) -> Value:
    notes = words(turn.club.composer, turn.centre, one, turn.language)
    return line("desk_visit", starts_time=one.starts_at.isoformat(), person=one.person, notes=notes.place)


def _sessions(turn: Turn) -> list[Spoken]:
    now = turn.tx.now
    return [
        (
            one.starts_at <= now,
            one.starts_at.isoformat(),
            line(
                "desk_session_unnamed",
                starts_time=one.starts_at.isoformat(),
                ends_time=one.ends_at.isoformat(),
                count=sum(member.is_expected for member in members_of(turn.tx, one)),
            ),
        )
        for one in sessions_between(turn.tx, day_span(turn.today, turn.today, turn.centre.zone))
        if one.is_planned and one.ends_at > now
    ]
