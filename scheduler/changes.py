"""Changes from the club's side: somebody is away, a room can't be used, the club is closed or closes early.

Whom a change touches is listed first; settling it changes the diary and tells everybody once, all in one transaction.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from config.centre import Centre
from scheduler import reminders
from scheduler.absences import not_today_key, stands_key
from scheduler.booking import call_off
from scheduler.calendar import day_span, local
from scheduler.change_record import record
from scheduler.errors import NothingStandsIn
from scheduler.free_times import Search, nearest
from scheduler.impact import Away, Change, Closed, RoomShut, affected, sessions_affected
from scheduler.news import News, tell
from scheduler.session_changes import concerned, drop
from scheduler.session_news import by_person, tell_off
from scheduler.sessions import Session
from scheduler.substitutes import other_desk, substitute
from scheduler.todos import open_todo
from scheduler.visits import FreeTime, Visit, VisitStatus
from storage import audit, hours, people, todos
from storage.database import Transaction
from storage.locks import lock_people


class Way(StrEnum):
    """What becomes of the visits that a change touches."""

    SAME_TIME = "same-time"  # somebody or another desk stands in; nobody has to answer
    ANOTHER_TIME = "another-time"  # given back by the club, with another time proposed
    BY_PHONE = "by-phone"  # it stands until staff have spoken with the participant, which they have to do
    GIVE_BACK = "give-back"  # given back by the club


OFF = {Way.ANOTHER_TIME, Way.GIVE_BACK}


class Became(StrEnum):
    """What became of one visit."""

    KEPT = "kept"  # somebody else serves, in the same place: nobody had to be told
    OTHER_PLACE = "other_place"
    CALLED_OFF = "called_off"
    LEFT = "left"  # nothing stands in: it stands as it was, and staff have it to do


TOLD = {Became.OTHER_PLACE, Became.CALLED_OFF}


@dataclass(frozen=True, slots=True)
class Apart:
    """What is settled otherwise than the rest: visits, by id; and the groups' sessions that are called off, beside those of a closed club."""

    visits: Mapping[int, Way] = field(default_factory=dict)
    sessions: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """One visit that a change touched: as it is now, what became of it, and whether the participant was written to."""

    visit: Visit
    became: Became
    told: bool = False
    offered: FreeTime | None = None


def settle(
    tx: Transaction,
    centre: Centre,
    change: Change,
    how: Way,
    *,
    apart: Apart = Apart(),
    by: int | None = None,
) -> list[Settled]:
    """Record the change, and settle every visit that it touches; whoever is concerned is told once.

    Somebody who loses one visit and keeps another in a new place is told of each.

    Args:
        by: the member of staff who does; None if that is not known.

    Raises:
        NoSuchRoom, NotASpecialist, NoSuchHours, HoursClash, HoursTooShort. NothingStandsIn: the club is closed then, whoever would serve.
    """
    if Way.SAME_TIME in {how, *apart.visits.values()} and isinstance(change, Closed):
        raise NothingStandsIn
    touched = {visit.participant_id for visit in affected(tx, centre, change)}
    touched |= concerned(tx, sessions_affected(tx, centre, change))
    lock_people(tx, touched | set(hours.who_serves(tx)) | _named(change))
    record(tx, centre, change, by=by)
    chosen = [(one, apart.visits.get(one.id, how)) for one in affected(tx, centre, change)]
    gone = _sessions_off(tx, centre, change, apart.sessions, by)
    settled = _settle_each(tx, centre, change, chosen, by)
    wanted = {visit.id for visit, way in chosen if way is Way.ANOTHER_TIME}
    for one in settled:
        if one.became is not Became.LEFT:
            todos.close(tx, stands_key(one.visit.id))
    proposed = _proposed(tx, centre, settled, wanted, gone.keys())
    _needs_no_more(tx, centre, change)
    return _tell_all(tx, centre, proposed, gone)


def not_today(tx: Transaction, centre: Centre, specialist_id: int, *, by: int | None = None) -> list[Visit]:
    """A specialist is not coming for the rest of the day: the coordinator has it to settle, and until then the visits stand.

    Args:
        by: the member of staff who says so; None for the specialist.

    Returns:
        The visits that it touches.

    Raises:
        NotASpecialist: nobody of that id works here.
    """
    today = local(tx.now, centre.zone).date()
    change = Away(specialist_id, tx.now, day_span(today, today, centre.zone)[1])
    record(tx, centre, change, by=by or specialist_id)
    visits = affected(tx, centre, change)
    todos.open_again(tx, not_today_key(specialist_id, today))
    open_todo(
        tx,
        key=not_today_key(specialist_id, today),
        text="todo_not_today" if visits else "todo_not_today_free",
        params={
            "other": specialist_id,
            "people": [visit.participant_id for visit in visits],
            "count": len(visits),
        },
        due_at=visits[0].starts_at if visits else None,
        urgent=bool(visits),
    )
    return visits


def _needs_no_more(tx: Transaction, centre: Centre, change: Change) -> None:
    """Whoever had to settle that somebody is not coming today has done so; what is left of it has its own to-dos."""
    today = local(tx.now, centre.zone).date()
    if not isinstance(change, Away) or change.starts_at > tx.now:
        return
    if change.ends_at >= day_span(today, today, centre.zone)[1]:
        todos.close_one(tx, not_today_key(change.specialist_id, today))


def _named(change: Change) -> set[int]:
    return {change.specialist_id} if isinstance(change, Away) else set()


def _settle_each(
    tx: Transaction, centre: Centre, change: Change, chosen: Sequence[tuple[Visit, Way]], by: int | None
) -> list[Settled]:
    """What is given back comes first: somebody else may stand in at that time."""
    off = {
        visit.id: Settled(call_off(tx, visit_id=visit.id, by=by), Became.CALLED_OFF)
        for visit, way in chosen
        if way in OFF
    }
    return [
        off[visit.id]
        if visit.id in off
        else _stand_in(tx, centre, change, visit, by)
        if way is Way.SAME_TIME
        else _to_phone(tx, visit)
        for visit, way in chosen
    ]


def _to_phone(tx: Transaction, visit: Visit) -> Settled:
    _leave_to_staff(tx, visit, "todo_by_phone")
    return Settled(visit, Became.LEFT)


def _stand_in(tx: Transaction, centre: Centre, change: Change, visit: Visit, by: int | None) -> Settled:
    """Let the visit keep its time."""
    after = _elsewhere(tx, centre, change, visit) if _is_offered(centre, visit) else None
    if after is None:
        _leave_to_staff(tx, visit, "todo_away")
        return Settled(visit, Became.LEFT)
    audit.note(tx, "staff", "stood_in", actor_id=by, person_id=visit.participant_id, appointment_id=visit.id)
    if after.version == visit.version:
        return Settled(after, Became.KEPT)
    reminders.rewrite(tx, centre, after)
    if after.status is VisitStatus.CONFIRMED:
        reminders.settle(tx, after)
    return Settled(after, Became.OTHER_PLACE)


def _elsewhere(tx: Transaction, centre: Centre, change: Change, visit: Visit) -> Visit | None:
    if isinstance(change, RoomShut):
        return other_desk(tx, centre, visit, change.instead)
    return substitute(tx, centre, visit)


def _is_offered(centre: Centre, visit: Visit) -> bool:
    """Whether the club's file still has its service: what was booked before stands, but nothing like it can be had."""
    return visit.service in {service.code for service in centre.enabled_services}


def _sessions_off(
    tx: Transaction, centre: Centre, change: Change, chosen: Collection[int], by: int | None
) -> dict[int, list[Session]]:
    """Call off the groups' sessions while the club is closed; of any other change those that were chosen. Each person's, to be told."""
    off = [
        one for one in sessions_affected(tx, centre, change) if isinstance(change, Closed) or one.id in chosen
    ]
    return by_person(dict(drop(tx, one, by=by) for one in off))


def _leave_to_staff(tx: Transaction, visit: Visit, text: str) -> None:
    key = f"{stands_key(visit.id)}{visit.version}"
    todos.open_again(tx, key)
    open_todo(
        tx,
        key=key,
        text=text,
        person_id=visit.participant_id,
        appointment_id=visit.id,
        due_at=visit.starts_at,
    )


def _proposed(
    tx: Transaction,
    centre: Centre,
    settled: Sequence[Settled],
    wanted: Collection[int],
    others: Collection[int],
) -> list[Settled]:
    """The same, with another time for everybody wanted who has lost one visit and nothing else; no time is proposed to two."""
    lost = [one.visit.participant_id for one in settled if one.became is Became.CALLED_OFF]
    often = Counter([*lost, *others])
    taken: set[tuple[str, datetime]] = set()
    proposed = []
    for one in settled:
        alone = often[one.visit.participant_id] == 1 and _is_offered(centre, one.visit)
        is_wanted = alone and one.visit.id in wanted
        other = _other_time(tx, centre, one.visit, taken) if is_wanted else None
        if other is not None:
            taken.add((one.visit.service, other.starts_at))
        proposed.append(replace(one, offered=other))
    return proposed


def _other_time(
    tx: Transaction, centre: Centre, visit: Visit, taken: set[tuple[str, datetime]]
) -> FreeTime | None:
    """The free time closest to the visit's that nobody else is proposed, while the person's contract lasts."""
    search = Search(visit.service, person_id=visit.participant_id)
    near = nearest(tx, centre, search, visit.starts_at, len(taken) + 1)
    person = people.person_of(tx, visit.participant_id)
    last = person.contract_until if person is not None else None
    free = [
        one
        for one in near
        if (visit.service, one.starts_at) not in taken
        and (last is None or local(one.starts_at, centre.zone).date() <= last)
    ]
    return min(free, key=lambda one: abs(one.starts_at - visit.starts_at), default=None)


def _tell_all(
    tx: Transaction, centre: Centre, settled: Sequence[Settled], gone: Mapping[int, Sequence[Session]]
) -> list[Settled]:
    """Tell everybody once of all that they lost, and once of all that is in a new place."""
    news: dict[tuple[int, Became], list[Settled]] = defaultdict(list)
    for one in settled:
        if one.became in TOLD:
            news[one.visit.participant_id, one.became].append(one)
    told = {
        (whose, became): tell(tx, centre, _news(theirs, gone if became is Became.CALLED_OFF else {}))
        for (whose, became), theirs in news.items()
    }
    tell_off(
        tx, centre, {one: theirs for one, theirs in gone.items() if not told.get((one, Became.CALLED_OFF))}
    )
    return [replace(one, told=told.get((one.visit.participant_id, one.became), False)) for one in settled]


def _news(theirs: Sequence[Settled], gone: Mapping[int, Sequence[Session]]) -> News:
    offered = next((one.offered for one in theirs if one.offered), None)
    return News([one.visit for one in theirs], offered, gone.get(theirs[0].visit.participant_id, ()))
