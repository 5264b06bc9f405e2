"""How an announcement is shown at the command line: before it goes, while it goes, and afterwards."""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime

import typer

from bot.cli.printed import print_table
from config.centre import Centre
from scheduler.announced import Announcement, Status
from scheduler.calendar import local
from scheduler.preview import Preview
from scheduler.progress import Missed, Progress
from scheduler.proofreading import Matter, Remark
from scheduler.reasons import Reason

LOOK_SECONDS = 0.5
UNDER_WAY = {Status.CONFIRMED, Status.RUNNING}
WHY = {
    Reason.NO_CHANNEL: "no phone that takes messages",
    Reason.STOPPED: "asked for silence",
    Reason.GONE: "the number or chat is no longer in use, or takes no SMS",
    Reason.WRONG: "the number is somebody else's",
    Reason.OFF: "the phone is off or out of reach",
    Reason.BLOCKED: "has blocked the messages",
    Reason.FILTERED: "refused by the network as spam",
    Reason.CARRIER: "the carrier did not deliver it, and gave no reason",
    Reason.LATE: "it could not be sent in time",
    Reason.ABROAD: "nothing is sent to that country",
    Reason.OURS: "the club's account at the provider",
    Reason.BUSY: "the provider asked to wait",
    Reason.SILENT: "no answer from the provider",
    Reason.WORDS: "the text could not be made",
    Reason.OTHER: "the provider could not deliver it",
}
SAID = {
    Matter.LINK: "'{about}' is a link: in an SMS it reads like a fraud",
    Matter.REASON: "'{about}' may tell others why its reader comes to the club",
    Matter.SECOND_PART: "the SMS needs a second part, which begins at '{about}'",
    Matter.LETTERS: "the letters '{about}' make the parts of the SMS short",
    Matter.UNTRANSLATED: "{about} people chose another language and get it in Polish, marked as such",
    Matter.OVER_CAP: "more SMS parts than the {about} that the club allows itself a day: the rest goes later or not at all",
}

Look = Callable[[], tuple[Announcement, Progress]]


def print_preview(centre: Centre, seen: Preview) -> None:
    """Everything that staff should know before it goes."""
    print_table(
        ["by", "people", "addresses"],
        [[way.channel or "nothing reaches them", way.people, way.addresses or ""] for way in seen.ways],
    )
    for line in _facts(centre, seen):
        typer.echo(line)
    for shown in seen.shown:
        parts = f", {shown.parts} part{'s' * (shown.parts > 1)}" if shown.parts else ""
        letters = "" if shown.letters else ", without Polish letters"
        typer.echo(f"\n{shown.channel}, {shown.language}, {shown.addresses} addresses{parts}{letters}:")
        typer.echo(f"  {shown.text}")
    if seen.remarks:
        typer.echo("")
    for remark in seen.remarks:
        typer.echo(f"Look again: {_said(remark)}.")


def print_list(centre: Centre, known: list[Announcement]) -> None:
    """The newest first."""
    rows = [
        [
            one.id,
            _at(centre, one.written_at),
            one.status,
            one.draft.purpose,
            one.draft.audience.group or "all",
            one.draft.words.texts["pl"],
        ]
        for one in known
    ]
    print_table(["number", "written", "state", "purpose", "to", "text"], rows)


def print_progress(known: Announcement, found: Progress) -> None:
    """How it stands, by channel."""
    read = f", {found.read} say that they have read it" if known.draft.words.asks else ""
    change = f", {found.by_change} told of their own visit instead" if found.by_change else ""
    typer.echo(f"Announcement {known.id} is {known.status}: for {found.people} people{change}{read}.")
    print_table(
        ["by", "messages", "to go", "sent", "delivered", "not reached", "withdrawn"],
        [
            [one.channel or "", one.messages, one.left, one.sent, one.delivered, one.failed, one.withdrawn]
            for one in found.channels
        ],
    )


def print_missed(people: list[Missed]) -> None:
    """The call list."""
    if people:
        typer.echo("\nTo call:")
        print_table(
            ["number", "name", "phone", "why"],
            [[one.person_id, one.full_name, one.phone, WHY[one.why]] for one in people],
        )


def watch(look: Look) -> None:
    """A bar for each channel until all has gone, where somebody looks; leaving it stops nothing."""
    if not sys.stdout.isatty():
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn  # noqa: PLC0415 (only where somebody looks)
    from rich.progress import Progress as Bars  # noqa: PLC0415

    typer.echo("Ctrl-C leaves this view; the announcement goes on.")
    try:
        with Bars(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()) as bars:
            tasks: dict[str | None, TaskID] = {}
            for found in _until_gone(look):
                for one in found.channels:
                    if one.channel not in tasks:
                        tasks[one.channel] = bars.add_task(one.channel or "no address")
                    bars.update(tasks[one.channel], total=one.messages, completed=one.messages - one.left)
    except KeyboardInterrupt:
        typer.echo("")


def _until_gone(look: Look) -> Iterator[Progress]:
    while True:
        known, found = look()
        yield found
        if known.status not in UNDER_WAY or (known.status is Status.RUNNING and not found.left):
            return
        time.sleep(LOOK_SECONDS)


def _facts(centre: Centre, seen: Preview) -> Iterator[str]:
    yield f"{seen.people} people; SMS parts: {seen.parts}, {seen.zloty:.2f} zł."
    if seen.most_parts > seen.parts:
        yield f"Up to {seen.most_zloty:.2f} zł if no chat can be reached: SMS go there instead."
    if seen.left_out:
        yield f"{seen.left_out} asked for silence or for no announcements and are left out."
    if seen.silent:
        yield f"{seen.silent} asked for silence: each becomes a to-do, for it is urgent."
    if seen.visits:
        yield f"{seen.visits} visits are called off: those people are told of that alone, with another time."
    if seen.sessions:
        yield f"{seen.sessions} sessions of groups are called off: their people are told of that alone."
    if seen.is_held:
        yield f"Quiet hours hold it until {_at(centre, seen.goes_at)}."
    if seen.needs_second:
        yield f"More than {centre.announcements.second_person_above} people: a second member of staff has to confirm."


def _said(remark: Remark) -> str:
    language = f" ({remark.language})" if remark.language else ""
    return SAID[remark.matter].format(about=remark.about) + language


def _at(centre: Centre, at: datetime) -> str:
    return f"{local(at, centre.zone):%Y-%m-%d %H:%M}"
