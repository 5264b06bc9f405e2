"""One day as staff read it: who comes, the sessions, what is free and who is away; without what the reader may not see."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from panel.asked import Asked
from scheduler import gaps, outcomes
from scheduler.calendar import day_span
from scheduler.door import mask_rule
from scheduler.gaps import Gap, Serving
from scheduler.rights import Right
from scheduler.sessions import Session, sessions_between
from scheduler.staff import Role
from scheduler.today import Coming, Words, today, words
from scheduler.turnout import Turnout, turnout
from scheduler.visits import VisitStatus
from storage import agenda

# How a visit looks: its state in a shape and a colour beside its word.
KINDS = {
    VisitStatus.BOOKED: "wait",
    VisitStatus.CONFIRMED: "good",
    VisitStatus.ARRIVED: "here",
    VisitStatus.ATTENDED: "quiet",
    VisitStatus.GIVEN_BACK: "off",
    VisitStatus.MISSED: "bad",
    VisitStatus.REFUSED_NO_MASK: "bad",
}
UNDO = "undo"  # among the marks: what was said last is taken back
Marks = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit in words; `service` is empty for whoever may not know it. `marks` are what can be said of it now."""

    of: Coming
    said: Words
    service: str
    marks: Marks

    @property
    def starts_at(self) -> datetime:
        return self.of.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.of.ends_at

    @property
    def look(self) -> str:
        return KINDS[self.of.status]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One session of a group; `group` is empty for whoever may not know it."""

    of: Session
    turnout: Turnout
    group: str

    @property
    def starts_at(self) -> datetime:
        return self.of.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.of.ends_at


@dataclass(frozen=True, slots=True)
class Day:
    """All of it, by time. `masks`: the rule of whoever stands at the door, where it holds."""

    visits: Sequence[Visit]
    sessions: Sequence[Meeting]
    gaps: Sequence[Gap]
    serving: Sequence[Serving]
    masks: str | None

    @property
    def counts(self) -> dict[str, int]:
        """How many come, and how that stands; who gave their visit back does not come."""
        of = Counter(visit.of.status for visit in self.visits)
        return {
            "coming": sum(of.values()) - of[VisitStatus.GIVEN_BACK],
            "confirmed": of[VisitStatus.CONFIRMED],
            "unanswered": of[VisitStatus.BOOKED],
            "here": of[VisitStatus.ARRIVED] + of[VisitStatus.ATTENDED],
            "missed": of[VisitStatus.MISSED] + of[VisitStatus.REFUSED_NO_MASK],
            "sessions": sum(one.of.is_planned for one in self.sessions),
        }


def day_of(asked: Asked, day: date) -> Day:
    """That local day, for whoever asked."""
    tx, centre = asked.tx, asked.centre
    masks = mask_rule(tx, centre, asked.words.composer, day, asked.words.language)
    coming = sorted(today(tx, centre, day), key=lambda one: (one.starts_at, one.id))
    marks = _marks(asked, day, with_masks=masks is not None)
    sessions = sessions_between(tx, day_span(day, day, centre.zone))
    offer = gaps.offer(tx, centre, day)
    say, with_details = _say(asked), asked.may(Right.DETAILS)
    return Day(
        [Visit(one, said := say(one), said.service if with_details else "", marks(one)) for one in coming],
        _meetings(asked, sessions),
        offer.gaps,
        offer.serving,
        masks,
    )


def _say(asked: Asked) -> Callable[[Coming], Words]:
    """Words are made once of each kind: many visits of a day stand alike."""
    known: dict[tuple[object, ...], Words] = {}

    def say(one: Coming) -> Words:
        kind = (
            one.service,
            one.room,
            one.mode,
            one.status,
            one.self_check,
            one.late_minutes,
            one.accompanied,
        )
        if kind not in known:
            known[kind] = words(asked.words.composer, asked.centre, one, asked.words.language)
        return known[kind]

    return say


def _marks(asked: Asked, day: date, *, with_masks: bool) -> Callable[[Coming], Marks]:
    """What whoever asked can say of a visit: a specialist of their own ones alone."""
    own: Collection[int] | None = None
    if asked.staff.role is Role.SPECIALIST:
        span = day_span(day, day, asked.centre.zone)
        own = agenda.own_visits(asked.tx, asked.staff.person_id, span)

    may_mark = asked.may(Right.VISITS)

    @cache
    def of(status: VisitStatus, starts_at: datetime) -> Marks:
        found = outcomes.possible(asked.centre, status, starts_at, asked.tx.now)
        is_said = outcomes.is_said(status)
        unwanted = {VisitStatus.REFUSED_NO_MASK} if is_said or not with_masks else set()
        return (*(one for one in found if one not in unwanted), *[UNDO] * is_said)

    def marks(one: Coming) -> Marks:
        is_theirs = may_mark and (own is None or one.id in own)
        return of(one.status, one.starts_at) if is_theirs else ()

    return marks


def _meetings(asked: Asked, sessions: Sequence[Session]) -> list[Meeting]:
    counts, with_details = turnout(asked.tx, sessions), asked.may(Right.DETAILS)
    return [Meeting(one, counts[one.id], one.group if with_details else "") for one in sessions]
