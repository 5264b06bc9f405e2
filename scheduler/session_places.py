"""Gives a session its place: the stations of its room, its leader's time and its people's, all claimed in the database."""

from collections.abc import Sequence
from typing import Any

from config.centre import Centre
from scheduler import session_reminders
from scheduler.calendar import day_span, local
from scheduler.clashes import Place, SessionClash, obstacles, settled, tell_staff
from scheduler.ledger import withdraw_session
from scheduler.policies import policy
from scheduler.sessions import Session, SessionStatus, belonging
from scheduler.todos import open_todo
from storage import claims, sessions
from storage.database import Transaction


def plan(tx: Transaction, centre: Centre, session: Session, members: Sequence[Any]) -> bool:
    """Let a session that claims nothing take place, if nothing stands in its way; else staff are shown what does.

    Whoever calls has locked its people.
    """
    try:
        put(tx, centre, session, members)
    except SessionClash as clash:
        tell_staff(tx, session, clash.obstacles)
        return False
    except claims.Overlap:  # a visit came between just now: the next run names it
        return False
    return True


def put(tx: Transaction, centre: Centre, session: Session, members: Sequence[Any]) -> None:
    """The same, or nothing.

    Raises:
        SessionClash, claims.Overlap.
    """
    place = Place.of(tx, centre, session, policy(tx, centre, session.starts_at))
    if found := obstacles(tx, centre, session, place):
        raise SessionClash(found)
    aired_at = session.ends_at + max(place.rules.gap, place.rules.buffer)
    wanted = [
        claims.Claim(session.starts_at, session.ends_at, person_id=session.leader_id),
        *(claims.Claim(session.starts_at, aired_at, station_id=one) for one in place.stations),
    ]
    with tx.savepoint():
        claims.end_holds(tx, wanted, person_id=0)
        claims.take(tx, wanted, session_id=session.id)
        sessions.update_session(tx, session.id, status=SessionStatus.PLANNED)
        let_in(tx, centre, session, members)
    settled(tx, session)


def let_in(tx: Transaction, centre: Centre, session: Session, members: Sequence[Any]) -> set[int]:
    """Claim the time of whoever belongs to a planned session and is free then, and remind them; return whose is claimed only now.

    Staff are told of the others. Whoever belongs to it no more has their time back.
    """
    day = local(session.starts_at, centre.zone).date()
    belong = {
        one.person_id: one
        for one in belonging(members, session.shift)
        if one.contract_until is None or one.contract_until >= day
    }
    come = sessions.claimed_by(tx, session.id) - {session.leader_id}
    for person_id in come - belong.keys():
        let_go(tx, session, person_id)
    missing = belong.keys() - come - sessions.declined(tx, session.id)
    busy = _elsewhere(tx, centre, session, [belong[one] for one in sorted(missing)])
    new = missing - busy
    taken = [claims.Claim(session.starts_at, session.ends_at, person_id=one) for one in new]
    if taken:
        claims.take(tx, taken, session_id=session.id)
        session_reminders.write(tx, centre, session, new)
    return new


def let_go(tx: Transaction, session: Session, person_id: int) -> None:
    """That person does not come: their time is theirs again, and nothing more is said to them of it."""
    claims.release_session(tx, session.id, person_id)
    withdraw_session(tx, session.id, person_id)


def clear(tx: Transaction, session: Session) -> None:
    """The session leaves its time: nothing is claimed for it, and nothing more is said of it."""
    claims.release_session(tx, session.id)
    withdraw_session(tx, session.id)


def _elsewhere(tx: Transaction, centre: Centre, session: Session, members: Sequence[Any]) -> set[int]:
    """Who of them is somewhere else then, or in another group that day though staff did not say so; staff are told of each."""
    if not members:
        return set()
    about = {"group": session.group, "meets_at": session.starts_at.isoformat(), "session": session.id}
    busy: set[int] = set()
    for row in sessions.in_the_way(tx, [], [one.person_id for one in members], session.span):
        busy.add(row.person_id)
        if row.appointment_id is not None:
            open_todo(
                tx,
                key=f"member:{session.id}:{session.version}:{row.appointment_id}:{row.version}",
                text="todo_member_busy",
                params=about,
                person_id=row.person_id,
                appointment_id=row.appointment_id,
                due_at=session.starts_at,
            )
    once = [one.person_id for one in members if not one.although_two]
    day = local(session.starts_at, centre.zone).date()
    span = day_span(day, day, centre.zone)
    others = sessions.in_other_groups(tx, once, session.group_id, span)
    at_once = busy & {one.person_id for one in members if one.although_two}
    others |= sessions.in_other_groups(tx, sorted(at_once), session.group_id, session.span)
    for person_id, name in others.items():
        open_todo(
            tx,
            key=f"member:{session.id}:{session.version}:two:{person_id}",
            text="todo_member_two",
            params=about | {"beside": name},
            person_id=person_id,
            due_at=session.starts_at,
        )
    return busy | others.keys()
