"""`termin waiting`: who waits for a time, for what, and what each is being offered."""

from typing import Annotated, Any

import typer

from bot.cli.opened import opened
from bot.cli.printed import print_json, print_table
from config.centre import Centre, load_centre
from scheduler.calendar import local
from scheduler.offers import Listed, on_the_list

app = typer.Typer(add_completion=False)


@app.callback(invoke_without_command=True)
def _waiting(as_json: Annotated[bool, typer.Option("--json", help="print JSON alone")] = False) -> None:
    """Who waits for a time, whoever waits longest first: they are asked in this order.

    JSON: a list of {id, person_id, person, service, visit_id, earlier, first_day, last_day, from_time, until_time, since,
    offered_at, answer_until}; `visit_id` is of the visit that is to move, `offered_at` the time that is offered now;
    instants in UTC, days and times of day the club's own, null where there is none.
    """
    with opened() as club:
        centre = load_centre(club.settings.centre)
        listed = club.read(lambda tx: on_the_list(tx, centre))
    if as_json:
        print_json([_plain(one) for one in listed])
        return
    print_table(
        ["osoba", "usługa", "dni", "godziny", "od", "proponowany termin"],
        [_shown(centre, one) for one in listed],
    )


def _plain(one: Listed) -> dict[str, Any]:
    wish = one.waiting
    return {
        "id": wish.id,
        "person_id": wish.person_id,
        "person": wish.person,
        "service": wish.service,
        "visit_id": wish.visit_id,
        "earlier": wish.earlier,
        "first_day": wish.first_day,
        "last_day": wish.last_day,
        "from_time": wish.from_time and f"{wish.from_time:%H:%M}",
        "until_time": wish.until_time and f"{wish.until_time:%H:%M}",
        "since": wish.since,
        "offered_at": one.offered_at,
        "answer_until": one.answer_until,
    }


def _shown(centre: Centre, one: Listed) -> list[str | None]:
    wish = one.waiting
    service = centre.service(wish.service).name.pl if centre.has_service(wish.service) else wish.service
    return [
        wish.person,
        f"{service}, wcześniej" if wish.earlier else service,
        f"{wish.first_day or ''} do {wish.last_day}".strip(),
        _hours(one),
        f"{local(wish.since, centre.zone):%Y-%m-%d %H:%M}",
        f"{local(one.offered_at, centre.zone):%Y-%m-%d %H:%M}" if one.offered_at else None,
    ]


def _hours(one: Listed) -> str:
    begins, ends = one.waiting.from_time, one.waiting.until_time
    return " ".join([f"od {begins:%H:%M}" if begins else "", f"do {ends:%H:%M}" if ends else ""]).strip()
