"""What `termin doctor` looks at; each check says what it found, and never shows a secret."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from http.client import HTTPConnection, HTTPException
from typing import Any

from bot.cli.refusal import sentence
from bot.cli.twilio_number import CannotTell, inbound_address
from config.centre import Centre, CentreError, load_centre
from config.settings import Settings
from scheduler.check_cost import Cost, month_of_checks
from scheduler.clock import Clock
from scheduler.heartbeat import last_heartbeats
from scheduler.people import numbers_without_sender
from scheduler.staff import Member, Role, members
from storage.database import Database, Transaction
from storage.errors import StorageError
from storage.migrate import check as check_tables

# Twilio does not deliver again unless asked: three times, after whatever went wrong.
AGAIN = "#rc=3&rp=all"
TO_CONFIRM = "# to confirm"


class State(StrEnum):
    """How serious a finding is."""

    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found."""

    name: str
    state: State
    text: str


def findings(settings: Settings) -> Iterator[Finding]:
    """Every check's, in the order in which things have to be mended."""
    for looks in (_database, _centre, _self_check, _telegram, _sms, _program):
        try:
            yield from looks(settings)
        except Exception as error:
            line = sentence(error)
            if line is None:
                raise
            yield Finding(looks.__name__.strip("_"), State.WRONG, line)


def _database(settings: Settings) -> Iterator[Finding]:
    kind = settings.database_url.partition(":")[0]
    with closing(Database(settings.database_url)) as database:
        numbers, processes, staff = database.run(_look, datetime.now(UTC), within_seconds=5, read_only=True)
    yield Finding("database", State.OK, f"{kind}, with the tables of this version")
    if numbers:
        what = "the next start brings them under the sender" if settings.has_twilio else "SMS is off"
        yield Finding("numbers", State.NOTE, f"{numbers} enrolled without an SMS sender; {what}")
    yield from processes
    yield _log_ins(staff)


def _look(tx: Transaction) -> tuple[int, list[Finding], list[Member]]:
    check_tables(tx.connection)
    processes = [
        Finding("clockwork", State.NOTE, f"{one.process} showed life {one.seconds_ago:.0f} s ago")
        for one in last_heartbeats(tx, Clock())
    ]
    return numbers_without_sender(tx), processes, members(tx)


def _log_ins(staff: list[Member]) -> Finding:
    with_account = [one for one in staff if one.login is not None]
    if not with_account:
        how = "'termin staff add NAME --role administrator' prints a log-in and a one-time password"
        return Finding("panel", State.NOTE, f"nobody can log in; {how}")
    if not any(one.role is Role.ADMINISTRATOR for one in with_account):
        return Finding("panel", State.NOTE, f"{len(with_account)} can log in, and no administrator")
    return Finding("panel", State.OK, f"{len(with_account)} of {len(staff)} on the staff can log in")


def _centre(settings: Settings) -> Iterator[Finding]:
    centre = load_centre(settings.centre)
    yield Finding("centre", State.OK, f"{centre.name} ({settings.centre.name})")
    if centre.timetable_is_example:
        text = "to be confirmed by the owner: the timetable in the club's file says of itself that it is an example"
        yield Finding("centre", State.NOTE, text)
    for number, line in enumerate(settings.centre.read_text("utf-8").splitlines(), start=1):
        said, marked, _ = line.partition(TO_CONFIRM)
        if marked:
            text = f"to be confirmed by the owner: line {number}, {said.strip()}"
            yield Finding("centre", State.NOTE, text)


def _self_check(settings: Settings) -> Iterator[Finding]:
    """What the daily health prompts come to by SMS this month; nothing where the club or its database has been found wrong."""
    try:
        centre = load_centre(settings.centre)
        with closing(Database(settings.database_url)) as database:
            cost = database.run(
                partial(_cost, centre=centre), datetime.now(UTC), within_seconds=5, read_only=True
            )
    except (CentreError, StorageError):
        return
    yield Finding(
        "self-check",
        State.NOTE,
        f"{cost.people} people by SMS on {cost.open_days} open days this month: {cost.parts} parts "
        f"of {centre.rules.sms_parts_a_month} allowed, {cost.zloty:.2f} zł at "
        f"{centre.health.sms_part_zloty} zł a part",
    )


def _cost(tx: Transaction, centre: Centre) -> Cost:
    check_tables(tx.connection)
    return month_of_checks(tx, centre)


def _telegram(settings: Settings) -> Iterator[Finding]:
    if not settings.has_telegram:
        yield Finding("telegram", State.NOTE, "off: TERMIN_TELEGRAM_TOKEN is not set")
    elif settings.telegram_mode == "webhook":
        yield Finding("telegram", State.OK, f"on, by webhook at {settings.public_url}/telegram/webhook")
    else:
        yield Finding("telegram", State.OK, "on, by polling")


def _sms(settings: Settings) -> Iterator[Finding]:
    if not settings.has_twilio:
        yield Finding("sms", State.NOTE, "off: TERMIN_TWILIO_ACCOUNT_SID is not set")
        return
    wanted = f"{settings.public_url}/twilio/sms{AGAIN}"
    yield Finding(
        "sms", State.OK, f"on, from {settings.twilio_sender}; inbound messages have to go to {wanted}"
    )
    try:
        found = inbound_address(settings)
    except CannotTell as reason:
        yield Finding("sms", State.NOTE, f"whether they do could not be found out: {reason}")
        return
    if found == wanted:
        yield Finding("sms", State.OK, "Twilio sends them there")
    else:
        yield Finding(
            "sms", State.WRONG, f"Twilio sends them to {found or 'no address'}; put in the one above"
        )


def _program(settings: Settings) -> Iterator[Finding]:
    """Ask the running program itself; that none runs is no fault."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::", "") else settings.host  # noqa: S104 (asked, not bound)
    connection = HTTPConnection(host, settings.port, timeout=3)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        status, body = answer.status, answer.read(1_000_000)
    except (OSError, HTTPException):
        yield Finding("program", State.NOTE, f"not running at {settings.bind}")
        return
    finally:
        connection.close()
    if status == 200:
        yield Finding("program", State.OK, f"runs at {settings.bind} and is ready")
    else:
        yield Finding(
            "program", State.WRONG, f"runs at {settings.bind} and is not ready (/readyz says {status})"
        )
    for name, next_run in _jobs(body):
        yield Finding("job", State.NOTE, f"{name}: next run {next_run or 'not set'}")


def _jobs(body: bytes) -> list[tuple[str, str]]:
    """Each job's name and next run, from what /readyz answers."""
    try:
        jobs: Any = json.loads(body)["scheduler"]["jobs"]
        return [(str(one["job"]), str(one["next_run"] or "")) for one in jobs]
    except (ValueError, KeyError, TypeError):
        return []
