"""Changes from the club's side: somebody is away, a room can't be used, the club is closed or closes early.

Whom a change touches is listed first; settling it changes the diary and tells everybody once, all in one transaction.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from config.centre import Centre
from scheduler import reminders
from scheduler.booking import away, call_off
from scheduler.calendar import day_span, local
from scheduler.errors import NothingStandsIn
from scheduler.free_times import Search, nearest
from scheduler.impact import Away, Change, Closed, RoomShut, affected, sessions_affected, spans
from scheduler.news import News, tell
from scheduler.session_changes import concerned, drop
from scheduler.session_news import by_person, tell_off
from scheduler.sessions import Session
from scheduler.substitutes import other_desk, substitute
from scheduler.todos import open_todo
from scheduler.visits import FreeTime, Visit, VisitStatus
from storage import audit, diary, people
from storage.database import Transaction


class Way(StrEnum):
    """What becomes of the visits that a change touches."""

    SAME_TIME = "same-time"  # somebody or another desk stands in; nobody has to answer
    ANOTHER_TIME = "another-time"  # given back by the club, with another time proposed
    GIVE_BACK = "give-back"  # given back by the club


class Became(StrEnum):
    """What became of one visit."""

    KEPT = "kept"  # somebody else serves, in the same place: nobody had to be told
    OTHER_PLACE = "other_place"
    CALLED_OFF = "called_off"
    LEFT = "left"  # nothing stands in: it stands as it was, and staff have it to do


@dataclass(frozen=True, slots=True)
class Settled:
    """One visit that a change touched: as it is now, what became of it, and whether the participant was written to."""

    visit: Visit
    became: Became
    told: bool = False
    offered: FreeTime | None = None


def settle(
    tx: Transaction, centre: Centre, change: Change, how: Way, *, by: int | None = None
) -> list[Settled]:
    """Record the change, and settle every visit that it touches; whoever is concerned is told once.

    Args:
        by: the member of staff who does; None if that is not known.

    Raises:
        NoSuchRoom, NotASpecialist. NothingStandsIn: the club is closed then, whoever would serve.
    """
    if how is Way.SAME_TIME and isinstance(change, Closed):
        raise NothingStandsIn
    touched = {visit.participant_id for visit in affected(tx, centre, change)}
    touched |= concerned(tx, sessions_affected(tx, centre, change))
    diary.lock_people(tx, touched | set(diary.who_serves(tx)) | _named(change))
    _record(tx, centre, change, by=by)
    visits = affected(tx, centre, change)
    if how is Way.SAME_TIME:
        return _tell_all(tx, centre, [_stand_in(tx, centre, change, visit, by) for visit in visits], {})
    gone = _sessions_off(tx, centre, change, by)
    off = [Settled(call_off(tx, visit_id=visit.id, by=by), Became.CALLED_OFF) for visit in visits]
    proposed = _proposed(tx, centre, off, gone.keys()) if how is Way.ANOTHER_TIME else off
    return _tell_all(tx, centre, proposed, gone)


def not_today(tx: Transaction, centre: Centre, specialist_id: int) -> list[Visit]:
    """A specialist is not coming for the rest of the day: the coordinator has it to settle, and until then the visits stand.

    Returns:
        The visits that it touches.

    Raises:
        NotASpecialist: nobody of that id works here.
    """
    today = local(tx.now, centre.zone).date()
    change = Away(specialist_id, tx.now, day_span(today, today, centre.zone)[1])
    _record(tx, centre, change, by=specialist_id)
    visits = affected(tx, centre, change)
    open_todo(
        tx,
        key=f"not_today:{specialist_id}:{today.isoformat()}",
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


def _record(tx: Transaction, centre: Centre, change: Change, *, by: int | None = None) -> None:
    """Write into the diary that from now on nobody can book there and then; what is booked stands.

    Raises:
        NoSuchRoom, NotASpecialist.
    """
    if isinstance(change, Away):
        away(tx, **asdict(change), by=by)
        return
    if isinstance(change, RoomShut):
        for span in spans(centre, change):
            for station in diary.stations_of(tx, change.room):
                diary.add_absence(tx, span, station_id=station.id)
    elif change.after is None:
        diary.add_closure(tx, change.first, change.last, change.reason)
    else:
        for span in spans(centre, change):
            for specialist_id in diary.who_serves(tx):
                diary.add_absence(tx, span, person_id=specialist_id)
    audit.note(tx, "staff", type(change).__name__.lower(), actor_id=by, details=_details(change))


def _named(change: Change) -> set[int]:
    return {change.specialist_id} if isinstance(change, Away) else set()


def _stand_in(tx: Transaction, centre: Centre, change: Change, visit: Visit, by: int | None) -> Settled:
    """Let the visit keep its time."""
    after = _elsewhere(tx, centre, change, visit) if _is_offered(centre, visit) else None
    if after is None:
        _leave_to_staff(tx, visit)
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
    tx: Transaction, centre: Centre, change: Change, by: int | None
) -> dict[int, list[Session]]:
    """Call off the groups' sessions while the club is closed; each person's, to be told. Any other change leaves them to staff."""
    if not isinstance(change, Closed):
        return {}
    return by_person(dict(drop(tx, one, by=by) for one in sessions_affected(tx, centre, change)))


def _leave_to_staff(tx: Transaction, visit: Visit) -> None:
    open_todo(
        tx,
        key=f"stands:{visit.id}:{visit.version}",
        text="todo_away",
        person_id=visit.participant_id,
        appointment_id=visit.id,
        due_at=visit.starts_at,
    )


def _proposed(
    tx: Transaction, centre: Centre, off: Sequence[Settled], others: Collection[int]
) -> list[Settled]:
    """The same, with another time for everybody who has lost one visit and nothing else; no time is proposed to two."""
    often = Counter([*(one.visit.participant_id for one in off), *others])
    taken: set[tuple[str, datetime]] = set()
    proposed = []
    for one in off:
        alone = often[one.visit.participant_id] == 1 and _is_offered(centre, one.visit)
        other = _other_time(tx, centre, one.visit, taken) if alone else None
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
    """Tell everybody once, whatever became of however many visits and sessions of theirs."""
    news: dict[int, list[Settled]] = defaultdict(list)
    for one in settled:
        if one.became in {Became.OTHER_PLACE, Became.CALLED_OFF}:
            news[one.visit.participant_id].append(one)
    told = {
        person_id: tell(
            tx, centre, News([one.visit for one in theirs], theirs[0].offered, gone.get(person_id, ()))
        )
        for person_id, theirs in news.items()
    }
    tell_off(tx, centre, {one: theirs for one, theirs in gone.items() if not told.get(one)})
    return [
        replace(one, told=one.became not in {Became.KEPT, Became.LEFT} and told[one.visit.participant_id])
        for one in settled
    ]


def _details(change: Change) -> dict[str, str]:
    """Days and codes for the log: nobody's words."""
    return {
        name: str(value.isoformat() if isinstance(value, date | time) else value)
        for name, value in asdict(change).items()
        if value is not None and name != "reason"
    }
