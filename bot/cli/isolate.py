"""`termin isolate`: the four steps when somebody at the club shows signs of an infectious disease."""

from typing import Annotated

import typer

from bot.cli.opened import opened
from config.centre import load_centre
from scheduler.door import card, isolate
from words.catalogue import load_catalogue
from words.compose import Composer

app = typer.Typer(add_completion=False)


@app.command("isolate")
def _isolate(
    room: Annotated[str | None, typer.Option("--room", metavar="CODE", help="where to come")] = None,
) -> None:
    """Print the card of the four steps, and ask whoever is on duty to come; neither names anybody or anything."""
    with opened() as club:
        centre = load_centre(club.settings.centre)
        composer = Composer(load_catalogue(), centre)
        steps = club.read(lambda tx: card(tx, centre, composer))
        told = club.write(lambda tx: isolate(tx, centre, room))
    typer.echo(steps)
    typer.echo("")
    typer.echo(
        f"Wiadomość do dyżurnych: {told}." if told else "Nikt z dyżurnych nie ma telefonu: prosimy zawołać."
    )
