"""Calls `termin` in this process, as a shell would, on the database of a test."""

import json
from dataclasses import dataclass, field
from typing import Any

from typer.testing import CliRunner

from bot.cli import app


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and how it ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(slots=True)
class Shell:
    """Somebody at a terminal."""

    database_url: str
    settings: dict[str, str | None] = field(default_factory=dict)

    def termin(self, *words: object) -> Said:
        known = {"TERMIN_DATABASE_URL": self.database_url, "TERMIN_SECRET_KEY": "a secret of the tests"}
        done = CliRunner().invoke(app, [str(word) for word in words], env=known | self.settings)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Said(done.exit_code, done.stdout, done.stderr)
