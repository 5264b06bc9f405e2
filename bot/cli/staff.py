"""`termin staff`: put somebody on the staff, with a log-in; list them; let them go; say that somebody is away and settle their visits, or here again."""

from typing import Annotated

import typer

from bot.cli.linked import print_code
from bot.cli.opened import opened
from bot.cli.printed import print_json, print_table
from bot.cli.settled import AsJson, How, carry_out, moment
from config.centre import Centre, load_centre
from scheduler.accounts import OneTime, login_of, open_account
from scheduler.booking import back
from scheduler.impact import Away
from scheduler.linking import new_code
from scheduler.passwords import draw
from scheduler.phones import mobile
from scheduler.staff import AlreadyStaff, Colleague, Role, add_staff, colleague_called, end_staff, members
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
    as_json: AsJson = False,
) -> None:
    """Put somebody on the staff, with a log-in to the panel, or give who is there this role and number."""
    colleague, drawn = Colleague(name, role, mobile(phone) if phone else None), draw()
    with opened() as club:
        account = club.settings.twilio_sender

        def add(tx: Transaction) -> tuple[int, OneTime | None]:
            try:
                person_id = add_staff(tx, colleague, account)
            except AlreadyStaff:
                person_id = colleague_called(tx, name).id
                if login_of(tx, person_id):
                    raise
            return person_id, None if login_of(tx, person_id) else open_account(tx, person_id, drawn)

        person_id, given = club.write(add)
    if as_json:
        print_json({"person_id": person_id, "role": role, **_shown(given)})
        return
    typer.echo(f"{name} is on the staff as {role}, number {person_id}.")
    _tell(given)


@app.command("list")
def _list(as_json: AsJson = False) -> None:
    """List who is on the staff, and with what they log in."""
    with opened() as club:
        found = club.read(members)
    if as_json:
        print_json(found)
        return
    columns = ["number", "name", "role", "log-in", "password", "codes"]
    print_table(
        columns,
        [
            [
                one.person_id,
                one.full_name,
                one.role,
                one.login,
                "one-time" if one.is_new else "",
                "yes" if one.has_codes else "",
            ]
            for one in found
        ],
    )


@app.command("password")
def _password(
    name: Annotated[str, typer.Argument(metavar="NAME", help="in quotation marks, or the number")],
    as_json: AsJson = False,
) -> None:
    """Give somebody a new one-time password; they are logged out, and codes from a phone are asked for no more."""
    drawn = draw()
    with opened() as club:
        given = club.write(lambda tx: open_account(tx, colleague_called(tx, name).id, drawn))
    if as_json:
        print_json(_shown(given))
        return
    _tell(given)


@app.command("end")
def _end(
    name: Annotated[str, typer.Argument(metavar="NAME", help="in quotation marks, or the number")],
) -> None:
    """Take somebody off the staff: they are logged out, and can log in no more."""
    with opened() as club:
        is_gone = club.write(lambda tx: end_staff(tx, colleague_called(tx, name).id))
    if is_gone:
        typer.echo(f"{name} is on the staff no more.")
    else:
        typer.echo(
            f"{name} can log in no more, but stays on the staff: the club's file names them. Take them out there, and start anew."
        )


def _shown(given: OneTime | None) -> dict[str, str]:
    return {"login": given.login, "one_time_password": given.password} if given else {}


def _tell(given: OneTime | None) -> None:
    if given:
        typer.echo(f"Log-in: {given.login}")
        typer.echo(
            f"One-time password: {given.password} (to be changed at the first log-in; it is not shown again)"
        )


@app.command("code")
def _code(
    name: Annotated[str, typer.Argument(metavar="NAME", help="in quotation marks, or the person's number")],
    as_json: AsJson = False,
) -> None:
    """Make the one-time code that links a Telegram chat to somebody on the staff; an earlier one is no longer good."""
    with opened() as club:
        person_id = club.read(lambda tx: colleague_called(tx, name).id)
        code = club.write(lambda tx: new_code(tx, person_id, "staff"))
    print_code(code, person_id=person_id, as_json=as_json)


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
