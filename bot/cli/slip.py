"""`termin slip`: what somebody without a phone takes home."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.opened import opened
from bot.cli.refusal import NotDone
from bot.slip import slip_page
from config.centre import load_centre
from scheduler.booked import coming
from scheduler.calendar import local
from scheduler.people import Person, person
from scheduler.visits import Visit
from storage.database import Transaction
from words.catalogue import load_catalogue
from words.compose import Composer

app = typer.Typer(add_completion=False)


@app.command("slip")
def _slip(
    person_id: Annotated[int, typer.Argument(metavar="ID")],
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="write the page there")] = None,
) -> None:
    """Print a page (HTML, for the browser to print on A6) with each of somebody's visits to come."""
    with opened() as club:
        centre = load_centre(club.settings.centre)
        someone, visits = club.read(lambda tx: _of(tx, person_id))
    if not visits:
        raise NotDone(
            f"{someone.full_name} (number {person_id}) has no visit to come; there is nothing to print"
        )
    today = local(datetime.now(UTC), centre.zone).date()
    page = slip_page(Composer(load_catalogue(), centre), someone.language, visits, centre.zone, today)
    if out is None:
        typer.echo(page, nl=False)
    else:
        out.write_text(page, encoding="utf-8")


def _of(tx: Transaction, person_id: int) -> tuple[Person, list[Visit]]:
    someone = person(tx, person_id)
    return someone, [visit for visit in coming(tx, [person_id]) if visit.starts_at > tx.now]
