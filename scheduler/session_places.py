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
from storage import claims, sessions, todos
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
        for one in belonging(members, session.shift, session.series_day)
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


def let_in_late(tx: Transaction, centre: Centre, session: Session, members: Sequence[Any]) -> None:
    """The same for a session that was planned before: what kept somebody away is settled."""
    for person_id in let_in(tx, centre, session, members):
        todos.close(tx, _key(session, person_id))


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
    everybody = [one.person_id for one in members]
    rows = sessions.in_the_way(tx, [], everybody, session.span)
    for row in rows:
        if row.appointment_id is not None:
            mark = f"{row.appointment_id}:{row.version}"
            _ask_staff(tx, session, "todo_member_busy", row.person_id, mark, visit_id=row.appointment_id)
    day = local(session.starts_at, centre.zone).date()
    once = [one.person_id for one in members if not one.although_two]
    beside = sessions.in_other_groups(tx, everybody, session.group_id, session.span)
    beside |= sessions.in_other_groups(tx, once, session.group_id, day_span(day, day, centre.zone))
    for person_id, name in beside.items():
        _ask_staff(tx, session, "todo_member_two", person_id, "two", beside=name)
    return {row.person_id for row in rows} | beside.keys()


def _ask_staff(
    tx: Transaction,
    session: Session,
    text: str,
    person_id: int,
    mark: str,
    *,
    visit_id: int | None = None,
    **more: str,
) -> None:
    about = {"group": session.group, "meets_at": session.starts_at.isoformat(), "session": session.id}
    open_todo(
        tx,
        key=f"{_key(session, person_id)}{session.version}:{mark}",
        text=text,
        params=about | more,
        person_id=person_id,
        appointment_id=visit_id,
        due_at=session.starts_at,
    )


def _key(session: Session, person_id: int) -> str:
    return f"member:{session.id}:{person_id}:"
