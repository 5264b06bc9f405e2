"""`termin demo`: serve everything with pretend phones until SIGTERM."""

from typing import Annotated

import typer

from bot.demo import run

app = typer.Typer(add_completion=False)


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=1, max=65535, help="of 127.0.0.1")] = 8000,
) -> None:
    """Serve everything with pretend Telegram, Twilio and phones, on this machine alone."""
    run(port)
