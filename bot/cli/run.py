"""`termin run`: serve the club until SIGTERM."""

from enum import StrEnum
from typing import Annotated

import typer

from config.settings import load_settings

app = typer.Typer(add_completion=False)


class Role(StrEnum):
    """Which part of the work a process does; any number of each share it on PostgreSQL."""

    ALL = "all"
    WEB = "web"
    WORKER = "worker"


@app.command()
def run(
    role: Annotated[Role, typer.Option(help="all; or web and worker apart, on PostgreSQL")] = Role.ALL,
) -> None:
    """Serve the club until SIGTERM: the web edge, the channels and the clockwork."""
    settings = load_settings()
    from bot.main import run as serve  # noqa: PLC0415 (a wrong setting is named before anything heavy is loaded)

    serve(settings, role.value)
