"""Somebody's visits for their own calendar program: at a secret address, and with nothing that others may not read."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from config.centre import Centre
from scheduler.accounts import keyed
from storage import audit, calendars
from storage.database import Transaction

BACK, AHEAD = timedelta(days=30), timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Entry:
    """One visit, or a group's session, which has no initials. `room` is the number on its door; a later version has a higher number."""

    uid: str
    version: int
    starts_at: datetime
    ends_at: datetime
    initials: str
    room: str | None


@dataclass(frozen=True, slots=True)
class Feed:
    """What one calendar shows, in its owner's language."""

    language: str
    entries: tuple[Entry, ...]


def open_calendar(tx: Transaction, person_id: int, key: bytes) -> str:
    """A new secret for that person's calendar; the one before is no good any more. It is shown once: only its keyed hash is kept."""
    token = secrets.token_urlsafe(32)
    calendars.replace_address(tx, person_id, keyed(key, "calendar", token))
    audit.note(tx, "staff", "calendar_opened", actor_id=person_id, person_id=person_id)
    return token


def close_calendar(tx: Transaction, person_id: int) -> None:
    """Let nobody read it any more."""
    if calendars.drop_address(tx, person_id):
        audit.note(tx, "staff", "calendar_closed", actor_id=person_id, person_id=person_id)


def feed(tx: Transaction, centre: Centre, token: str, key: bytes) -> Feed | None:
    """A month behind and half a year ahead; None if the secret is no good, or its owner has left."""
    whose = calendars.whose(tx, keyed(key, "calendar", token))
    if whose is None:
        return None
    span = tx.now - BACK, tx.now + AHEAD
    doors = {room.code: room.number for room in centre.rooms}
    found = [
        *(
            _entry("visit", row, doors, _initials(row.full_name))
            for row in calendars.visits(tx, whose.id, span)
        ),
        *(_entry("session", row, doors, "") for row in calendars.sessions(tx, whose.id, span)),
    ]
    return Feed(whose.language, tuple(sorted(found, key=lambda one: (one.starts_at, one.uid))))


def _entry(kind: str, row: Any, doors: dict[str, str], initials: str) -> Entry:
    room = doors.get(row.room, row.room) if row.room else None
    return Entry(f"{kind}-{row.id}@termin", row.version, row.starts_at, row.ends_at, initials, room)


def _initials(full_name: str) -> str:
    """ "Anna Maria Nowak-Testowa" -> "A.N."."""
    names = full_name.split()
    return "".join(f"{name[0].upper()}." for name in dict.fromkeys([names[0], names[-1]])) if names else ""
