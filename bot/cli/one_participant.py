"""`termin participants word|calls|phone|end|export|erase`: what staff do for one participant at a time."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from bot.cli.opened import Opened, opened
from bot.cli.printed import print_json
from config.centre import load_centre
from scheduler.calendar import local
from scheduler.contacting import want_calls
from scheduler.dossier import dossier
from scheduler.erasure import Erasure, erase, what_goes
from scheduler.leaving import Leaving, leave, what_leaves
from scheduler.new_phone import new_phone
from scheduler.phones import mobile
from scheduler.secret_word import set_word
from words.catalogue import load_catalogue
from words.compose import Composer
from words.data_copy import DataCopy

Id = Annotated[int, typer.Argument(metavar="ID")]
Json = Annotated[bool, typer.Option("--json", help="print JSON alone")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="say what would happen and change nothing")]


def add_to(app: typer.Typer) -> None:
    """Make them commands of `termin participants`."""
    for name, command in (
        ("word", _word),
        ("calls", _calls),
        ("phone", _phone),
        ("end", _end),
        ("export", _export),
        ("erase", _erase),
    ):
        app.command(name)(command)


def _word(
    person_id: Id,
    word: Annotated[str | None, typer.Option("--set", metavar="1234", help="four digits")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="ask for none any more")] = False,
) -> None:
    """The four digits asked for before this person's visits are read out on a phone that others share."""
    if (word is None) is not clear:
        raise typer.BadParameter("give either --set with four digits, or --clear")
    with opened() as club:
        someone = club.write(lambda tx: set_word(tx, person_id, word))
    typer.echo(
        f"{someone.full_name} (number {person_id}): {'no word any more' if clear else 'the word is set'}"
    )


def _calls(
    person_id: Id,
    never: Annotated[bool, typer.Option("--never", help="to be written to, and never phoned")] = False,
    again: Annotated[bool, typer.Option("--again", help="may be phoned")] = False,
) -> None:
    """Whether somebody may be phoned: to-dos for who may not be ask staff to write."""
    if never is again:
        raise typer.BadParameter("give either --never or --again")
    with opened() as club:
        someone = club.write(lambda tx: want_calls(tx, person_id, again))
    typer.echo(f"{someone.full_name} (number {person_id}): {'may be phoned' if again else 'only written to'}")


def _phone(person_id: Id, number: Annotated[str, typer.Argument(metavar="NUMBER")]) -> None:
    """Give somebody a new number: what waits goes there, Telegram is unlinked, and the old number is theirs no more."""
    phone = mobile(number)
    with opened() as club:
        account = club.settings.twilio_sender
        someone = club.write(lambda tx: new_phone(tx, person_id, phone, account))
    typer.echo(
        f"{someone.full_name} (number {person_id}): {phone}; Telegram has to be linked anew "
        f"('termin participants code {person_id}')"
    )


def _end(person_id: Id, dry_run: DryRun = False, as_json: Json = False) -> None:
    """Somebody leaves: visits to come are given back, what waits is withdrawn, numbers and chats are unlinked."""
    with opened() as club:
        left = (
            club.read(lambda tx: what_leaves(tx, person_id))
            if dry_run
            else club.write(lambda tx: leave(tx, person_id))
        )
        if as_json:
            print_json({"dry_run": dry_run, **_as_dict(left)})
        else:
            _print_leaving(club, left)
            _say_dry(dry_run)


def _export(person_id: Id, as_json: Json = False) -> None:
    """Print all that is kept about somebody: as a page to hand out, or as JSON to take elsewhere (art. 15 and 20 GDPR)."""
    with opened() as club:
        about = club.read(lambda tx: dossier(tx, person_id))
        if as_json:
            print_json(about)
            return
        centre = load_centre(club.settings.centre)
        composer, today = Composer(load_catalogue(), centre), local(datetime.now(UTC), centre.zone).date()
        page = DataCopy(composer, about["person"]["language"], centre.zone, today).page(about)
        typer.echo(page, nl=False)


def _erase(person_id: Id, dry_run: DryRun = False, as_json: Json = False) -> None:
    """Erase names, numbers and words of somebody without visits to come; ids, days and the log stay (art. 17 GDPR)."""
    with opened() as club:
        gone = (
            club.read(lambda tx: what_goes(tx, person_id))
            if dry_run
            else club.write(lambda tx: erase(tx, person_id))
        )
    if as_json:
        print_json({"dry_run": dry_run, "erasure": gone})
        return
    typer.echo(_erased(gone))
    _say_dry(dry_run)


def _print_leaving(club: Opened, left: Leaving) -> None:
    zone = load_centre(club.settings.centre).zone
    typer.echo(f"{left.person.full_name} (number {left.person.id}) leaves. Withdrawn:")
    for visit in left.visits:
        typer.echo(f"  visit {visit.id}: {local(visit.starts_at, zone):%Y-%m-%d %H:%M}, {visit.service}")
    if left.groups:
        typer.echo(f"  {len(left.sessions)} session(s) of {', '.join(left.groups)}")
    typer.echo(f"  {len(left.messages)} waiting message(s), {left.questions} open question(s)")
    for address in left.addresses:
        typer.echo(f"  {address.channel} {address.address}")


def _erased(gone: Erasure) -> str:
    return (
        f"number {gone.person_id}: name and number, {len(gone.addresses)} address(es), the words of "
        f"{gone.messages} message(s); {gone.visits} visit(s) stay without a name"
    )


def _say_dry(dry_run: bool) -> None:
    if dry_run:
        typer.echo("A dry run: nothing was changed.")


def _as_dict(left: Leaving) -> dict[str, Any]:
    return {
        "person_id": left.person.id,
        "visits": [
            {"id": visit.id, "starts_at": visit.starts_at, "service": visit.service} for visit in left.visits
        ],
        "sessions": [{"id": seat.session.id, "starts_at": seat.starts_at} for seat in left.sessions],
        "groups": left.groups,
        "messages": left.messages,
        "questions": left.questions,
        "addresses": [{"channel": one.channel, "address": one.address} for one in left.addresses],
    }
