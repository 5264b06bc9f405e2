"""What a log line may say: never a number, a token, or a word that a participant wrote."""

import logging
import re
import sys
import time
import traceback
from collections.abc import Iterable
from types import TracebackType
from typing import TextIO

HIDDEN = "[hidden]"
# +48 501 502 503, %2B48501502503, 501-502-503, 77 483 77 23; a chat's or a user's number; a bot's token.
_PRIVATE = re.compile(
    r"\d{3,}:[A-Za-z0-9_-]{20,}"
    r"|(?:\+|%2B)\d[\d ()-]{6,}\d"
    r"|(?<![\w.-])\d{2,3}(?:[ -]\d{2,3}){2,3}(?![\w:-])"
    r"|(?<![\w.])\d{8,}(?!\w)",
    re.IGNORECASE,
)
# They write whole addresses (with the token), parameters or bodies at lower levels.
_TALKATIVE = {
    "aiohttp": logging.WARNING,
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
    "asyncio": logging.WARNING,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "telegram": logging.WARNING,
    "telegram.request": logging.CRITICAL,  # logs an answer it can't read, whole; we log its class
    "twilio": logging.WARNING,
    "uvicorn": logging.WARNING,
    "uvicorn.access": logging.CRITICAL,
}

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFormatter(logging.Formatter):
    """One line an event; what an exception says is left out (a database's repeats its parameters), where it was raised is not."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")
        self.converter = time.gmtime  # as the library's own documentation does it
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return f"{self.formatTime(record, '%Y-%m-%dT%H:%M:%SZ')} {_PRIVATE.sub(HIDDEN, text)}"

    def formatException(self, ei: _Raised) -> str:  # noqa: N802  the library's name
        lines = []
        error = ei[1]
        while error is not None:
            lines.append(f"  {type(error).__qualname__}")
            frames = traceback.extract_tb(error.__traceback__)
            lines += [f"    {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
            error = error.__cause__
        return "\n".join(lines)


def configure_logs(secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Make every logger of this process write to the error output, discreetly."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(DiscreetFormatter(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name, level in _TALKATIVE.items():
        logging.getLogger(name).setLevel(level)
    logging.getLogger("uvicorn.error").addFilter(_cuts_work_off)


def _cuts_work_off(record: logging.LogRecord) -> bool:
    """False of uvicorn's line that it cut callers off who only kept a connection open at the end: nothing was lost."""
    return not ("graceful shutdown exceeded" in str(record.msg) and record.args == (0,))
