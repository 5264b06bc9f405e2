"""Where a running product can be made to die by its own hand: at its statements and at its commits.

SQLAlchemy's public events are all that is used; not a line of the product knows of this.
"""

import mmap
import os
import re
import signal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Pool, event

# The points of one change: a row written, and the transaction it was written in.
MOMENTS = ("before", "after", "before commit of", "after commit of")

SIZE = 96
_NAME = slice(0, 80)
_LEFT, _BURNT = 80, 81

# At the beginning, or behind the queries that a statement begins with.
_CHANGE = re.compile(
    r"\s*(?:WITH .*?\)\s*)?(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE | re.DOTALL
)


class Fuse:
    """One armed point, shared by two processes through a file that outlives them; beside it, what has been passed."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(SIZE))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), SIZE)
        self._passed = path.with_suffix(".passed")
        self._known = self.passed

    def arm(self, point: str, hits: int = 1) -> None:
        """Let the process die when it comes to that point for the so-manieth time."""
        self.disarm()
        self._shared[_LEFT] = hits
        self._shared[_NAME] = point.encode().ljust(_NAME.stop, b"\0")

    def disarm(self) -> None:
        self._shared[_NAME] = bytes(_NAME.stop)
        self._shared[_LEFT] = self._shared[_BURNT] = 0

    @property
    def is_burnt(self) -> bool:
        """Whether a process has died here since it was armed."""
        return bool(self._shared[_BURNT])

    @property
    def passed(self) -> set[str]:
        """Every change that any of the processes has made so far."""
        return set(self._passed.read_text().split("\n")[:-1]) if self._passed.exists() else set()

    def reach(self, moment: str, change: str) -> None:
        """The process that calls this is at that point."""
        if change not in self._known:
            self._known.add(change)
            with self._passed.open("a") as file:
                file.write(change + "\n")
        if self._shared[_NAME].rstrip(b"\0") != f"{moment} {change}".encode():
            return
        self._shared[_LEFT] = max(self._shared[_LEFT] - 1, 0)
        if not self._shared[_LEFT]:
            self._shared[_BURNT] = 1
            os.kill(os.getpid(), signal.SIGKILL)


def change_in(statement: str) -> str | None:
    """What a statement changes, as points are named: `insert inbox`, `update attempt`."""
    found = _CHANGE.match(statement)
    return f"{found[1].split()[0].lower()} {found[2].lower()}" if found else None


class Watch:
    """Reports to a fuse before and after every change, and before and after every commit of one."""

    def __init__(self, fuse: Fuse) -> None:
        self._fuse = fuse

    def begin(self) -> None:
        """From now on, for every engine of this process."""
        event.listen(Engine, "before_cursor_execute", self._before)
        event.listen(Engine, "after_cursor_execute", self._after)
        event.listen(Engine, "commit", self._before_commit)
        event.listen(Engine, "rollback", self._rollback)
        event.listen(Pool, "checkin", self._after_commit)

    def _before(self, connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if change := change_in(statement):
            connection.info.setdefault("changes", {})[change] = None
            self._fuse.reach("before", change)

    def _after(self, _connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if change := change_in(statement):
            self._fuse.reach("after", change)

    def _before_commit(self, connection: Connection) -> None:
        changes = connection.info.pop("changes", {})
        for change in changes:
            self._fuse.reach("before commit of", change)
        connection.info["committed"] = changes

    def _after_commit(self, _raw: Any, record: Any) -> None:
        for change in record.info.pop("committed", {}):
            self._fuse.reach("after commit of", change)

    def _rollback(self, connection: Connection) -> None:
        if not connection.invalidated:  # a lost one has taken what it knew with it
            connection.info.pop("changes", None)
