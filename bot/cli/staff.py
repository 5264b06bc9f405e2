"""`termin staff add`: put somebody on the staff."""

from typing import Annotated

import typer

from bot.cli.opened import opened
from scheduler.phones import mobile
from scheduler.staff import Colleague, Role, add_staff

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def _staff() -> None:
    """Staff."""


@app.command("add")
def _add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="first name and surname, in quotation marks")],
    role: Annotated[Role, typer.Option(help="what the person may do")],
    phone: Annotated[str | None, typer.Option(help="a mobile number")] = None,
) -> None:
    """Put somebody on the staff, or give who is there this role and number."""
    colleague = Colleague(name, role, mobile(phone) if phone else None)
    with opened() as club:
        account = club.settings.twilio_sender
        person_id = club.write(lambda tx: add_staff(tx, colleague, account))
    typer.echo(f"{name} is on the staff as {role}, number {person_id}.")
