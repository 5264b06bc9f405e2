"""Answers to the morning's health prompt: coming, not today, or not known.

That somebody declared is kept; a "not today" is an ordinary giving back, of whatever cause, and what was not known is nobody's
business. An answer can be changed until the visit.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from bot.dialogue import sessions, told, visits
from bot.dialogue.binding import NO, YES
from bot.dialogue.questions import ANNOUNCED, Question, Talk, Value
from bot.dialogue.reading.when import When
from bot.dialogue.reply import Choice, Reply, numbered
from bot.dialogue.shared import names_of, who
from bot.dialogue.turn import Turn
from scheduler import booked as diary
from scheduler import booking
from scheduler.attendance import Meeting, Seat, seat
from scheduler.errors import NoSuchVisit
from scheduler.policies import policy
from scheduler.purposes import Purpose
from scheduler.visits import Visit, VisitStatus
from storage import declarations, talk

NAMED = 2  # so many visits of a day are told with first names


def is_one(question: Question) -> bool:
    """Whether it is the prompt's question."""
    return "day" in (question.value(YES) or {}) and not question.asked


def on_days(known: Talk, when: When | None) -> Talk:
    """Without the prompt's questions, where the answer named other days than theirs, and without announcements."""
    if when is None or when.first_day is None:
        return known
    first, last = when.first_day, when.last_day or when.first_day
    about_days = [one for one in known.unasked if one.kind != ANNOUNCED]
    kept = [one for one in about_days if not is_one(one) or first <= _day(one) <= last]
    return replace(known, unasked=tuple(kept))


def is_open(turn: Turn) -> bool:
    """Whether today's prompt waits for an answer."""
    return any(
        is_one(question) and question.waits(turn.tx.now) and _day(question) >= turn.today
        for question in turn.talk.unasked
    )


def unsure(turn: Turn) -> Reply:
    """Who does not know gets the signs again, and the office."""
    return replace(turn.say("check_unsure"), purpose=Purpose.ADVICE)


def take(turn: Turn, question: Question, mark: str) -> Reply:
    """An answer, the first or another one.

    Raises:
        Refused: the visit can't be changed any more.
    """
    value = question.value(mark)
    if value is None or _day(question) < turn.today:
        return turn.out_of_date()
    people = [person_id for person_id in value["people"] if turn.person(person_id)]
    if not people:
        return turn.out_of_date()
    if value["answer"] == "unsure":
        return unsure(turn)
    talk.answered(turn.tx, [question.id])
    if value["answer"] == "yes":
        return _coming(turn, people, value)
    if len(people) > 1:
        return who(turn, {"do": "not_today", **_named(value)})
    return _give_back(turn, _theirs(turn, people, value))


def not_today(turn: Turn, value: Value) -> Reply:
    """Who of a shared phone is not coming has been answered."""
    return _give_back(turn, _theirs(turn, turn.person_ids, value))


def give_back_all(turn: Turn, value: Value) -> Reply:
    """Every visit of the day at once."""
    given_back = [
        visits.give_back(turn, told.key(visit))
        for visit in _standing(turn, _theirs(turn, [person.id for person in turn.people], value))
    ]
    return turn.say("given_back_all") if given_back else turn.out_of_date()


def confirm(turn: Turn, value: Value) -> Reply:
    """The visit that was meant by a TAK: after the prompt of its day it declares, too."""
    reply = visits.confirm(turn, value)
    for question in turn.talk.unasked:
        about = (question.appointment_id, question.session_id)
        if is_one(question) and about == (value.get("visit_id"), value.get("session_id")):
            declarations.declare(turn.tx, [question.person_id or 0], _day(question))
    return reply


def _coming(turn: Turn, people: Sequence[int], value: Value) -> Reply:
    """They have looked and are coming: what they had given back stands again while it can be had."""
    declarations.declare(turn.tx, people, date.fromisoformat(value["day"]))
    theirs = _theirs(turn, people, value)
    if not theirs:
        return turn.say("declared_day")
    coming = [visit for visit in theirs if visit.starts_at > turn.tx.now]
    again = [visit for visit in coming if _was_given_back(visit)]
    standing = _standing(turn, theirs)
    for visit in standing:
        _confirm(turn, visit)
    if again:
        return [visits.undo(turn, told.key(one)) for one in again][-1]
    return _card(turn, standing) if standing else told.as_it_stands(turn, theirs[0])


def _was_given_back(visit: Meeting) -> bool:
    return visit.has_declined if isinstance(visit, Seat) else visit.status is VisitStatus.GIVEN_BACK


def _confirm(turn: Turn, visit: Meeting) -> None:
    if isinstance(visit, Seat):
        sessions.come(turn, told.key(visit))
        return
    booking.confirm(turn.tx, visit_id=visit.id)
    visits.close(turn, visit)


def _card(turn: Turn, standing: Sequence[Meeting]) -> Reply:
    """What to know on entering: day, time, place, the rules in force."""
    if len(standing) == 1:
        masks = policy(turn.tx, turn.centre, standing[0].starts_at).masks
        said = told.about(turn, "declared_visit_masks" if masks else "declared_visit", standing[0])
        return told.with_buttons(turn, said, standing[0])
    names = names_of(turn.people)
    line = "check_line" if len(standing) <= NAMED else "check_line_brief"
    lines = [
        {
            "key": line,
            "params": {"first_name": names[visit.participant_id], "starts_time": visit.starts_at.isoformat()},
        }
        for visit in standing
    ]
    return turn.say("declared_visits", visits=lines)


def _give_back(turn: Turn, theirs: Sequence[Meeting]) -> Reply:
    """The visit of that day is given back; of several it is asked which; without one nothing is."""
    standing = _standing(turn, theirs)
    if len(standing) == 1:
        return visits.give_back(turn, told.key(standing[0]))
    if standing:
        return _which(turn, standing)
    return told.as_it_stands(turn, theirs[0]) if theirs else _nothing_given_back(turn)


def _nothing_given_back(turn: Turn) -> Reply:
    """The four steps, as after any giving back of that day; forgotten once they are sent."""
    health = turn.centre.health
    said = turn.say("not_today", doctor=health.doctor_phone, sanitary_station=health.sanitary_station_phone)
    return replace(said, purpose=Purpose.ADVICE)


def _which(turn: Turn, standing: Sequence[Meeting]) -> Reply:
    choices = [
        Choice("which_visit_option", {"do": "give_back", **told.key(visit)}, told.facts(turn, visit))
        for visit in standing
    ]
    about = {
        "visits": [one.id for one in standing if isinstance(one, Visit)],
        "sessions": [one.session.id for one in standing if isinstance(one, Seat)],
    }
    every = Choice("option_all_of_these", {"do": "give_back_all", **about})
    none = Choice("option_none", {"do": "leave"})
    return replace(turn.say("not_today_which", options=numbered([*choices, every, none])), kind="visits")


def _named(value: Value) -> Value:
    return {name: value[name] for name in ("visits", "sessions") if name in value}


def _theirs(turn: Turn, people: Sequence[int], value: Value) -> list[Meeting]:
    """What the prompt was about and is theirs; who is in another shift by now has left its session."""
    found: list[Meeting] = [diary.visit(turn.tx, visit_id) for visit_id in value["visits"]]
    for session_id in value.get("sessions", ()):
        for person_id in people:
            with suppress(NoSuchVisit):
                found.append(seat(turn.tx, session_id, person_id))
    return [one for one in found if one.participant_id in people]


def _standing(turn: Turn, theirs: Sequence[Meeting]) -> list[Meeting]:
    return [visit for visit in theirs if visit.is_open and visit.starts_at > turn.tx.now]


def _day(question: Question) -> date:
    return date.fromisoformat((question.value(YES) or question.value(NO) or {})["day"])
