"""What a change of a rule touches, listed before it is made: whatever is booked stands, and staff decide what to tell whom."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from config.centre import Centre
from scheduler.calendar import local
from scheduler.policies import BUFFER, Policy, Record, policy
from scheduler.purposes import Purpose
from scheduler.shifts import limit
from storage import groups, policies, prompts
from storage.database import Transaction

AHEAD = timedelta(days=366)  # nothing is booked further ahead


class What(StrEnum):
    """What would no longer be as the rule says."""

    AIRED_TOO_SHORT = "aired_too_short"
    NOT_TOLD_OF_MASKS = "not_told_of_masks"
    PROMPTS_WITHDRAWN = "prompts_withdrawn"
    PEOPLE_NOT_ASKED = "people_not_asked"
    GROUP_TOO_LARGE = "group_too_large"
    SESSIONS_TOO_CLOSE = "sessions_too_close"


@dataclass(frozen=True, slots=True)
class Touched:
    """One thing that a change touches; `visit_id` and `at` where it is a visit, `count` where many, `group` its name."""

    what: What
    visit_id: int | None = None
    at: datetime | None = None
    count: int | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class _Change:
    """The rules before and after, and the visits in a room while the new one holds."""

    tx: Transaction
    centre: Centre
    before: Policy
    value: Any
    since: datetime
    visits: Sequence[Any]


def touched(tx: Transaction, centre: Centre, record: Record) -> list[Touched]:
    """Everything that the record would touch, if it were set now; empty if it touches nothing."""
    looks = LOOKS.get(record.rule)
    if looks is None:
        return []
    since = max(record.since, tx.now)
    visits = prompts.visits_in(tx, (since, record.until or since + AHEAD))
    return looks(_Change(tx, centre, policy(tx, centre, since), record.value, since, visits))


def _too_close(change: _Change) -> list[Touched]:
    """Visits that follow each other at one station sooner than the longer buffer allows."""
    if change.value <= change.before.buffer_minutes:
        return []
    buffer = timedelta(minutes=change.value)
    in_turn = sorted(change.visits, key=lambda visit: (visit.place, visit.starts_at))
    return [
        Touched(What.AIRED_TOO_SHORT, after.id, after.starts_at)
        for before, after in pairwise(in_turn)
        if before.place == after.place and after.starts_at < before.ends_at + buffer
    ]


def _not_told(change: _Change) -> list[Touched]:
    """Visits about which nothing more is sent that could name the duty: no reminder waits, and their prompt went out."""
    if not change.value or change.before.masks:
        return []
    told_later = policies.with_reminder(change.tx, [visit.id for visit in change.visits])
    today = local(change.tx.now, change.centre.zone).date()
    return [
        Touched(What.NOT_TOLD_OF_MASKS, visit.id, visit.starts_at)
        for visit in change.visits
        if visit.id not in told_later or local(visit.starts_at, change.centre.zone).date() == today
    ]


def _waiting(change: _Change) -> list[Touched]:
    """Prompts that are on their way and would be withdrawn."""
    count = prompts.waiting(change.tx, Purpose.HEALTH) if change.value == "off" else 0
    return [Touched(What.PROMPTS_WITHDRAWN, count=count)] if count else []


def _out_of_reach(change: _Change) -> list[Touched]:
    """People whom no channel that is left would ask."""
    before, after = (
        {row.person_id for row in prompts.may_be_asked(change.tx, channels)}
        for channels in (change.before.self_check_channels, change.value)
    )
    count = len(before - after)
    return [Touched(What.PEOPLE_NOT_ASKED, count=count)] if count else []


def _too_large(change: _Change) -> list[Touched]:
    """Groups with more members than one room may hold then: they meet in more shifts."""
    sizes = groups.sizes(change.tx)
    return [
        Touched(What.GROUP_TOO_LARGE, count=size, group=name)
        for name, size in sizes.items()
        if size > change.value
    ]


def _too_far_apart(change: _Change) -> list[Touched]:
    """Groups of which fewer may be in their room by a longer distance."""
    if change.value <= change.before.distance_m:
        return []
    rooms = {room.code: room for room in change.centre.rooms}
    most = {
        one.name: limit(len(room.stations), room.area_m2, change.value, change.before.group_limit)
        for one in groups.all_groups(change.tx)
        if (room := rooms.get(one.room)) is not None
    }
    return [
        Touched(What.GROUP_TOO_LARGE, count=size, group=name)
        for name, size in groups.sizes(change.tx).items()
        if size > most.get(name, size)
    ]


def _meet_too_soon(change: _Change) -> list[Touched]:
    """Sessions between which the gap would be too short."""
    if change.value <= change.before.group_gap_minutes:
        return []
    gap = timedelta(minutes=change.value)
    sessions = groups.sessions_since(change.tx, change.since)
    return [
        Touched(What.SESSIONS_TOO_CLOSE, at=after.starts_at)
        for before, after in pairwise(sessions)
        if before.group_id != after.group_id and after.starts_at < before.ends_at + gap
    ]


LOOKS: Mapping[str, Callable[[_Change], list[Touched]]] = {
    BUFFER: _too_close,
    "masks": _not_told,
    "self_check": _waiting,
    "self_check_channels": _out_of_reach,
    "group_limit": _too_large,
    "group_gap_minutes": _meet_too_soon,
    "distance_m": _too_far_apart,
}
