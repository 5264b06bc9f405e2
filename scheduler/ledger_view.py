"""The ledger as people read it: every message with what became of it, and with the words it will have while it waits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from config.centre import Centre
from scheduler.channels import Outgoing, Receipt
from scheduler.clock import Clock
from scheduler.pace import Pace
from scheduler.purposes import Purpose
from scheduler.states import AttemptState, MessageState
from scheduler.wording import Lane, Worded, word
from storage import ledger_view
from storage.database import Transaction
from storage.ledger_view import Which
from words.catalogue import TextError
from words.compose import Composer, Style


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One call to a provider; `at` is real time."""

    channel: str
    provider_id: str | None
    status: AttemptState
    error: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One message. `text` is the last attempt's, or a preview while it waits; None once dropped, or if it was never made."""

    id: int
    person_id: int | None
    purpose: Purpose
    status: MessageState
    send_after: datetime
    useless_after: datetime
    text: str | None
    parts: int
    attempts: tuple[AttemptRow, ...]


def ledger_rows(
    tx: Transaction,
    centre: Centre,
    composer: Composer,
    since: datetime | None = None,
    person_id: int | None = None,
    *,
    which: Which | None = None,
) -> list[LedgerRow]:
    """The messages by id.

    Args:
        since: only those written or due since then.
        person_id: only that person's.
        which: instead of both, in full.
    """
    asked = which or Which(since, person_id)
    tried = ledger_view.attempts(tx, asked)
    return [_row(tx, centre, composer, row, tried.get(row.id, ())) for row in ledger_view.rows(tx, asked)]


def _row(tx: Transaction, centre: Centre, composer: Composer, row: Any, tried: Sequence[Any]) -> LedgerRow:
    text, parts = (tried[-1].body, tried[-1].parts) if tried else (None, 1)
    if row.status == MessageState.WAITING and (preview := _preview(tx, centre, composer, row)):
        text, parts = preview.body, preview.parts
    return LedgerRow(
        row.id,
        row.person_id,
        Purpose(row.purpose),
        MessageState(row.status),
        row.send_after,
        row.useless_after,
        text,
        parts,
        tuple(
            AttemptRow(one.channel, one.provider_id, AttemptState(one.status), one.error, one.started_at)
            for one in tried
        ),
    )


def _preview(tx: Transaction, centre: Centre, composer: Composer, row: Any) -> Worded | None:
    """The words as they will be at the earliest; None if they can't be made."""
    lane = Lane(_Paper(row.channel or "sms"), composer, centre, Clock())
    try:
        return word(replace(tx, now=max(tx.now, row.send_after)), lane, ledger_view.as_due(row))
    except (TextError, LookupError, TypeError, ValueError):
        return None


class _Paper:
    """Looks like the channel of that name and sends nothing."""

    account = ""

    def __init__(self, name: str) -> None:
        self.name = name
        self.pace = Pace(by_parts=name == "sms")

    def style(self, polish_letters: bool) -> Style:
        buttons = self.name == "telegram"
        return Style(buttons=buttons, plain=not buttons and not polish_letters)

    async def send(self, outgoing: Outgoing) -> Receipt:
        raise NotImplementedError
