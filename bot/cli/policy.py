"""`termin policy`: the epidemic rules in force, and changing one from a day on until it is revoked."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from bot.cli.opened import opened
from bot.cli.printed import print_json, print_table
from bot.cli.settled import AsJson, moment
from config.centre import Centre, load_centre
from scheduler.calendar import local
from scheduler.policies import RULES, Record, policy, read_value, set_policy
from scheduler.policy_change import Touched, What, touched
from scheduler.staff import colleague_called
from storage import policies
from storage.database import Transaction

app = typer.Typer(no_args_is_help=True, add_completion=False)

TOUCHED = {
    What.AIRED_TOO_SHORT: "the room is not aired that long before this visit",
    What.NOT_TOLD_OF_MASKS: "nothing that still goes out says that mouth and nose are to be covered",
    What.PROMPTS_WITHDRAWN: "prompts that wait would be withdrawn",
    What.PEOPLE_NOT_ASKED: "people would no longer be asked",
    What.GROUP_TOO_LARGE: "the group has more members: it needs another shift",
    What.SESSIONS_TOO_CLOSE: "this session of a group begins too soon after another's",
}

Rule = Annotated[str, typer.Argument(metavar="RULE", help=", ".join(RULES))]
Value = Annotated[str, typer.Argument(metavar="VALUE", help="such as 20, on, off, visits, telegram,sms")]
From = Annotated[str | None, typer.Option("--from", metavar="WHEN", help="2026-10-14, 2026-10-14T12:00; now")]
Until = Annotated[str | None, typer.Option("--to", metavar="WHEN", help="a day counts too; until revoked")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="who of the staff")]


@app.callback()
def _policy() -> None:
    """The epidemic rules."""


@app.command("list")
def _list(as_json: AsJson = False) -> None:
    """What holds now, and every record with who, when, from and to.

    JSON: {now: {rule: value}, records: [{id, rule, value, since, until, set_at, set_by}]}; instants in UTC.
    """
    with opened() as club:
        centre = load_centre(club.settings.centre)
        now, records = club.read(lambda tx: (_now(tx, centre), policies.records(tx)))
    names = ("id", "rule", "value", "since", "until", "set_at", "set_by")
    rows = [{name: getattr(row, name) for name in names} for row in records]
    if as_json:
        print_json({"now": now, "records": rows})
        return
    print_table(["rule", "holds now"], [[rule, _shown(value)] for rule, value in now.items()])
    if rows:
        typer.echo("")
        print_table(
            ["rule", "value", "from", "to", "set", "by"],
            [[row["rule"], _shown(row["value"]), *_when(centre, row), row["set_by"]] for row in rows],
        )


@app.command("set")
def _set(
    rule: Rule,
    value: Value,
    since: From = None,
    until: Until = None,
    by: By = None,
    yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False,
) -> None:
    """Change a rule from then on; what the change touches is listed first, and what is booked stands."""
    with opened() as club:
        centre = load_centre(club.settings.centre)
        record = Record(
            rule,
            read_value(rule, value),
            moment(since, centre) if since else datetime.now(UTC),
            moment(until, centre, ends=True) if until else None,
        )
        for line in _lines(centre, club.read(lambda tx: touched(tx, centre, record))):
            typer.echo(line)
        if not yes and not typer.confirm("Set it?", err=True):
            typer.echo("Nothing has been changed.")
            return
        club.write(lambda tx: set_policy(tx, record, by=_who(tx, by)))
    typer.echo(f"{rule} is {value} from {local(record.since, centre.zone):%Y-%m-%d %H:%M}.")


def _now(tx: Transaction, centre: Centre) -> dict[str, Any]:
    held = policy(tx, centre, tx.now)
    return {rule: getattr(held, rule) for rule in RULES}


def _who(tx: Transaction, name: str | None) -> int | None:
    return colleague_called(tx, name).id if name else None


def _lines(centre: Centre, found: list[Touched]) -> list[str]:
    if not found:
        return ["It touches nothing that is booked or on its way."]
    return ["It touches:", *(f"- {_line(centre, one)}" for one in found)]


def _line(centre: Centre, one: Touched) -> str:
    at = f"{local(one.at, centre.zone):%Y-%m-%d %H:%M}: " if one.at else ""
    visit = f" (visit {one.visit_id})" if one.visit_id else ""
    count = f" ({one.count})" if one.count else ""
    group = f" [{one.group}]" if one.group else ""
    return f"{at}{TOUCHED[one.what]}{group}{visit}{count}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return ",".join(value) if isinstance(value, (list, tuple)) else str(value)


def _when(centre: Centre, row: dict[str, Any]) -> list[str]:
    until = f"{local(row['until'], centre.zone):%Y-%m-%d %H:%M}" if row["until"] else "until revoked"
    return [
        f"{local(row['since'], centre.zone):%Y-%m-%d %H:%M}",
        until,
        f"{local(row['set_at'], centre.zone):%Y-%m-%d %H:%M}",
    ]
