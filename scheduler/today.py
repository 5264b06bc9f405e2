"""Who comes today, as the door sees it: when and where, and what is known of each visit before it begins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from config.centre import Centre
from scheduler.agenda import AgendaRow, agenda
from scheduler.visits import VisitStatus
from storage import declarations
from storage.database import Transaction
from words.compose import Composer, Say, Style

PLAIN = Style(buttons=False, plain=False)


class SelfCheck(StrEnum):
    """What became of the morning's question, for whoever stands at the door; no answer, or no question: one asks there."""

    DECLARED = "declared"
    GIVEN_BACK = "given_back"
    NO_ANSWER = "no_answer"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Coming:
    """One visit of the day. Instants are UTC; room and station are None where nobody comes to the club."""

    id: int
    starts_at: datetime
    ends_at: datetime
    service: str
    specialist: str
    room: str | None
    station: str | None
    mode: str
    person_id: int
    person: str
    status: VisitStatus
    confirmed: bool
    self_check: SelfCheck
    late_minutes: int | None
    accompanied: bool


@dataclass(frozen=True, slots=True)
class Words:
    """The same for people: `remarks` are what the door should know beside. No self-check where it decides nothing more."""

    service: str
    place: str
    status: str
    self_check: str
    remarks: tuple[str, ...]


def today(tx: Transaction, centre: Centre, day: date) -> list[Coming]:
    """The visits of that local day by room and time, those without a room last; what was given back is among them."""
    visits = agenda(tx, centre, day, day)
    asked = {row.person_id: row for row in declarations.of_day(tx, day, {one.person_id for one in visits})}
    rows = [_coming(one, asked) for one in visits]
    return sorted(rows, key=lambda one: (one.room is None, one.room or "", one.starts_at, one.id))


def words(composer: Composer, centre: Centre, row: Coming, language: str = "pl") -> Words:
    """How that visit is said to staff."""

    def say(key: str, **params: Any) -> str:
        return composer.label(language, Say(key, params), PLAIN, row.starts_at.date())

    known = centre.has_service(row.service)
    return Words(
        service=centre.service(row.service).name.in_language(language) if known else row.service,
        place=say("door_room", room=row.room) if row.room else say(f"place_{row.mode}"),
        status=say(f"door_status_{row.status}"),
        self_check=say(f"door_check_{row.self_check}") if _is_awaited(row) else "",
        remarks=tuple(say(key, minutes=row.late_minutes) for key in _remarks(row)),
    )


def _remarks(row: Coming) -> list[str]:
    """Of whoever said so: that they will be late, and by how much if they said that; that they do not come alone."""
    late = "door_late" if row.late_minutes else "door_late_open"
    return [late] * (row.late_minutes is not None) + ["door_accompanied"] * row.accompanied


def _is_awaited(row: Coming) -> bool:
    """Whether somebody is still to come in at the door."""
    return row.room is not None and row.status in (VisitStatus.BOOKED, VisitStatus.CONFIRMED)


def _coming(visit: AgendaRow, asked: Mapping[int, Any]) -> Coming:
    return Coming(
        visit.id,
        visit.starts_at,
        visit.ends_at,
        visit.service,
        visit.specialist,
        visit.room,
        visit.station,
        visit.mode,
        visit.person_id,
        visit.person,
        visit.status,
        visit.status is VisitStatus.CONFIRMED,
        _self_check(visit, asked.get(visit.person_id)),
        visit.late_minutes,
        visit.accompanied,
    )


def _self_check(visit: AgendaRow, asked: Any) -> SelfCheck:
    """Given back for whatever reason: nobody can tell one from another."""
    if visit.status is VisitStatus.GIVEN_BACK:
        return SelfCheck.GIVEN_BACK
    if asked is None:
        return SelfCheck.NOT_ASKED
    return SelfCheck.DECLARED if asked.declared_at else SelfCheck.NO_ANSWER
