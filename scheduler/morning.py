"""The morning's health prompt: who is due at `now`, by local date, and who is asked once more before a visit.

Daily on open days at the club's hour; for an early visit the evening before. A poster's signs and a practical question: it asks
for no health data, and counts as the visit's last reminder.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from config.centre import Centre
from scheduler import pauses
from scheduler.calendar import day_span, instant, is_holiday, local
from scheduler.ladder import best
from scheduler.policies import Policy, policy
from scheduler.purposes import RULES, Purpose
from storage import closures, hours, prompts
from storage.database import Transaction

# A visit is no longer asked about when somebody on their way could not read it any more.
TOO_LATE = timedelta(minutes=15)
# An evening's prompt that is late by more than this waits for the morning.
EVENING = timedelta(hours=4)
# Nobody is asked a second time sooner than this after the first.
BREATH = timedelta(minutes=30)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody to be asked, with the visits and sessions of that day that bring them to the club."""

    person_id: int
    full_name: str
    language: str
    visits: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """One message to be: to an address, about a day, for everybody who is reached there.

    Attributes:
        early: it comes on the evening before.
        nudge: it comes a second time.
    """

    day: date
    address_id: int
    is_staff: bool
    people: tuple[Asked, ...]
    early: bool = False
    nudge: bool = False

    @property
    def visits(self) -> list[Any]:
        return [visit for one in self.people for visit in one.visits]

    @property
    def only_visit(self) -> Any | None:
        """The visit, where one person is asked about one."""
        return self.visits[0] if len(self.visits) == 1 == len(self.people) else None


def due(tx: Transaction, centre: Centre) -> list[Call]:
    """Every prompt that is due now and was not written yet: this morning's, this evening's for tomorrow, and second ones."""
    held = policy(tx, centre, tx.now)
    if held.self_check == "off":
        return []
    today = local(tx.now, centre.zone).date()
    return [*_today(tx, centre, held, today), *_for_tomorrow(tx, centre, held, today + DAY)]


def is_open_day(tx: Transaction, day: date) -> bool:
    """Whether anybody works at the club on that day: no holiday, no closure, and hours in the week's timetable."""
    if is_holiday(day) or closures.closures_within(tx, day, day):
        return False
    return bool(hours.serving_on(tx, day))


def is_asking_hour(centre: Centre, now: datetime) -> bool:
    """Whether somebody without a visit may be asked now."""
    begins = _at(centre, local(now, centre.zone).date(), centre.policy.ask_at)
    return begins <= now < begins + RULES[Purpose.HEALTH].useful_for


def asks_early(centre: Centre, starts_at: datetime) -> bool:
    """Whether the prompt of a visit comes on the evening before."""
    return local(starts_at, centre.zone).time() < centre.policy.early_before


def is_its_day(centre: Centre, starts_at: datetime, now: datetime) -> bool:
    """Whether a visit given back now is given back on its day: for an early one from the evening before, when its prompt comes."""
    day = local(starts_at, centre.zone).date()
    if asks_early(centre, starts_at):
        return now >= _at(centre, day - DAY, centre.policy.ask_early_at)
    return local(now, centre.zone).date() == day


def _today(tx: Transaction, centre: Centre, held: Policy, day: date) -> list[Call]:
    """From the hour of asking on, so that nobody is woken."""
    if tx.now < _at(centre, day, centre.policy.ask_at) or not is_open_day(tx, day):
        return []
    visits = prompts.meetings_in(tx, day_span(day, day, centre.zone))
    return [*_this_morning(tx, centre, held, day, visits), *_nudges(tx, centre, held, day, visits)]


def _this_morning(
    tx: Transaction, centre: Centre, held: Policy, day: date, visits: Sequence[Any]
) -> list[Call]:
    begins = _at(centre, day, centre.policy.ask_at)
    theirs = _by(visits, "participant_id")
    rows = [row for row in prompts.not_asked(tx, day, held.self_check_channels) if row.enrolled_at < begins]
    others = [row for row in rows if row.person_id not in theirs]
    without = _without_visit(tx, centre, day, others, visits, daily=held.self_check == "daily")
    asked: dict[int, tuple[Any, ...]] = {}
    for row in rows:
        own = _own(theirs.get(row.person_id, ()), begins, tx.now)
        if own or row.person_id in without:
            asked[row.person_id] = own
    return _calls(day, rows, asked)


def _without_visit(
    tx: Transaction, centre: Centre, day: date, rows: Sequence[Any], visits: Sequence[Any], *, daily: bool
) -> set[int]:
    """Who of those without a visit of their own is asked that day; staff who see somebody have one."""
    if not is_asking_hour(centre, tx.now):
        return set()
    if not daily:
        return {visit.specialist_id for visit in visits}
    kinds = {row.person_id: row.kind for row in rows if row.self_check == "daily" and _takes_part(row, day)}
    participants = [one for one, kind in kinds.items() if kind == "participant"]
    return kinds.keys() - pauses.silent(tx, centre, participants)


def _takes_part(row: Any, day: date) -> bool:
    return row.contract_until is None or bool(row.contract_until >= day)


def _own(visits: Sequence[Any], since: datetime, now: datetime) -> tuple[Any, ...]:
    """The visits that are worth asking about; one made since the hour of asking had its day and time said just then."""
    return tuple(visit for visit in visits if visit.booked_at < since and visit.starts_at - now >= TOO_LATE)


def _for_tomorrow(tx: Transaction, centre: Centre, held: Policy, day: date) -> list[Call]:
    begins = _at(centre, day - DAY, centre.policy.ask_early_at)
    if not begins <= tx.now < begins + EVENING or not is_open_day(tx, day):
        return []
    span = day_span(day, day, centre.zone)
    visits = [visit for visit in prompts.meetings_in(tx, span) if visit.booked_at < begins]
    early = {visit.participant_id for visit in visits if asks_early(centre, visit.starts_at)}
    theirs = _by(visits, "participant_id")
    asked = {person_id: tuple(theirs[person_id]) for person_id in early}
    rows = prompts.not_asked(tx, day, held.self_check_channels) if early else []
    return [replace(call, early=True) for call in _calls(day, rows, asked)]


def _nudges(tx: Transaction, centre: Centre, held: Policy, day: date, meetings: Sequence[Any]) -> list[Call]:
    """Whoever has a visit in so many minutes, was asked a while ago, and has not answered."""
    soonest, latest = tx.now + TOO_LATE, tx.now + timedelta(minutes=centre.policy.nudge_minutes)
    visits = [visit for visit in meetings if soonest <= visit.starts_at <= latest]
    since = prompts.undeclared(tx, day) if visits else {}
    theirs = _by([one for one in visits if one.participant_id in since], "participant_id")
    asked = {
        person_id: tuple(own) for person_id, own in theirs.items() if tx.now >= since[person_id] + BREATH
    }
    rows = prompts.reached(tx, asked, held.self_check_channels) if asked else []
    return [
        Call(day, row.id, row.kind == "staff", (_asked(row, asked[row.person_id]),), nudge=True)
        for row in _best(rows)
    ]


def _calls(day: date, rows: Sequence[Any], asked: dict[int, tuple[Any, ...]]) -> list[Call]:
    """One for each address: whoever shares it is asked together."""
    targets = sorted(_best([row for row in rows if row.person_id in asked]), key=_shared_by)
    return [
        Call(day, address_id, is_staff, tuple(_asked(row, asked[row.person_id]) for row in group))
        for (address_id, is_staff), group in groupby(targets, key=_shared_by)
    ]


def _shared_by(row: Any) -> tuple[int, bool]:
    return row.id, row.kind == "staff"


def _best(rows: Sequence[Any]) -> Iterator[Any]:
    """Of each person's addresses the one that words go to."""
    for _, own in groupby(rows, key=lambda row: row.person_id):
        yield best(list(own))


def _asked(row: Any, visits: tuple[Any, ...]) -> Asked:
    return Asked(row.person_id, row.full_name, row.language, visits)


def _by(visits: Sequence[Any], whose: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for visit in visits:
        found[getattr(visit, whose)].append(visit)
    return dict(found)


def _at(centre: Centre, day: date, clock: time) -> datetime:
    """That local time as an instant; one that the spring change skips is an hour later."""
    return instant(day, clock, centre.zone) or datetime.combine(day, clock, centre.zone).astimezone(UTC)
