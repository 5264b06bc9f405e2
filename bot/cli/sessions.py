"""`termin sessions`: when groups meet, and moving or calling off one of their sessions."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

import typer

from bot.cli.attendance import attendance
from bot.cli.opened import opened
from bot.cli.printed import print_json, print_table
from bot.cli.settled import AsJson, moment
from config.centre import Centre, load_centre
from scheduler.calendar import day_span, local
from scheduler.groups import group_called
from scheduler.people import person
from scheduler.session_changes import call_off, move
from scheduler.sessions import Session, members_of, sessions_between
from storage.database import Transaction

app = typer.Typer(no_args_is_help=True, add_completion=False)

Id = Annotated[int, typer.Argument(metavar="ID", help="its number in the list")]
AHEAD = 14  # days, unless more are asked for


@app.callback()
def _sessions() -> None:
    """Groups' sessions."""


app.command("attendance")(attendance)


@app.command("list")
def _list(
    first: Annotated[
        date | None, typer.Option("--from", parser=date.fromisoformat, metavar="DATE", help="today")
    ] = None,
    last: Annotated[
        date | None, typer.Option("--to", parser=date.fromisoformat, metavar="DATE", help="counted too")
    ] = None,
    group: Annotated[str | None, typer.Option(metavar="NAME", help="of that group alone")] = None,
    as_json: AsJson = False,
) -> None:
    """Print the sessions of groups, by start.

    JSON: objects with id, group, shift (from 1), starts_at, ends_at (UTC), room, leader_id, leader, status
    (planned|clash|called_off), members, expected.
    """
    with opened() as club:
        centre = load_centre(club.settings.centre)
        begins = first or local(datetime.now(UTC), centre.zone).date()
        span = day_span(begins, last or begins + timedelta(days=AHEAD), centre.zone)
        rows = club.read(lambda tx: session_rows(tx, span, group))
    if as_json:
        print_json(rows)
        return
    print_sessions(centre, rows)


def print_sessions(centre: Centre, rows: list[dict[str, Any]]) -> None:
    """The table of sessions, as every list of them has it."""
    print_table(
        ["number", "day", "time", "group", "shift", "room", "leader", "status", "expected"],
        [_shown(centre, row) for row in rows],
    )


@app.command("move")
def _move(
    session_id: Id,
    when: Annotated[str, typer.Argument(metavar="WHEN", help="local, such as 2026-10-14T12:00")],
    as_json: AsJson = False,
) -> None:
    """Put a session at another time; everybody who belongs to it is told once."""
    if "T" not in when:
        raise typer.BadParameter(f"'{when}' is no day and time such as 2026-10-14T12:00")
    with opened() as club:
        centre = load_centre(club.settings.centre)
        at = moment(when, centre)
        row = club.write(lambda tx: _row(tx, move(tx, centre, session_id, at)))
    _say(centre, row, as_json=as_json)


@app.command("call-off")
def _call_off(session_id: Id, as_json: AsJson = False) -> None:
    """Let a session not take place; everybody who belongs to it is told once."""
    with opened() as club:
        centre = load_centre(club.settings.centre)
        row = club.write(lambda tx: _row(tx, call_off(tx, centre, session_id)))
    _say(centre, row, as_json=as_json)


def session_rows(
    tx: Transaction, span: tuple[datetime, datetime], group: str | None = None
) -> list[dict[str, Any]]:
    """The sessions that touch the span, of that group or of all."""
    wanted = group_called(tx, group).id if group is not None else None
    return [_row(tx, one) for one in sessions_between(tx, span) if wanted in (None, one.group_id)]


def _row(tx: Transaction, one: Session) -> dict[str, Any]:
    members = members_of(tx, one)
    return {
        "id": one.id,
        "group": one.group,
        "shift": one.shift + 1,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "room": one.room,
        "leader_id": one.leader_id,
        "leader": person(tx, one.leader_id).full_name,
        "status": one.status,
        "members": len(members),
        "expected": sum(who.is_expected for who in members),
    }


def _shown(centre: Centre, row: dict[str, Any]) -> list[Any]:
    starts, ends = local(row["starts_at"], centre.zone), local(row["ends_at"], centre.zone)
    return [
        row["id"],
        starts.date().isoformat(),
        f"{starts:%H:%M}-{ends:%H:%M}",
        row["group"],
        row["shift"],
        row["room"],
        row["leader"],
        row["status"].replace("_", " "),
        f"{row['expected']} of {row['members']}",
    ]


def _say(centre: Centre, row: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(row)
        return
    at = f"{local(row['starts_at'], centre.zone):%Y-%m-%d %H:%M}"
    typer.echo(f"Session {row['id']} of the group {row['group']}, {at}: {row['status'].replace('_', ' ')}.")
