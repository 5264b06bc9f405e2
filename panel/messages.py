"""The ledger: every message with what became of it, and each call with its reason in plain words."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from panel.asked import Asked, Page, Show
from scheduler.ledger_view import AttemptRow, LedgerRow, ledger_rows
from scheduler.purposes import Purpose
from scheduler.reasons import Reason, reason_of
from scheduler.rights import Right
from scheduler.states import MessageState
from storage.ledger_view import Which
from storage.todos import names

A_PAGE = 50
DAYS = ("1", "7", "30", "90")
CHANNELS = ("sms", "telegram", "voice")

KINDS = {
    MessageState.SENT: "good",
    MessageState.DELIVERED: "good",
    MessageState.WAITING: "wait",
    MessageState.SENDING: "wait",
    MessageState.UNKNOWN: "wait",
    MessageState.FAILED: "bad",
    MessageState.EXPIRED: "bad",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One message as the page shows it."""

    row: LedgerRow
    text: str | None
    person: str
    kind: str
    calls: list[str]


def show(asked: Asked) -> Page:
    """The newest that fit the filters, and a way to the older ones."""
    which = _which(asked)
    rows = ledger_rows(asked.tx, asked.centre, asked.words.composer, which=which)
    people = names(asked.tx, {row.person_id for row in rows if row.person_id})
    lines = [_line(asked, row, people) for row in reversed(rows)]
    values = {
        "lines": lines,
        "given": _given(asked),
        "older": rows[0].id if len(rows) == A_PAGE else None,
        "choices": _choices(asked),
    }
    return Page("messages.html", values)


def _given(asked: Asked) -> dict[str, str]:
    """The filters as they stand; what no list offers counts as no filter."""
    allowed: dict[str, tuple[str, ...]] = {
        "days": DAYS,
        "status": tuple(MessageState),
        "purpose": tuple(Purpose),
        "channel": CHANNELS,
    }
    given = {name: asked.query.get(name, "") for name in allowed}
    known = {name: value if value in allowed[name] else "" for name, value in given.items()}
    return known | {
        "days": known["days"] or "7",
        "person": _number(asked, "person"),
        "before": _number(asked, "before"),
    }


def _number(asked: Asked, name: str) -> str:
    said = asked.query.get(name, "")
    return said if said.isascii() and said.isdigit() and len(said) < 10 else ""


def _which(asked: Asked) -> Which:
    given = _given(asked)
    return Which(
        since=asked.tx.now - timedelta(days=int(given["days"])),
        person_id=int(given["person"]) if given["person"] else None,
        status=given["status"] or None,
        purpose=given["purpose"] or None,
        channel=given["channel"] or None,
        before_id=int(given["before"]) if given["before"] else None,
        newest=A_PAGE,
    )


def _choices(asked: Asked) -> dict[str, list[tuple[str, str]]]:
    all_ = ("", asked.say("messages_all"))
    return {
        "days": [(one, asked.say("messages_days_n", n=one)) for one in DAYS],
        "status": [all_, *((one.value, asked.say(f"messages_status_{one}")) for one in MessageState)],
        "purpose": [all_, *((one.value, asked.say(f"messages_purpose_{one}")) for one in Purpose)],
        "channel": [all_, *((one, asked.say(f"messages_channel_{one}")) for one in CHANNELS)],
    }


def _line(asked: Asked, row: LedgerRow, people: dict[int, str]) -> Line:
    calls = [_call(asked, one) for one in row.attempts]
    text = (
        None if row.purpose is Purpose.ADVICE else row.text
    )  # what somebody asked about their health is theirs
    return Line(row, text, people.get(row.person_id or 0, ""), KINDS.get(row.status, "quiet"), calls)


def _call(asked: Asked, one: AttemptRow) -> str:
    """ "SMS, 9:00: nie dotarło - numer nie istnieje"."""
    values: dict[str, Any] = {
        "channel": asked.say(f"messages_channel_{one.channel}"),
        "at": asked.words.moment(one.at),
        "status": asked.say(f"messages_status_{one.status}"),
    }
    said = asked.say("messages_call", **values)
    return f"{said}: {_reason(asked, one.error)}" if one.error else said


def _reason(asked: Asked, error: str) -> str:
    """In words, and by its code where there are none."""
    known = reason_of(error)
    said = asked.say(f"reason_{known}")
    return f"{said} ({error[:40]})" if known is Reason.OTHER else said


PAGES = (Show("/messages", show, Right.DETAILS),)
