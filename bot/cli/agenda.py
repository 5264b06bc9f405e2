"""`termin agenda`: who comes when."""

import typer

from bot.cli.opened import opened
from bot.cli.printed import print_json, print_table
from bot.cli.sessions import print_sessions, session_rows
from bot.cli.settled import AsJson, Day, LastDay, in_order
from config.centre import Centre, load_centre
from scheduler.agenda import AgendaRow, agenda
from scheduler.calendar import day_span, local

app = typer.Typer(add_completion=False)


@app.command("agenda")
def _agenda(
    from_day: Day,
    to_day: LastDay,
    as_json: AsJson = False,
) -> None:
    """Print the visits of those days, in the club's local time; what was given back is among them. Groups' sessions follow.

    JSON has the visits alone; 'termin sessions list --json' has the sessions.
    """
    in_order(from_day, to_day)
    with opened() as club:
        centre = load_centre(club.settings.centre)
        rows = club.read(lambda tx: agenda(tx, centre, from_day, to_day))
        span = day_span(from_day, to_day, centre.zone)
        sessions = club.read(lambda tx: session_rows(tx, span))
    if as_json:
        print_json(rows)
        return
    print_table(
        ["day", "time", "participant", "service", "specialist", "place", "status", "remark"],
        [_shown(centre, row) for row in rows],
    )
    if sessions:
        typer.echo()
        print_sessions(centre, sessions)


def _shown(centre: Centre, row: AgendaRow) -> list[str]:
    starts, ends = local(row.starts_at, centre.zone), local(row.ends_at, centre.zone)
    minutes = f", {row.late_minutes} min" if row.late_minutes else ""
    remarks = [f"late{minutes}"] if row.late_minutes is not None else []
    return [
        starts.date().isoformat(),
        f"{starts:%H:%M}-{ends:%H:%M}",
        f"{row.person} ({row.person_id})",
        row.service,
        row.specialist,
        f"room {row.room}, {row.station}" if row.station else row.mode,
        row.status,
        ", ".join([*remarks, *(["accompanied"] * row.accompanied)]),
    ]
