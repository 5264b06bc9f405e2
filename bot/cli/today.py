"""`termin today`: who comes when and where, and what is known at the door."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Protocol

import typer

from bot.cli.opened import opened
from bot.cli.printed import print_json, print_table
from bot.cli.refusal import NotDone
from bot.cli.sessions import session_rows
from config.centre import Centre, load_centre
from scheduler.calendar import day_span, local
from scheduler.door import mask_rule
from scheduler.errors import NoSuchVisit, NotAllowed, NotNow
from scheduler.outcomes import arrive, attend, miss, refuse_no_mask, take_back
from scheduler.staff import colleague_called
from scheduler.today import Coming, today, words
from scheduler.visits import Visit, VisitStatus
from storage.database import Transaction
from words.catalogue import load_catalogue
from words.compose import Composer

app = typer.Typer(add_completion=False)


UNDO = "undo"


class Outcome(Protocol):
    """What the door can say of a visit."""

    def __call__(self, tx: Transaction, centre: Centre, /, *, visit_id: int, by: int | None) -> Visit: ...


@app.callback(invoke_without_command=True)
def _today(
    context: typer.Context,
    day: Annotated[
        date | None,
        typer.Option(parser=date.fromisoformat, metavar="DATE", help="another day: 2026-10-14"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON alone")] = False,
) -> None:
    """Who comes when and where, by room and time; what was given back is among them. Groups' sessions follow.

    JSON: a list of {id, starts_at, ends_at, service, specialist, room, station, mode, person_id, person, status, confirmed,
    self_check, late_minutes, accompanied}; `self_check` is declared, given_back, no_answer or not_asked; instants in UTC.
    It has the visits alone; 'termin sessions list --json' has the sessions.
    """
    if context.invoked_subcommand is not None:
        return
    with opened() as club:
        centre = load_centre(club.settings.centre)
        wanted = day or local(datetime.now(UTC), centre.zone).date()
        composer = Composer(load_catalogue(), centre)
        rows = club.read(lambda tx: today(tx, centre, wanted))
        masks = club.read(lambda tx: mask_rule(tx, centre, composer, wanted))
        sessions = club.read(lambda tx: session_rows(tx, day_span(wanted, wanted, centre.zone)))
    if as_json:
        print_json(rows)
        return
    print_table(
        ["numer", "miejsce", "godzina", "kto", "do kogo", "usługa", "stan", "zdrowie", "uwagi"],
        [_shown(composer, centre, row) for row in rows],
    )
    if sessions:
        typer.echo()
        print_table(
            ["spotkanie", "miejsce", "godzina", "grupa", "prowadzi", "stan", "osób"],
            [_session_shown(centre, row) for row in sessions],
        )
    if masks:
        typer.echo(f"\n{masks}")


def _session_shown(centre: Centre, row: dict[str, Any]) -> list[object]:
    starts, ends = local(row["starts_at"], centre.zone), local(row["ends_at"], centre.zone)
    room = centre.room(row["room"]).number if centre.has_room(row["room"]) else row["room"]
    return [
        row["id"],
        f"pokój {room}",
        f"{starts:%H:%M}-{ends:%H:%M}",
        row["group"],
        row["leader"],
        {"planned": "planowane", "clash": "kolizja", "called_off": "odwołane"}[row["status"]],
        f"{row['expected']} z {row['members']}",
    ]


def _shown(composer: Composer, centre: Centre, row: Coming) -> list[object]:
    said = words(composer, centre, row)
    starts, ends = local(row.starts_at, centre.zone), local(row.ends_at, centre.zone)
    return [
        row.id,
        said.place,
        f"{starts:%H:%M}-{ends:%H:%M}",
        row.person,
        row.specialist,
        said.service,
        said.status,
        said.self_check,
        ", ".join(said.remarks),
    ]


def _outcome(name: str, help_: str, become: Outcome) -> None:
    """One command for each thing that the door can say of a visit."""

    @app.command(name, help=help_)
    def say(
        visit_id: Annotated[int, typer.Argument(metavar="ID", help="the visit's number in the list")],
        by: Annotated[
            str | None, typer.Option("--by", metavar="NAME", help="who of the staff says so")
        ] = None,
    ) -> None:
        with opened() as club:
            centre = load_centre(club.settings.centre)

            def work(tx: Transaction) -> Visit:
                who = None if by is None else colleague_called(tx, by).id
                return become(tx, centre, visit_id=visit_id, by=who)

            try:
                club.write(work)
            except NotNow as refused:
                raise NotDone(_why_not(refused.visit.status, name)) from None
            except NoSuchVisit:
                raise NotDone(f"there is no visit number {visit_id}; 'termin today' lists them") from None
            except NotAllowed:
                raise NotDone(f"'{by}' may say so of their own visits only") from None


def _undo(tx: Transaction, _centre: Centre, *, visit_id: int, by: int | None) -> Visit:
    return take_back(tx, visit_id=visit_id, by=by)


def _why_not(status: VisitStatus, wished: str) -> str:
    if wished == UNDO:
        return f"nothing was said of it at the door that could be taken back: the visit is {status}"
    return f"a visit that is {status} can't be {wished} now: it is not its day or hour yet, or it is settled already"


_outcome("arrived", "The person is here.", arrive)
_outcome("attended", "The visit took place.", attend)
_outcome("missed", "The person did not come.", miss)
_outcome("refused", "The person came, and was not let in without a mask: no missed visit.", refuse_no_mask)
_outcome(UNDO, "What was said last of the visit was a slip: it is again what it was before.", _undo)
