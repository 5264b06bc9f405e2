"""`termin staff`: put somebody on the staff; say that somebody is away and settle their visits, or here again."""

from typing import Annotated

import typer

from bot.cli.opened import opened
from bot.cli.settled import AsJson, How, carry_out, moment
from config.centre import Centre, load_centre
from scheduler.booking import back
from scheduler.impact import Away
from scheduler.phones import mobile
from scheduler.staff import Colleague, Role, add_staff, colleague_called
from storage.database import Transaction

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


@app.command("away")
def _away(
    name: Annotated[str, typer.Argument(metavar="NAME", help="of the specialist, in quotation marks")],
    from_: Annotated[str, typer.Option("--from", metavar="DATE", help="2026-10-14, or 2026-10-14T12:00")],
    to: Annotated[str, typer.Option(metavar="DATE", help="a day is counted too")],
    how: How = None,
    as_json: AsJson = False,
) -> None:
    """List whose visits an absence touches; with --how, record it, settle them, and tell everybody once."""

    def absence(tx: Transaction, centre: Centre) -> Away:
        begins, ends = moment(from_, centre), moment(to, centre, ends=True)
        if ends <= begins:
            raise typer.BadParameter(f"--to {to} is before --from {from_}")
        return Away(colleague_called(tx, name).id, begins, ends)

    carry_out(absence, how, as_json=as_json)


@app.command("back")
def _back(
    name: Annotated[str, typer.Argument(metavar="NAME", help="of the specialist, in quotation marks")],
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="the first day or time here again; now if not given"),
    ] = None,
) -> None:
    """End an absence: from then on the hours can be booked again. What was given back stays so."""
    with opened() as club:
        centre = load_centre(club.settings.centre)

        def end(tx: Transaction) -> None:
            at = moment(from_, centre) if from_ else tx.now
            back(tx, specialist_id=colleague_called(tx, name).id, at=at)

        club.write(end)
    typer.echo(f"{name} is here again.")
