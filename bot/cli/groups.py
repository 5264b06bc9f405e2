"""`termin groups`: who leads them, where and when they meet, who belongs to them, and the shifts that they come in."""

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.opened import opened
from bot.cli.printed import print_json, print_table
from bot.cli.refusal import NotDone
from bot.cli.settled import AsJson
from config.centre import Centre, load_centre
from scheduler.calendar import local
from scheduler.group_import import import_members, read_members
from scheduler.group_split import Split, confirm, propose
from scheduler.groups import KINDS, Group, add, all_groups, change, group_called, join, leave
from scheduler.roll import participant_called
from scheduler.staff import colleague_called
from storage.database import Transaction

app = typer.Typer(no_args_is_help=True, add_completion=False)


def _hours(said: str) -> dict[str, Any]:
    """When it begins, and how long it lasts."""
    starts, ends = (datetime.strptime(part, "%H:%M") for part in said.split("-"))  # noqa: DTZ007 - times of day
    return {"starts": starts.time(), "minutes": int((ends - starts).total_seconds() // 60)}


Name = Annotated[str, typer.Argument(metavar="NAME", help="of the group")]
Who = Annotated[str, typer.Argument(metavar="PERSON", help="name or number of a participant")]
Room = Annotated[str | None, typer.Option(metavar="ROOM", help="its code in the club's file")]
Leader = Annotated[str | None, typer.Option(metavar="NAME", help="of the staff")]
Rule = Annotated[str | None, typer.Option(metavar="RRULE", help="such as FREQ=WEEKLY;BYDAY=TU")]
First = Annotated[
    date | None,
    typer.Option("--from", parser=date.fromisoformat, metavar="DATE", help="from when the rule counts"),
]
Hours = Annotated[
    dict[str, Any] | None,
    typer.Option("--at", parser=_hours, metavar="HOURS", help="local, such as 10:00-11:30"),
]
Ends = Annotated[
    date | None,
    typer.Option("--ends", parser=date.fromisoformat, metavar="DATE", help="from then on it is over"),
]


@app.callback()
def _groups() -> None:
    """Groups."""


@app.command("list")
def _list(as_json: AsJson = False) -> None:
    """Print every group."""
    with opened() as club:
        found = club.read(all_groups)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    print_table(
        ["number", "name", "kind", "members", "room", "leader", "rule", "from", "at", "minutes", "ends"],
        [_shown(one) for one in found],
    )


@app.command("add")
def _add(
    name: Name,
    kind: Annotated[str, typer.Option(metavar="KIND", help=", ".join(KINDS))] = "other",
    as_json: AsJson = False,
) -> None:
    """Write a new group; `set` says where and when it meets."""
    if kind not in KINDS:
        raise typer.BadParameter(f"'{kind}' is none of {', '.join(KINDS)}")
    with opened() as club:
        group = club.write(lambda tx: add(tx, name, kind))
    _say(group, as_json=as_json)


@app.command("set")
def _set(
    name: Name,
    room: Room = None,
    leader: Leader = None,
    rule: Rule = None,
    first_day: First = None,
    hours: Hours = None,
    ended_on: Ends = None,
    as_json: AsJson = False,
) -> None:
    """Say where, when and with whom a group meets; its sessions follow, and whoever comes at other times is told once."""
    said = {"room": room, "rule": rule, "first_day": first_day, "ended_on": ended_on}
    values = {field: value for field, value in said.items() if value is not None} | (hours or {})
    with opened() as club:
        centre = load_centre(club.settings.centre)

        def work(tx: Transaction) -> Group:
            leads = {"leader_id": colleague_called(tx, leader).id} if leader is not None else {}
            return change(tx, centre, group_called(tx, name), values | leads)

        group = club.write(work)
    _say(group, as_json=as_json)


@app.command("join")
def _join(
    name: Name,
    who: Who,
    together: Annotated[
        str | None, typer.Option(metavar="WORD", help="who share a word want the same shift")
    ] = None,
    although_two: Annotated[
        bool, typer.Option("--although-two", help="they may be in two groups on one day")
    ] = False,
) -> None:
    """Make a participant a member; the sessions to come are theirs too."""
    with opened() as club:
        centre = load_centre(club.settings.centre)

        def work(tx: Transaction) -> tuple[str, bool]:
            person, group = participant_called(tx, who), group_called(tx, name)
            new = join(tx, centre, group, person.id, together=together, although_two=although_two)
            return person.full_name, new

        full_name, is_new = club.write(work)
    typer.echo(f"{full_name} is in the group now." if is_new else f"{full_name} was in the group already.")


@app.command("leave")
def _leave(name: Name, who: Who) -> None:
    """Make a participant no member any more; the time of its sessions to come is theirs again."""
    with opened() as club:
        centre = load_centre(club.settings.centre)

        def work(tx: Transaction) -> str:
            person = participant_called(tx, who)
            leave(tx, centre, group_called(tx, name), person.id)
            return person.full_name

        full_name = club.write(work)
    typer.echo(f"{full_name} is no longer in the group.")


@app.command("split")
def _split(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="confirm it: from now on the group comes so")] = False,
    as_json: AsJson = False,
) -> None:
    """Show in which shifts the group would come, and when each arrives; with --yes, let it, and tell whoever changes once."""
    with opened() as club:
        centre = load_centre(club.settings.centre)
        if yes:
            split = club.write(lambda tx: confirm(tx, centre, group_called(tx, name)))
        else:
            split = club.read(lambda tx: propose(tx, centre, group_called(tx, name)))
    if as_json:
        print_json(_as_dict(split, confirmed=yes or not split.is_new))
        return
    _print_split(centre, split)
    if split.is_new:
        typer.echo("It is so from now on." if yes else "Nothing has been changed. To confirm it, add --yes.")


@app.command("import")
def _import(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="CSV or XLSX: group, full_name, phone, together, although_two"),
    ],
    as_json: AsJson = False,
) -> None:
    """Make members of the people of a file. A bad row is reported, the others join; a second time changes nothing."""
    wishes = read_members(file.name, file.read_bytes())
    with opened() as club:
        centre = load_centre(club.settings.centre)
        rows = club.write(lambda tx: import_members(tx, centre, wishes))
    if as_json:
        print_json([asdict(row) for row in rows])
    else:
        print_table(
            ["line", "fate", "group", "name", "remark"],
            [[row.line, row.fate, row.group, row.full_name, row.remark] for row in rows],
        )
    if rows and all(row.fate == "refused" for row in rows):
        raise NotDone(f"{file.name}: no row can be used; mend the rows named above and import the file again")


def _shown(one: Group) -> list[Any]:
    starts = f"{one.starts:%H:%M}" if one.starts else None
    series = [one.rule, one.first_day, starts, one.minutes, one.ended_on]
    return [one.id, one.name, one.kind, one.members, one.room, one.leader_id, *series]


def _say(group: Group, *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(group))
        return
    typer.echo(f"Group {group.id}: {group.name}, {group.members} member(s).")


def _as_dict(split: Split, *, confirmed: bool) -> dict[str, Any]:
    return {
        "most": split.most,
        "confirmed": confirmed,
        "shifts": [
            {
                "people": [
                    {"person_id": number, "full_name": name, "is_new": number in one.new}
                    for number, name in one.people
                ],
                "arrivals": one.arrivals,
            }
            for one in split.shifts
        ],
    }


def _print_split(centre: Centre, split: Split) -> None:
    typer.echo(f"At most {split.most} at once: {len(split.shifts)} shift(s).")
    for number, one in enumerate(split.shifts, start=1):
        arrivals = ", ".join(f"{local(at, centre.zone):%Y-%m-%d %H:%M}" for at in one.arrivals)
        typer.echo(f"Shift {number}, {len(one.people)} people; arrives {arrivals or 'when it has a series'}:")
        for person_id, name in one.people:
            typer.echo(f"  {name} ({person_id}){' - new in this shift' if person_id in one.new else ''}")
