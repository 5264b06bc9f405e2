"""Starts the product as `termin run` does, again and again, each time as a process of its own that can be made to die.

A line of JSON on stdin starts one: its environment, its arguments, its fuse and where its log goes. Two lines of JSON on
stdout answer: its number, and how it ended. The product has been imported once and is forked from here, so that a start
costs no more than the product's own.
"""

import ctypes
import json
import os
import signal
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from twilio.rest import Client

from bot.cli import app
from scheduler.calendar import is_holiday
from soak.points import Fuse, Watch

# What a start imports, and what it imports as soon as it is at work.
PARTS = (
    "apscheduler.schedulers.asyncio",
    "bot.channels.sms.line",
    "bot.channels.telegram.line",
    "bot.cli.run",
    "bot.main",
    "icalendar",
    "psycopg",
    "sqlite3",
    "uvicorn.lifespan.off",
    "uvicorn.loops.auto",
    "uvicorn.protocols.http.auto",
)
_DIE_WITH_PARENT = 1  # prctl(PR_SET_PDEATHSIG): nobody is left behind by a test run that was killed itself


def main() -> None:
    """Serve orders until stdin ends."""
    _die_with_parent()
    _import_everything()
    for line in sys.stdin:
        order = json.loads(line)
        number = os.fork()
        if not number:
            _become(order)
        _say(started=number)
        _, status = os.waitpid(number, 0)
        _say(ended=number, status=os.waitstatus_to_exitcode(status))


def _import_everything() -> None:
    """Some libraries import the half of themselves at their first use."""
    for part in PARTS:
        import_module(part)
    is_holiday(date(2026, 1, 1))
    _ = Client("AC", "-").messages


def _become(order: dict[str, Any]) -> NoReturn:
    """Be the product from here on."""
    _die_with_parent()
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(Path(order["log"]).parent)
    os.environ.clear()
    os.environ.update(order["environment"])
    Watch(Fuse(Path(order["fuse"]))).begin()
    sys.argv = ["termin", *order["arguments"]]
    app()
    raise SystemExit(0)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _say(**facts: int) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
