"""`termin change`: a room that can't be used for some days."""

from typing import Annotated

import typer

from bot.cli.settled import AsJson, Day, How, LastDay, carry_out, in_order
from scheduler.impact import RoomShut

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def _change() -> None:
    """What changes for some days."""


@app.command("room")
def _room(
    room: Annotated[
        str, typer.Argument(metavar="ROOM", help="that can't be used: its code in the club's file")
    ],
    first: Day,
    last: LastDay,
    instead: Annotated[str, typer.Option("--instead", metavar="ROOM", help="where its visits go")],
    how: How = None,
    as_json: AsJson = False,
) -> None:
    """List whose visits it touches; with --how, take no bookings there, settle them, and tell everybody once."""
    in_order(first, last)
    carry_out(lambda _tx, _centre: RoomShut(room, instead, first, last), how, as_json=as_json)
