"""What somebody asks to have, in words: a service, a day, an hour; what was left unsaid is taken from the list before it."""

from collections.abc import Mapping
from dataclasses import replace

from bot.dialogue import booking
from bot.dialogue.binding import FRESH
from bot.dialogue.questions import Question
from bot.dialogue.reading.days import Reason, Unclear
from bot.dialogue.reading.understand import Meaning
from bot.dialogue.reply import Choice, Reply, numbered
from bot.dialogue.turn import Turn
from bot.dialogue.wish import Wish

UNCLEAR: Mapping[Reason, str] = {
    Reason.PAST: "in_past",
    Reason.TOO_FAR: "too_far",
    Reason.NIGHT: "out_of_hours",
    Reason.CLOCK_CHANGE: "out_of_hours",
}


def book(turn: Turn, meaning: Meaning) -> Reply:
    """A visit is wished for."""
    wish = begun(turn, meaning)
    if meaning.unclear:
        return _unclear(turn, wish, meaning.unclear)
    return booking.offer(turn, wish.when(meaning.when) if meaning.when else wish)


def begun(turn: Turn, meaning: Meaning) -> Wish:
    """The wish as far as it was said before: `psycholog` after "with whom?", `czwartek po 12` after a list of times."""
    last = turn.talk.asked[0] if turn.talk.asked else None
    if last is None or not last.waits(turn.tx.now) or last.posted_at <= turn.tx.now - FRESH:
        return Wish(meaning.service)
    if meaning.service is not None:
        return _of_service(last, meaning.service)
    return of_list(last) if meaning.when or meaning.unclear else Wish()


def _of_service(last: Question, service: str) -> Wish:
    """A service's name instead of its number keeps the day that was named before."""
    if last.kind == "service":
        for option in last.options:
            if option["value"].get("service") == service:
                return Wish.of(option["value"])
    return Wish(service)


def of_list(last: Question) -> Wish:
    """Another day or hour for what the list was about."""
    for option in last.options:
        if option["value"]["do"] in {"book", "move", "hours"}:
            return Wish.of(option["value"]).any_time()
    return Wish()


def _unclear(turn: Turn, wish: Wish, unclear: Unclear) -> Reply:
    """A day or hour that may be two: asked back if the days are known, else said again by whoever wrote it."""
    if unclear.choices:
        choices = [
            Choice("option_day", wish.on(day).as_value("times"), {"on_day": day.isoformat()})
            for day in unclear.choices
        ]
        return replace(turn.say("which_day", options=numbered(choices)), kind="day")
    return turn.say(UNCLEAR.get(unclear.reason, "when_not_understood"))
