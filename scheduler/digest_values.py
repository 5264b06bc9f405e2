"""What the digest says, read when it is worded: the ledger's row holds the day and the reader, and nobody's name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from config.centre import Centre
from scheduler.agenda import room_number
from scheduler.calendar import day_span
from scheduler.rights import Right, may
from scheduler.sessions import Session, sessions_between
from scheduler.staff import Role
from scheduler.visits import VisitStatus
from storage import agenda, digest, people, sessions
from storage.database import Transaction

OPEN = (VisitStatus.BOOKED, VisitStatus.CONFIRMED)
LINES = 40  # more than a chat shows at a glance; the day's page has them all

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Day:
    """What is on that day: the visits that stand, and the sessions."""

    visits: tuple[Any, ...]
    sessions: tuple[Session, ...]

    def of(self, person_id: int) -> "Day":
        """What is one specialist's own."""
        return Day(
            tuple(one for one in self.visits if one.specialist_id == person_id),
            tuple(one for one in self.sessions if one.leader_id == person_id),
        )


def on_day(tx: Transaction, centre: Centre, day: date) -> Day:
    """That local day."""
    span = day_span(day, day, centre.zone)
    visits = [one for one in agenda.visits_between(tx, span) if one.status in OPEN]
    planned = [one for one in sessions_between(tx, span) if one.is_planned]
    return Day(tuple(visits), tuple(planned))


def values(tx: Transaction, centre: Centre, params: Mapping[str, Any]) -> dict[str, Any]:
    """What it says to its reader now: the numbers, and `lines` by room, for where names may stand."""
    reader = params["reader_id"]
    role = Role(people.role_of(tx, reader) or Role.RECEPTION)
    found = on_day(tx, centre, date.fromisoformat(params["on_day"]))
    is_own = role is Role.SPECIALIST
    if is_own:
        found = found.of(reader)
    confirmed = sum(one.status == VisitStatus.CONFIRMED for one in found.visits)
    lines = list(_lines(tx, centre, found, with_details=may(role, Right.DETAILS)))
    left = len(lines) - LINES
    if left > 0:
        lines[LINES:] = [{"key": "digest_more", "params": {"count": left}}]
    return {
        "meetings": len(found.visits),
        "confirmed": confirmed,
        "unanswered": len(found.visits) - confirmed,
        "sessions": len(found.sessions),
        "urgent": digest.urgent(tx, reader if is_own else None),
        "lines": lines,
    }


def _lines(tx: Transaction, centre: Centre, found: Day, *, with_details: bool) -> Iterator[Line]:
    """Room by room, each with its sessions and visits by time; what is by phone or remote comes last."""
    items: list[tuple[str, Any, Line]] = []
    for visit in found.visits:
        room = room_number(centre, visit.station, visit.room) if visit.station else ""
        items.append((room, visit.starts_at, _visit(visit, with_details)))
    for session in found.sessions:
        room = centre.room(session.room).number if centre.has_room(session.room) else session.room
        items.append((room, session.starts_at, _session(tx, session, with_details)))
    items.sort(key=lambda item: (not item[0], item[0], item[1]))
    for room, listed in groupby(items, key=lambda item: item[0]):
        yield {"key": "digest_room", "params": {"room": room}} if room else {"key": "digest_no_room"}
        yield from (line for _, _, line in listed)


def _visit(visit: Any, with_details: bool) -> Line:
    params = {"starts_time": visit.starts_at.isoformat(), "person": visit.person}
    if with_details:
        return {"key": "digest_visit_service", "params": {**params, "service": visit.service}}
    return {"key": "digest_visit", "params": params}


def _session(tx: Transaction, session: Session, with_details: bool) -> Line:
    """How many are expected; of whom, the group's own list tells those who may know."""
    count = len(sessions.claimed_by(tx, session.id) - {session.leader_id})
    params = {"starts_time": session.starts_at.isoformat(), "count": count}
    if with_details:
        return {"key": "digest_session_group", "params": {**params, "group": session.group}}
    return {"key": "digest_session", "params": params}
