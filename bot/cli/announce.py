"""`termin announce`: tell everybody or a group something, once each; see it first, and follow it."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from bot.cli.announce_shown import print_list, print_missed, print_preview, print_progress, watch
from bot.cli.opened import Opened, opened
from bot.cli.printed import print_json
from bot.cli.settled import AsJson, moment
from config.centre import Centre, load_centre
from scheduler import announcements
from scheduler.announced import Announcement, Draft, Status, announcement, newest
from scheduler.announcing import worded
from scheduler.audience import Audience, named
from scheduler.calendar import local
from scheduler.impact import Closed
from scheduler.preview import preview
from scheduler.progress import missed, progress
from scheduler.purposes import Purpose
from scheduler.staff import colleague_called
from storage.database import Transaction
from words.catalogue import load_catalogue
from words.compose import Composer

SEND = "send"
CLOSED = "announced"  # why, for staff alone: the announcement has the words


class Announce(TyperGroup):
    """What is no verb is the text: `termin announce TEXT --to all`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "--help"}:
            args = [SEND, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=Announce, no_args_is_help=True, add_completion=False)

Number = Annotated[int, typer.Argument(metavar="ID", help="its number in the list")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="who of the staff")]
When = Annotated[str | None, typer.Option(metavar="WHEN", help="2026-10-14, or 2026-10-14T12:00")]


@app.callback()
def _announce() -> None:
    """Tell everybody or a group something: termin announce TEXT --to all."""


@app.command(SEND)
def _send(  # noqa: PLR0913, PLR0917 (options of one command)
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="in Polish; without 'Klub:', which is put before it")
    ],
    to: Annotated[str, typer.Option(metavar="all|GROUP", help="everybody, or a group by its name")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="show what would happen, and write nothing")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False,
    uk: Annotated[str | None, typer.Option(metavar="TEXT", help="the same in Ukrainian")] = None,
    en: Annotated[str | None, typer.Option(metavar="TEXT", help="the same in English")] = None,
    urgent: Annotated[
        bool, typer.Option("--urgent", help="at any hour, and to those who asked for silence a call")
    ] = False,
    acknowledge: Annotated[
        bool, typer.Option("--acknowledge", help="ask whoever has read it to say so")
    ] = False,
    visit_from: When = None,
    visit_to: When = None,
    channel: Annotated[
        Literal["telegram", "sms"] | None, typer.Option(help="only whom words reach there")
    ] = None,
    closed_from: When = None,
    closed_to: When = None,
    by: By = None,
) -> None:
    """Show what would happen, ask, and send it: once to each address, and to nobody who wants none.

    --visit-from and --visit-to: only to those with a visit between them. --closed-from and --closed-to close the club on those
    days (with one time: from then on that day): it is urgent, visits are called off, and whoever loses one is told of that alone.
    """
    words = worded({"pl": text, "uk": uk, "en": en}, asks=acknowledge)
    with opened() as club:
        centre = load_centre(club.settings.centre)
        closed = _closed(centre, closed_from, closed_to)
        purpose = Purpose.URGENT if urgent or closed else Purpose.ANNOUNCEMENT
        begins, ends = _span(centre, visit_from, visit_to)
        group = club.read(lambda tx: named(tx, to))
        draft = Draft(words, Audience(group, begins, ends, channel), purpose, closed)
        composer = Composer(load_catalogue(), centre)
        print_preview(centre, club.read(lambda tx: preview(tx, centre, composer, draft)))
        if dry_run:
            typer.echo("\nA dry run: nothing was written.")
        elif not yes and not typer.confirm("\nSend it?", err=True):
            typer.echo("Nothing was sent.")
        else:
            known = club.write(lambda tx: announcements.compose(tx, centre, draft, by=_who(tx, by)))
            _follow(club, centre, known)


@app.command("list")
def _list(as_json: AsJson = False) -> None:
    """The newest first. JSON: a list of {id, status, purpose, to, text, written_at, confirmed_at, begins_at, done_at}."""
    with opened() as club:
        centre = load_centre(club.settings.centre)
        known = club.read(newest)
    if as_json:
        print_json([_as_dict(one) for one in known])
        return
    print_list(centre, known)


@app.command("show")
def _show(number: Number, as_json: AsJson = False) -> None:
    """How it stands by channel, and whom it did not reach.

    JSON: as in the list, with {people, by_change, read, channels: [{channel, messages, left, sent, delivered, failed, withdrawn}],
    not_reached: [{person_id, full_name, phone, why}]}.
    """
    with opened() as club:
        known, found, people = club.read(
            lambda tx: (announcement(tx, number), progress(tx, number), missed(tx, number))
        )
    if as_json:
        print_json(_as_dict(known) | asdict(found) | {"not_reached": people})
        return
    print_progress(known, found)
    print_missed(people)


@app.command("confirm")
def _confirm(
    number: Number, by: Annotated[str, typer.Option("--by", metavar="NAME", help="who of the staff confirms")]
) -> None:
    """As a second member of staff, let one for many people go."""
    with opened() as club:
        centre = load_centre(club.settings.centre)
        known = club.write(
            lambda tx: announcements.confirm(tx, centre, number, by=colleague_called(tx, by).id)
        )
        _follow(club, centre, known)


@app.command("undo")
def _undo(number: Number, by: By = None) -> None:
    """Take one back before anything of it has gone."""
    with opened() as club:
        club.write(lambda tx: announcements.undo(tx, number, by=_who(tx, by)))
    typer.echo(f"Announcement {number} is taken back; nobody gets it.")


@app.command("pause")
def _pause(number: Number, by: By = None) -> None:
    """Hold back what has not gone yet."""
    with opened() as club:
        club.write(lambda tx: announcements.pause(tx, number, by=_who(tx, by)))
    typer.echo(f"Announcement {number} waits; 'termin announce go-on {number}' lets it go.")


@app.command("go-on")
def _go_on(
    number: Number,
    with_new: Annotated[bool, typer.Option("--with-new", help="also to those who have joined since")] = False,
    by: By = None,
) -> None:
    """Let what was held back go."""
    with opened() as club:
        centre = load_centre(club.settings.centre)
        club.write(lambda tx: announcements.go_on(tx, centre, number, with_new=with_new, by=_who(tx, by)))
    typer.echo(f"Announcement {number} goes on.")


@app.command("stop")
def _stop(number: Number, by: By = None) -> None:
    """End one: whoever has not got it yet gets it no more."""
    with opened() as club:
        spared = club.write(lambda tx: announcements.stop(tx, number, by=_who(tx, by)))
    typer.echo(f"Announcement {number} is stopped; {spared} messages are not sent.")


def _follow(club: Opened, centre: Centre, known: Announcement) -> None:
    """Say what comes next; on a terminal, watch it."""
    if known.status is Status.DRAFT:
        typer.echo(f"Not sent yet. A second member of staff: termin announce confirm {known.id} --by NAME")
        return
    assert known.begins_at is not None
    begins = f"{local(known.begins_at, centre.zone):%H:%M:%S}"
    typer.echo(f"Announcement {known.id} goes at {begins}; until then: termin announce undo {known.id}")
    watch(lambda: club.read(lambda tx: (announcement(tx, known.id), progress(tx, known.id))))


def _who(tx: Transaction, name: str | None) -> int | None:
    return colleague_called(tx, name).id if name else None


def _span(centre: Centre, first: str | None, last: str | None) -> tuple[datetime | None, datetime | None]:
    if (first is None) != (last is None):
        raise typer.BadParameter("--visit-from and --visit-to go together")
    if first is None or last is None:
        return None, None
    begins, ends = moment(first, centre), moment(last, centre, ends=True)
    if ends <= begins:
        raise typer.BadParameter(f"--visit-to {last} is before --visit-from {first}")
    return begins, ends


def _closed(centre: Centre, first: str | None, last: str | None) -> Closed | None:
    """Whole days, or one day from a time on."""
    if first is None:
        if last is not None:
            raise typer.BadParameter("--closed-to needs --closed-from")
        return None
    begins = local(moment(first, centre), centre.zone)
    last_day = local(moment(last, centre), centre.zone).date() if last else begins.date()
    if last_day < begins.date():
        raise typer.BadParameter(f"--closed-to {last} is before --closed-from {first}")
    after = begins.time() if len(first) > len("2026-10-14") else None
    if after is not None and last_day != begins.date():
        raise typer.BadParameter("with a time it closes one day from then on; announce whole days apart")
    return Closed(begins.date(), last_day, CLOSED, after)


def _as_dict(one: Announcement) -> dict[str, Any]:
    return {
        "id": one.id,
        "status": one.status,
        "purpose": one.draft.purpose,
        "to": one.draft.audience.group or "all",
        "text": one.draft.words.texts["pl"],
        "written_at": one.written_at,
        "confirmed_at": one.confirmed_at,
        "begins_at": one.begins_at,
        "done_at": one.done_at,
    }
