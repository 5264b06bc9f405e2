"""`termin doctor`: is everything as it has to be?"""

from typing import Annotated

import typer

from bot.cli.checks import Finding, State, findings
from bot.cli.printed import print_json, print_table
from bot.cli.refusal import NotDone
from config.settings import SettingsError, load_settings

app = typer.Typer(add_completion=False)


@app.command()
def doctor(as_json: Annotated[bool, typer.Option("--json", help="print JSON alone")] = False) -> None:
    """Check settings, database, club, channels and the running program; 1 if something is wrong."""
    found = _found()
    if as_json:
        print_json(found)
    else:
        print_table(["", "what", "finding"], [[one.state, one.name, one.text] for one in found])
    if wrong := [one.name for one in found if one.state is State.WRONG]:
        raise NotDone(f"{len(wrong)} of {len(found)} findings are wrong: {', '.join(wrong)}")


def _found() -> list[Finding]:
    """Without settings there is nothing else to look at."""
    try:
        settings = load_settings()
    except SettingsError as error:
        return [Finding("settings", State.WRONG, str(error))]
    return [Finding("settings", State.OK, "whole"), *findings(settings)]
