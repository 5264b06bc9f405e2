"""What stands in the way of a group's session: shown to staff with what would settle it, never settled here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from config.centre import Centre
from scheduler.calendar import is_holiday, local
from scheduler.errors import Refused
from scheduler.policies import Policy
from scheduler.sessions import Session
from scheduler.todos import open_todo
from storage import absences, closures, sessions, todos
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way.

    Attributes:
        mark: what it is, the same as long as it stands: a part of its to-do's key.
        said: for a terminal.
        text: of the to-do; None where it goes away by itself.
    """

    mark: str
    said: str
    text: str | None
    params: Mapping[str, Any] = field(default_factory=dict)
    person_id: int | None = None
    appointment_id: int | None = None


class SessionClash(Refused):
    """The session can't be there: something stands in its way."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__("; ".join(one.said for one in obstacles))
        self.obstacles = obstacles


@dataclass(frozen=True, slots=True)
class Place:
    """What a session would occupy: its stations with their airing; the rooms of its zone; the rules then."""

    stations: list[int]
    zone: list[int]
    rules: Policy

    @classmethod
    def of(cls, tx: Transaction, centre: Centre, session: Session, rules: Policy) -> "Place":
        """Lock the zone and look; nothing if the club has that room no more."""
        if not centre.has_room(session.room):
            return cls([], [], rules)
        rooms = sessions.lock_rooms(tx, [room.code for room in centre.rooms_beside(session.room)])
        return cls(sessions.stations_in(tx, rooms[session.room]), list(rooms.values()), rules)


def obstacles(tx: Transaction, centre: Centre, session: Session, place: Place) -> list[Obstacle]:
    """Everything in the way of a session that claims nothing yet."""
    near = list(_too_near(tx, centre, session, place))
    known = {one.mark for one in near}
    return [
        *_closed(tx, centre, session),
        *near,
        *(one for one in _taken(tx, centre, session, place) if one.mark not in known),
        *_away(tx, session, place),
    ]


def watch(tx: Transaction, centre: Centre, session: Session, place: Place) -> None:
    """Show staff what has come into the way of a session that is planned: it stands until they say otherwise."""
    tell_staff(tx, session, [*_closed(tx, centre, session), *_away(tx, session, place)])


def tell_staff(tx: Transaction, session: Session, found: Iterable[Obstacle]) -> None:
    """One to-do for each, once."""
    for one in found:
        if one.text is None:
            continue
        about = {"group": session.group, "meets_at": session.starts_at.isoformat(), "session": session.id}
        open_todo(
            tx,
            key=f"{_key(session)}{session.version}:{one.mark}",
            text=one.text,
            params=about | dict(one.params),
            person_id=one.person_id,
            appointment_id=one.appointment_id,
            due_at=session.starts_at,
        )


def shown(tx: Transaction, session_ids: Collection[int]) -> dict[int, list[Obstacle]]:
    """What staff have been shown and have not settled: in the way of those sessions, or of somebody who belongs to them."""
    found: dict[int, list[Obstacle]] = defaultdict(list)
    for row in todos.todos(tx, with_done=False):
        if (number := row.params.get("session")) in session_ids:
            one = Obstacle("", "", row.text, row.params, row.person_id, row.appointment_id)
            found[number].append(one)
    return dict(found)


def settled(tx: Transaction, session: Session) -> None:
    """Nothing is in its way any more."""
    todos.close(tx, _key(session))


def settled_leader(tx: Transaction, session: Session) -> None:
    """It does not matter any more that its leader is away."""
    todos.close(tx, f"{_key(session)}{session.version}:away:")


def _key(session: Session) -> str:
    return f"clash:{session.id}:"


def _closed(tx: Transaction, centre: Centre, session: Session) -> Iterator[Obstacle]:
    day = local(session.starts_at, centre.zone).date()
    if is_holiday(day) or closures.closures_within(tx, day, day):
        yield Obstacle("closed", f"the club is closed on {day.isoformat()}", "todo_clash_closed")


def _too_near(tx: Transaction, centre: Centre, session: Session, place: Place) -> Iterator[Obstacle]:
    """Sessions in the zone that overlap, or leave less than the gap to leave, air and clean (source document, C10)."""
    gap = place.rules.gap
    for row in sessions.planned_in(tx, place.zone, (session.starts_at - gap, session.ends_at + gap)):
        if row.id != session.id:
            yield _of_session(centre, row.id, row.group, row.starts_at)


def _taken(tx: Transaction, centre: Centre, session: Session, place: Place) -> Iterator[Obstacle]:
    """Visits and sessions that have its stations or its leader."""
    aired = (session.starts_at, session.ends_at + max(place.rules.gap, place.rules.buffer))
    rows = [
        *sessions.in_the_way(tx, place.stations, [], aired),
        *sessions.in_the_way(tx, [], [session.leader_id], session.span),
    ]
    found = {one.mark: one for row in rows if (one := _of_claim(centre, session, row)) is not None}
    yield from found.values()


def _of_claim(centre: Centre, session: Session, row: Any) -> Obstacle | None:
    if row.session_id == session.id:
        return None
    if row.session_id is not None:
        return _of_session(centre, row.session_id, row.group, row.session_at)
    at = f"{local(row.visit_at, centre.zone):%Y-%m-%d %H:%M}"
    return Obstacle(
        mark=f"visit:{row.appointment_id}:{row.version}",
        said=f"visit {row.appointment_id} ({row.service}, {at}) has its room or its leader",
        text=None if row.held_until else "todo_clash_visit",
        person_id=row.participant_id,
        appointment_id=row.appointment_id,
    )


def _of_session(centre: Centre, session_id: int, name: str, starts_at: datetime) -> Obstacle:
    at = f"{local(starts_at, centre.zone):%Y-%m-%d %H:%M}"
    return Obstacle(
        mark=f"session:{session_id}",
        said=f"session {session_id} of the group {name} ({at}) has its room or its leader, or is too near",
        text="todo_clash_session",
        params={"beside": name, "beside_at": starts_at.isoformat()},
    )


def _away(tx: Transaction, session: Session, place: Place) -> Iterator[Obstacle]:
    """A leader who is not here, a room that can't be used."""
    rows = absences.absences_of(tx, [session.leader_id], session.span, place.stations)
    if any(row.person_id is not None for row in rows):
        mark = f"away:{session.leader_id}"
        yield Obstacle(mark, "its leader is away then", "todo_clash_away", person_id=session.leader_id)
    if not place.stations or any(row.station_id is not None for row in rows):
        yield Obstacle("shut", f"room {session.room} can't be used then", "todo_clash_room")
