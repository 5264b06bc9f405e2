"""`termin ledger`: every message and what became of it."""

from datetime import datetime
from typing import Annotated

import typer

from bot.cli.opened import opened
from bot.cli.printed import print_json, print_table
from config.centre import Centre, load_centre
from scheduler.calendar import local
from scheduler.ledger_view import LedgerRow, ledger_rows
from words.catalogue import load_catalogue
from words.compose import Composer

app = typer.Typer(add_completion=False)

SHOWN = 60  # letters of a text in the table


@app.command("ledger")
def _ledger(
    since: Annotated[
        datetime | None,
        typer.Option(
            parser=datetime.fromisoformat,
            metavar="TIME",
            help="written or due since then: 2026-10-14T10:00, local unless it names an offset",
        ),
    ] = None,
    person_id: Annotated[
        int | None, typer.Option("--person", metavar="ID", help="that person's alone")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON alone")] = False,
) -> None:
    """Print every message with what became of it, and with the words it will have while it waits."""
    with opened() as club:
        centre = load_centre(club.settings.centre)
        if since is not None and since.tzinfo is None:
            since = since.replace(tzinfo=centre.zone)
        composer = Composer(load_catalogue(), centre)
        rows = club.read(lambda tx: ledger_rows(tx, centre, composer, since, person_id))
    if as_json:
        print_json(rows)
        return
    print_table(
        ["number", "person", "purpose", "status", "send after", "parts", "by", "text"],
        [_shown(centre, row) for row in rows],
    )


def _shown(centre: Centre, row: LedgerRow) -> list[str]:
    text = " ".join((row.text or "").split())
    return [
        str(row.id),
        str(row.person_id or ""),
        row.purpose,
        row.status,
        f"{local(row.send_after, centre.zone):%Y-%m-%d %H:%M}",
        str(row.parts),
        row.attempts[-1].channel if row.attempts else "",
        text if len(text) <= SHOWN else text[: SHOWN - 3] + "...",
    ]
