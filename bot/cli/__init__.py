"""The command line: `termin`, with one file for each noun, loaded only when that noun is meant."""

import typer

from bot.cli.commands import NOUNS, Commands

app = typer.Typer(
    cls=Commands,
    help="Appointments, reminders and announcements for a social integration club.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _termin() -> None:
    """Make `app` a group, however many nouns there are."""


for _noun, _help in NOUNS.items():
    app.command(_noun, help=_help)(_termin)
