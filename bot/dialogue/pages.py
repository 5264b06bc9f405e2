"""What the club tells of itself for the asking: what it is, and its works programme."""

from typing import Any

from bot.dialogue.reply import Reply
from bot.dialogue.turn import Turn
from config.centre_pages import Rate


def about(turn: Turn) -> Reply:
    """What the club is."""
    return turn.say("about")


def works(turn: Turn) -> Reply:
    """Who may work and where, for how long and how much; each number with its date."""
    works = turn.centre.works
    return turn.say(
        "works",
        places=works.places,
        year=works.year,
        hours_a_week=works.hours_a_week,
        hours_a_month=works.hours_a_month,
        rates=[{"key": "works_rate", "params": _said(rate)} for rate in works.rates],
        units=[{"key": "works_unit", "params": {"name": unit}} for unit in works.units],
        **_said(works.rate(turn.today)),
    )


def _said(rate: Rate) -> dict[str, Any]:
    return {"hour_zloty": str(rate.zloty_an_hour), "since_date": rate.since.isoformat()}
