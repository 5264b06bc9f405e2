"""What the commands that change the diary have in common: whom it touches, the ways to settle it, and what became of it."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated, Any

import typer

from bot.cli.opened import opened
from bot.cli.printed import print_json, print_table
from config.centre import Centre, load_centre
from scheduler.agenda import AgendaRow, named
from scheduler.calendar import day_span, instant, local
from scheduler.changes import Settled, Way, settle
from scheduler.impact import Change, Closed, affected, sessions_affected
from scheduler.news import is_reached
from scheduler.sessions import Session
from scheduler.visits import FreeTime
from storage.database import Transaction

How = Annotated[
    Way | None,
    typer.Option(
        help="do it: somebody or another desk stands in; each is proposed another time; staff phone each; or all is given back"
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON alone")]
Day = Annotated[date, typer.Option("--from", parser=date.fromisoformat, metavar="DATE", help="2026-10-14")]
LastDay = Annotated[date, typer.Option("--to", parser=date.fromisoformat, metavar="DATE", help="counted too")]

VISIT = ["day", "time", "participant", "service", "specialist", "place"]
NOT_YET = "Nothing has been changed. To do it, add --how same-time, another-time, by-phone or give-back."


def in_order(first: date, last: date) -> None:
    """Refuse days that end before they begin."""
    if last < first:
        raise typer.BadParameter(f"--to {last} is before --from {first}")


def carry_out(make: Callable[[Transaction, Centre], Change], how: Way | None, *, as_json: bool) -> None:
    """List whom a change touches; with a way to settle it, settle it, and list what became of each."""
    with opened() as club:
        centre = load_centre(club.settings.centre)
        run = club.read if how is None else club.write
        rows = run(lambda tx: _rows(tx, centre, make(tx, centre), how))
    if as_json:
        print_json(rows)
        return
    print_table(
        [*VISIT, "became", "told", "offered"] if how else [*VISIT, "reached"],
        [_shown(centre, row, how) for row in rows],
    )
    if how is None:
        typer.echo(NOT_YET)


def moment(said: str, centre: Centre, *, ends: bool = False) -> datetime:
    """A day, or a day and a local time, as an instant; a day that ends something counts too."""
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        raise typer.BadParameter(f"'{said}' is no day such as 2026-10-14, nor 2026-10-14T12:00") from None
    if len(said) <= len("2026-10-14"):
        return day_span(at.date(), at.date(), centre.zone)[int(ends)]
    found = instant(at.date(), at.time(), centre.zone)
    if found is None:
        raise typer.BadParameter(f"the clock skips {said}")
    return found


def clock(said: str) -> time:
    """A local time of day."""
    return time.fromisoformat(said)


def _rows(tx: Transaction, centre: Centre, change: Change, how: Way | None) -> list[dict[str, Any]]:
    before = named(tx, centre, affected(tx, centre, change))
    groups = [_session_row(one) for one in sessions_affected(tx, centre, change)]
    if how is None:
        visits = [_row(row) | {"reached": is_reached(tx, row.person_id)} for row in before.values()]
        return visits + groups
    settled = settle(tx, centre, change, how)
    after = named(tx, centre, [one.visit for one in settled])
    became = {"became": "called_off" if isinstance(change, Closed) else "left"}
    return [*(_row(after[one.visit.id]) | _became(one) for one in settled), *(row | became for row in groups)]


def _session_row(one: Session) -> dict[str, Any]:
    """A group's session, as no visit is."""
    return {
        "session_id": one.id,
        "group": one.group,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "room": one.room,
    }


def _row(row: AgendaRow) -> dict[str, Any]:
    names = (
        "id",
        "starts_at",
        "ends_at",
        "service",
        "specialist",
        "room",
        "station",
        "mode",
        "person_id",
        "person",
    )
    return {name: getattr(row, name) for name in names}


def _became(one: Settled) -> dict[str, Any]:
    offered: FreeTime | None = one.offered
    return {
        "became": one.became,
        "told": one.told,
        "offered_at": offered.starts_at if offered else None,
    }


def _shown(centre: Centre, row: dict[str, Any], how: Way | None) -> list[Any]:
    starts, ends = local(row["starts_at"], centre.zone), local(row["ends_at"], centre.zone)
    times = [starts.date().isoformat(), f"{starts:%H:%M}-{ends:%H:%M}"]
    if "session_id" in row:
        place = [f"group {row['group']}", "", f"session {row['session_id']}", f"room {row['room']}"]
        return [*times, *place, *([row["became"].replace("_", " "), "", ""] if how else [""])]
    shown = [
        *times,
        f"{row['person']} ({row['person_id']})",
        row["service"],
        row["specialist"],
        f"room {row['room']}, {row['station']}" if row["station"] else row["mode"],
    ]
    if how is None:
        return [*shown, "" if row["reached"] else "no: to phone"]
    offered = row["offered_at"]
    return [
        *shown,
        row["became"].replace("_", " "),
        "yes" if row["told"] else "",
        f"{local(offered, centre.zone):%Y-%m-%d %H:%M}" if offered else "",
    ]
