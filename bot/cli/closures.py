"""`termin closures`: days on which the club is closed, or closes early."""

from dataclasses import asdict
from datetime import time
from typing import Annotated

import typer

from bot.cli.opened import opened
from bot.cli.printed import print_json, print_table
from bot.cli.settled import AsJson, Day, How, LastDay, carry_out, clock, in_order
from config.centre import load_centre
from scheduler.closures import closures, reopen
from scheduler.impact import Closed

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def _closures() -> None:
    """Days on which the club is closed."""


@app.command("add")
def _add(
    first: Day,
    last: LastDay,
    reason: Annotated[str, typer.Option(help="for staff alone: no message says it")],
    after: Annotated[
        time | None,
        typer.Option(parser=clock, metavar="TIME", help="closed only from then on, such as 12:00"),
    ] = None,
    how: How = None,
    as_json: AsJson = False,
) -> None:
    """List whose visits it touches; with --how, close the club then, settle them, and tell everybody once."""
    in_order(first, last)
    carry_out(lambda _tx, _centre: Closed(first, last, reason, after), how, as_json=as_json)


@app.command("list")
def _list(as_json: AsJson = False) -> None:
    """The closures to come: those of the club's file, and those that staff entered."""
    with opened() as club:
        centre = load_centre(club.settings.centre)
        found = club.read(lambda tx: closures(tx, centre))
    if as_json:
        print_json([asdict(one) for one in found])
        return
    rows = [[one.id, one.first, one.last, one.reason, "staff" if one.by_staff else "file"] for one in found]
    print_table(["number", "from", "to", "reason", "entered by"], rows)


@app.command("remove")
def _remove(
    closure_id: Annotated[int, typer.Argument(metavar="ID", help="its number in the list")],
) -> None:
    """Take a closure back that staff entered; what was given back for it stays so."""
    with opened() as club:
        club.write(lambda tx: reopen(tx, closure_id))
    typer.echo("Those days can be booked again.")
