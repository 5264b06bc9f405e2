"""The two clocks: wall time, which the demo may move, and real time, which it may not."""

from datetime import UTC, datetime, timedelta

from storage import due
from storage.database import Transaction
from storage.pace import server_time


class Clock:
    """Wall time for rules and `send_after`; real time for leases, paces and timeouts."""

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self.offset = offset

    def now(self) -> datetime:
        """Wall time: the process's clock, moved by the offset."""
        return datetime.now(UTC) + self.offset

    def real(self, tx: Transaction) -> datetime:
        """Real time, read now: the database server's where there is one, so that all processes agree."""
        return server_time(tx) or datetime.now(UTC)


def next_due(tx: Transaction, now: datetime) -> datetime | None:
    """The next instant after `now` at which something in the ledger is due: where a clock that jumps has to stop."""
    return due.next_due(tx, now)
