"""`termin contacts`: who held the same room as somebody, for the sanitary station."""

from typing import Annotated

import typer

from bot.cli.opened import opened
from bot.cli.printed import print_json, print_table
from config.centre import Centre, load_centre
from scheduler.calendar import local
from scheduler.contacts import Contact, contacts
from scheduler.staff import colleague_called

app = typer.Typer(add_completion=False)

KINDS = {"participant": "uczestnik", "staff": "personel"}


@app.command("contacts")
def _contacts(
    person_id: Annotated[
        int, typer.Argument(metavar="PERSON", help="a number: 'termin participants list' shows it")
    ],
    days: Annotated[int, typer.Option(min=0, max=365, help="so many days back, and today")] = 14,
    purpose: Annotated[
        str, typer.Option(metavar="TEXT", help="the authority's name and its letter's number, for the log")
    ] = "sanitary station",
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="who of the staff asks")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON alone")] = False,
) -> None:
    """Print who held the same room during that person's visits and group sessions, or within its airing before or after.

    Every look is in the log: who asked, what for, and whom the list named.

    JSON: a list of {person_id, person, phone, kind, room, starts_at, ends_at, own_starts_at, own_ends_at}; `kind` is
    participant or staff, `own_*` is that person's own visit; instants in UTC.
    """
    with opened() as club:
        centre = load_centre(club.settings.centre)
        found = club.write(
            lambda tx: contacts(
                tx,
                centre,
                person_id,
                days=days,
                purpose=purpose,
                by_id=None if by is None else colleague_called(tx, by).id,
            )
        )
    if as_json:
        print_json(found)
        return
    print_table(
        ["numer", "kto", "telefon", "rola", "pokój", "kiedy", "wizyta osoby"],
        [_shown(centre, one) for one in found],
    )


def _shown(centre: Centre, one: Contact) -> list[object]:
    starts, ends = local(one.starts_at, centre.zone), local(one.ends_at, centre.zone)
    own = local(one.own_starts_at, centre.zone)
    return [
        one.person_id,
        one.person,
        one.phone,
        KINDS[one.kind],
        one.room,
        f"{starts:%Y-%m-%d %H:%M}-{ends:%H:%M}",
        f"{own:%H:%M}",
    ]
