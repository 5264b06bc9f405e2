"""What the demo's page shows of the club: the agenda, the ledger, whom to play, where the clock can jump."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot.demo.cast import Cast
from bot.main import Termin
from bot.slip import slip_page
from scheduler.agenda import AgendaRow, agenda
from scheduler.booked import coming
from scheduler.calendar import instant
from scheduler.clock import next_due
from scheduler.ledger_view import LedgerRow, ledger_rows
from scheduler.states import MessageState
from scheduler.todo_list import open_todos
from scheduler.visits import VisitStatus
from storage.database import Transaction

AGENDA_DAYS = 14
NEWEST = 50
Jump = dict[str, Any]


async def state_of(termin: Termin, cast: Cast) -> dict[str, Any]:
    """As it is now."""
    return await termin.database.read(lambda tx: _state(tx, termin, cast), termin.clock.now())


def _state(tx: Transaction, termin: Termin, cast: Cast) -> dict[str, Any]:
    today = tx.now.astimezone(termin.centre.zone).date()
    visits = agenda(tx, termin.centre, today, today + timedelta(days=AGENDA_DAYS))
    messages = ledger_rows(tx, termin.centre, termin.composer)
    return {
        "agenda": [_visit(termin, cast, row) for row in visits],
        "ledger": [_plain(asdict(row)) for row in _shown(messages, cast)],
        "todos": _todos(tx, termin),
        "jumps": _jumps(tx, termin, visits),
        "people": [asdict(member) for member in cast.members],
        "begun_with": list(cast.visits),
        "panel_url": "/panel/",
    }


async def slip_of(termin: Termin, person_id: int) -> str:
    """The page to print for somebody without a phone."""
    now = termin.clock.now()
    visits = await termin.database.read(lambda tx: coming(tx, [person_id]), now)
    zone = termin.centre.zone
    return slip_page(termin.composer, "pl", visits, zone, now.astimezone(zone).date())


def _visit(termin: Termin, cast: Cast, row: AgendaRow) -> dict[str, Any]:
    """A visit, with a slip to print where no message can remind of it."""
    has_no_phone = any(one.id == row.person_id and not one.phone for one in cast.members)
    slip = f"/demo/slip/{row.person_id}" if has_no_phone else None
    name = termin.centre.service(row.service).name.model_dump()
    known: dict[str, Any] = _plain(asdict(row))
    return known | {"service_name": name, "slip_url": slip}


def _shown(messages: Sequence[LedgerRow], cast: Cast) -> list[LedgerRow]:
    """Of those who can be played: what has left or never will, the newest first, then what still waits."""
    players = {member.id for member in cast.members}
    theirs = [row for row in messages if row.person_id is None or row.person_id in players]
    settled = [row for row in theirs if row.status != MessageState.WAITING]
    newest = sorted(settled, key=lambda row: (row.send_after, row.id))[-NEWEST:]
    return [*reversed(newest), *(row for row in reversed(theirs) if row.status == MessageState.WAITING)]


def _todos(tx: Transaction, termin: Termin) -> list[dict[str, Any]]:
    """What the office has to do, in both languages of the page."""
    said = {code: open_todos(tx, termin.centre, termin.composer, language=code) for code in ("pl", "en")}
    return [
        {
            "id": one.id,
            "text": {"pl": one.text, "en": other.text},
            "urgent": one.urgent,
            "due_at": _plain(one.due_at),
            "taken": one.taken_at is not None,
        }
        for one, other in zip(said["pl"], said["en"], strict=True)
    ]


def _jumps(tx: Transaction, termin: Termin, visits: Sequence[AgendaRow]) -> list[Jump]:
    jumps = [
        _jump("Następna wiadomość", "The next message", next_due(tx, tx.now)),
        _jump("Dzień przed spotkaniem", "The day before a visit", _day_before_next(tx, termin, visits)),
        _jump("Jutro, 7:30", "Tomorrow, 7:30", _tomorrow_early(tx, termin)),
    ]
    return [jump for jump in jumps if jump]


def _jump(polish: str, english: str, to: datetime | None) -> Jump:
    return {"label": {"pl": polish, "en": english}, "to": to.isoformat()} if to else {}


def _day_before_next(tx: Transaction, termin: Termin, visits: Sequence[AgendaRow]) -> datetime | None:
    """The same local time on the day before the first visit for which that is still to come."""
    zone = termin.centre.zone
    for visit in visits:
        starts = visit.starts_at.astimezone(zone)
        before = instant(starts.date() - timedelta(days=1), starts.time(), zone)
        if before and before > tx.now and visit.status in (VisitStatus.BOOKED, VisitStatus.CONFIRMED):
            return before
    return None


def _tomorrow_early(tx: Transaction, termin: Termin) -> datetime | None:
    tomorrow = tx.now.astimezone(termin.centre.zone).date() + timedelta(days=1)
    return instant(tomorrow, time(7, 30), termin.centre.zone)


def _plain(value: Any) -> Any:
    """As JSON has it: instants in ISO 8601 and UTC."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
