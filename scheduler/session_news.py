"""What the club has to say of groups' sessions that it changed: one message to each person, however many sessions it is about.

Nobody asked for it, so it is neutral: it names no group. Whoever can't be written to becomes a to-do.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from config.centre import Centre
from scheduler.calendar import local
from scheduler.ladder import best
from scheduler.ledger import Notice, post
from scheduler.news import purpose, send_after
from scheduler.session_heard import Heard
from scheduler.sessions import Session
from scheduler.todos import open_todo
from storage import addresses
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class _Word:
    """One message: a text about a session, and the to-do where it can't be sent; `since` is when it begins to matter."""

    about: Session
    since: datetime
    text: str
    todo: str
    params: Mapping[str, Any]


def tell_off(tx: Transaction, centre: Centre, off: Mapping[int, Sequence[Session]]) -> set[int]:
    """Tell each of those people once which sessions are off; return who is written to."""
    return {
        person_id for person_id, theirs in off.items() if _say(tx, centre, person_id, _off(centre, theirs))
    }


def tell_changed(
    tx: Transaction, centre: Centre, after: Session, heard: Mapping[int, Heard], people: Collection[int]
) -> set[int]:
    """Tell those people once how the session stands now, unless that is what they know; return who is written to.

    Args:
        heard: what each of them knows of it.
    """
    words = {one: _word(heard[one], after) for one in sorted(people)}
    return {one for one, word in words.items() if word is not None and _say(tx, centre, one, word)}


def tell_new_times(tx: Transaction, centre: Centre, next_: Mapping[int, Session]) -> None:
    """Tell each of those people once that their group meets at other times from now on, and when they come next."""
    for person_id, session in next_.items():
        params = {"starts_at": session.starts_at.isoformat(), "place": session.place}
        word = _Word(session, session.starts_at, "session_new_times", "todo_tell_session_times", params)
        _say(tx, centre, person_id, word)


def by_person(off: Mapping[Session, Collection[int]]) -> dict[int, list[Session]]:
    """Each person's sessions, by start."""
    found: dict[int, list[Session]] = defaultdict(list)
    for session in sorted(off, key=lambda one: (one.starts_at, one.id)):
        for person_id in off[session]:
            found[person_id].append(session)
    return dict(found)


def _word(was: Heard, after: Session) -> _Word | None:
    """The difference between what somebody knows and what is."""
    now = Heard.of(after)
    if was == now or (was.is_off and now.is_off):
        return None
    since = min(was.starts_at, now.starts_at)
    if now.is_off:
        params = was.params | {"starts_at": was.starts_at.isoformat()}
        return _Word(after, was.starts_at, "session_off", "todo_tell_called_off", params)
    params = was.params | {"starts_at": now.starts_at.isoformat(), "place": now.place}
    if was.is_off:
        return _Word(after, since, "session_on", "todo_tell_session_on", params)
    return _Word(after, since, "session_moved", "todo_tell_session_moved", params)


def _off(centre: Centre, theirs: Sequence[Session]) -> _Word:
    first, last = theirs[0], theirs[-1]
    params = {"starts_at": first.starts_at.isoformat()}
    if len(theirs) == 1:
        was = Heard(first.starts_at, first.place)
        return _Word(first, first.starts_at, "session_off", "todo_tell_called_off", was.params | params)
    params |= {
        "first_day": local(first.starts_at, centre.zone).date().isoformat(),
        "last_day": local(last.starts_at, centre.zone).date().isoformat(),
    }
    return _Word(first, first.starts_at, "session_off_span", "todo_tell_off_span", params)


def _say(tx: Transaction, centre: Centre, person_id: int, word: _Word) -> bool:
    session = word.about
    key = f"group:{session.id}:{session.version}:{person_id}"
    target = best(addresses.addresses_of(tx, [person_id]))
    if target is None or target.state != "active":
        if person_id != session.leader_id:  # who leads it reads what staff read
            open_todo(tx, key=key, text=word.todo, params=word.params, person_id=person_id, due_at=word.since)
        return False
    post(
        tx,
        Notice(
            key=key,
            purpose=purpose(tx, centre, word.since),
            text=word.text,
            params=word.params,
            person_id=person_id,
            session_id=session.id,
            send_after=send_after(tx, centre, word.since),
            useless_after=session.starts_at,
        ),
    )
    return True
