"""`termin participants`: enrol from a file, list, give a one-time Telegram code; one_participant.py has the rest."""

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli import one_participant
from bot.cli.linked import print_code
from bot.cli.opened import opened
from bot.cli.printed import print_json, print_table
from bot.cli.refusal import NotDone
from scheduler.import_file import Report, import_participants, read_participants
from scheduler.linking import new_code
from scheduler.people import AddressState
from scheduler.roll import Participant, roll

app = typer.Typer(no_args_is_help=True, add_completion=False)

Json = Annotated[bool, typer.Option("--json", help="print JSON alone")]


@app.callback()
def _participants() -> None:
    """Participants."""


@app.command("import")
def _import(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="CSV or XLSX: full_name, phone, language, groups, contract_until"
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="say what would happen and write nothing")
    ] = False,
    as_json: Json = False,
) -> None:
    """Enrol the people of a file. A bad row is reported, the good ones are enrolled; a second time changes nothing."""
    wishes = read_participants(file.name, file.read_bytes())
    with opened() as club:
        account = club.settings.twilio_sender
        report = club.write(lambda tx: import_participants(tx, wishes, account=account, dry_run=dry_run))
    if as_json:
        print_json({"dry_run": dry_run, "counts": report.counts, "rows": report.rows})
    else:
        _print_report(report, dry_run=dry_run)
    if report.is_refused:
        raise NotDone(f"{file.name}: no row can be used; mend the rows named above and import the file again")


@app.command("list")
def _list(
    with_ended: Annotated[bool, typer.Option("--all", help="those who have left too")] = False,
    as_json: Json = False,
) -> None:
    """Print every participant."""
    with opened() as club:
        known = club.read(lambda tx: roll(tx, with_ended=with_ended))
    if as_json:
        print_json([_as_dict(one) for one in known])
        return
    print_table(
        ["number", "name", "phone", "language", "groups", "contract until", "reached by", "remark"],
        [_as_row(one) for one in known],
    )


@app.command("code")
def _code(person_id: Annotated[int, typer.Argument(metavar="ID")], as_json: Json = False) -> None:
    """Make a participant's one-time Telegram code; an earlier one is no longer good."""
    with opened() as club:
        code = club.write(lambda tx: new_code(tx, person_id))
    print_code(code, as_json=as_json, person_id=person_id)


one_participant.add_to(app)


def _print_report(report: Report, *, dry_run: bool) -> None:
    if report.rows:
        print_table(
            ["line", "fate", "number", "name", "remark"],
            [
                [row.line, row.fate, row.person_id, row.full_name, "; ".join(row.remarks)]
                for row in report.rows
            ],
        )
    typer.echo(", ".join(f"{count} {fate}" for fate, count in report.counts.items()))
    if report.may_bring_back and report.erased_at is not None:
        typer.echo(
            f"Somebody was erased on {report.erased_at.date().isoformat()}, and nothing of them was kept to know them by: "
            "a file from before that day enrols them again. Look at who is new."
        )
    if dry_run:
        typer.echo("A dry run: nothing was written.")


def _as_dict(one: Participant) -> dict[str, Any]:
    return {
        "id": one.person.id,
        "full_name": one.person.full_name,
        "phone": one.person.phone,
        "language": one.person.language,
        "groups": one.groups,
        "contract_until": one.person.contract_until,
        "ended_at": one.person.ended_at,
        "may_be_id": one.may_be_id,
        "addresses": [
            {"channel": where.channel, "state": where.state, "announcements": where.announcements}
            for where in one.addresses
        ],
    }


def _as_row(one: Participant) -> list[Any]:
    reached = [
        where.channel if where.state is AddressState.ACTIVE else f"{where.channel} ({where.state})"
        for where in one.addresses
    ]
    remarks = [f"may be {one.may_be_id}"] if one.may_be_id else []
    if one.person.ended_at is not None:
        remarks.append(f"left {one.person.ended_at.date().isoformat()}")
    return [
        one.person.id,
        one.person.full_name,
        one.person.phone,
        one.person.language,
        "; ".join(one.groups),
        one.person.contract_until,
        ", ".join(reached),
        ", ".join(remarks),
    ]
