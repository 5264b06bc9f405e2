"""Rows of the ledger that are due, or long sent, written by plain SQL; and the channel that takes them and does nothing."""

import asyncio
from datetime import timedelta

from bench.club import NOW, SERVICES, a_large_centre, settle
from scheduler.channels import Outgoing, Pace, Receipt
from storage.database import Database
from words.compose import Style

PEOPLE = 1_000
SPARE = 200  # more people, for whom nothing waits
CHANNEL, ACCOUNT = "null", "bench"
# Only one row is due this early: a courier can have sent it, and be warm, before the clock moves on to all the others.
BEFORE = NOW - timedelta(minutes=30)

_NUMBERS = {
    "postgresql": "FROM generate_series({first}, {last}) AS n",
    "sqlite": "FROM (WITH RECURSIVE up(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM up WHERE n < {last}) SELECT n FROM up)",
}
_MESSAGES = """
INSERT INTO message
  (key, person_id, address_id, channel, account, purpose, priority, text, params, status, send_after, useless_after, posted_at)
SELECT 'bench:' || n, {staff} + 1 + mod(n, {people}), 1 + mod(n, {people}), '{channel}', '{account}', '{purpose}', {priority},
  'reminder', '{{"starts_at": "2026-10-06T08:00:00+00:00", "place": "a1"}}', '{status}', '{due}', '{useless}', '{due}' {numbers}
"""
_ATTEMPTS = """
INSERT INTO attempt (message_id, address_id, channel, account, body, status, provider_id, started_at, lease_until, settled_at)
SELECT id, address_id, channel, account, 'Klub: spotkanie', 'sent', 'past' || id, send_after, send_after, send_after
FROM message WHERE status = 'sent'
"""


class NullChannel:
    """Takes every message at once."""

    name, account = CHANNEL, ACCOUNT

    def __init__(self, pace: Pace | None = None) -> None:
        self.pace = pace or Pace()
        self._count, self._wanted = 0, 0
        self._reached = asyncio.Event()

    def style(self, polish_letters: bool) -> Style:
        return Style(buttons=False, plain=not polish_letters)

    async def taken(self, number: int) -> None:
        """Wait until it has taken so many in all."""
        self._wanted = number
        self._reached.clear()
        if self._count < number:
            await self._reached.wait()

    async def send(self, outgoing: Outgoing) -> Receipt:
        self._count += 1
        if self._count >= self._wanted:
            self._reached.set()
        return Receipt(f"null{outgoing.attempt_id}")


def write_due(
    database: Database, due: int, sent: int = 0, purpose: tuple[str, int] = ("reminder", 3)
) -> None:
    """Make so many rows due since a minute ago, behind so many that were sent a week ago, and one due before them.

    Args:
        purpose: with its priority.
    """
    settle(database, a_large_centre(), PEOPLE + SPARE)
    with database.engine.begin() as connection:
        say = connection.exec_driver_sql
        say(f"UPDATE address SET channel = '{CHANNEL}', account = '{ACCOUNT}'")
        if sent:
            say(_rows(connection.dialect.name, (1, sent), "sent", timedelta(days=7), purpose))
            say(_ATTEMPTS)
        say(_rows(connection.dialect.name, (sent + 1, sent + due), "waiting", timedelta(minutes=1), purpose))
        say(_rows(connection.dialect.name, (sent + due + 1,) * 2, "waiting", timedelta(hours=1), purpose))
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def _rows(dialect: str, span: tuple[int, int], status: str, ago: timedelta, purpose: tuple[str, int]) -> str:
    ending = "+00" if dialect == "postgresql" else ""
    due, useless = (
        f"{at.replace(tzinfo=None).isoformat(sep=' ')}.000000{ending}"
        for at in (NOW - ago, NOW + timedelta(days=1))
    )
    numbers = _NUMBERS[dialect].format(first=span[0], last=span[1])
    return _MESSAGES.format(
        staff=SERVICES,
        people=PEOPLE,
        channel=CHANNEL,
        account=ACCOUNT,
        purpose=purpose[0],
        priority=purpose[1],
        status=status,
        due=due,
        useless=useless,
        numbers=numbers,
    )
