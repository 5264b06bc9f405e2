"""`termin sessions attendance`: who said that they come, and who was there; entered by people alone."""

from typing import Annotated

import typer

from bot.cli.opened import opened
from bot.cli.printed import print_json, print_table
from bot.cli.settled import AsJson
from scheduler.presence import Line, Presence, enter, sheet
from scheduler.staff import colleague_called
from storage.database import Transaction

Who = list[str] | None


def attendance(
    session_id: Annotated[int, typer.Argument(metavar="ID", help="the session's number in the list")],
    present: Annotated[Who, typer.Option(metavar="PERSON", help="was there: number or full name")] = None,
    absent: Annotated[Who, typer.Option(metavar="PERSON", help="was not there")] = None,
    excused: Annotated[Who, typer.Option(metavar="PERSON", help="was not there, with a cause")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="who of the staff enters it")] = None,
    as_json: AsJson = False,
) -> None:
    """Print who belongs to a session, what they answered and who was there; enter it, as often as needed.

    An answer never becomes an absence by itself. JSON: a list of {person_id, person, is_expected, answer (coming|not_coming),
    presence (present|absent|excused), entered_by_id, entered_by}; null where there is none.
    """
    entries = {
        Presence.PRESENT: present or [],
        Presence.ABSENT: absent or [],
        Presence.EXCUSED: excused or [],
    }

    def work(tx: Transaction) -> list[Line]:
        who = None if by is None else colleague_called(tx, by).id
        for presence, named in entries.items():
            if named:
                enter(tx, session_id, presence, named, by=who)
        return sheet(tx, session_id)

    with opened() as club:
        lines = club.write(work) if any(entries.values()) else club.read(work)
    if as_json:
        print_json(lines)
        return
    print_table(
        ["number", "person", "expected", "answer", "presence", "entered by"], [_shown(one) for one in lines]
    )


def _shown(one: Line) -> list[object]:
    answer = one.answer.replace("_", " ") if one.answer else None
    expected = "yes" if one.is_expected else "no"
    return [one.person_id, one.person, expected, answer, one.presence, one.entered_by]
