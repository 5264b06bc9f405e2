"""How a one-time Telegram code is shown."""

from datetime import UTC, datetime

import typer

from bot.cli.printed import print_json
from scheduler.linking import VALID_FOR


def print_code(code: str, *, person_id: int, as_json: bool) -> None:
    """The code as it is read out, and until when it is good."""
    expires_at = datetime.now(UTC) + VALID_FOR
    if as_json:
        print_json({"person_id": person_id, "code": code, "expires_at": expires_at})
        return
    typer.echo(f"{code}  (good once, until {expires_at.date().isoformat()}; to be written to the bot)")
