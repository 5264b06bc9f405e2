"""The doors behind every dead end: what can be written, the club's office, a call back."""

from datetime import datetime, timedelta

from bot.dialogue.reading.when import When
from bot.dialogue.reply import Reply
from bot.dialogue.turn import Turn
from scheduler.calendar import instant
from scheduler.contacting import ask_contact, todo_about


def help_(turn: Turn) -> Reply:
    """What can be written here."""
    return turn.say("help")


def lost(turn: Turn) -> Reply:
    """Whoever does not understand us is told the plainest way on."""
    return turn.say("lost")


def call_me(turn: Turn, when: When | None = None) -> Reply:
    """Somebody will call, or write to whoever wants no calls: one to-do a day, address and hour, however often it is asked."""
    at = _hour(turn, when) if when else None
    text = ask_contact(turn.tx, turn.address.id, turn.whoever, turn.today, at=at)
    if text == "todo_write_back":
        return turn.say("writing_noted")
    return turn.say("callback_noted_at", call_at=at.isoformat()) if at else turn.say("callback_noted")


def not_understood_for_long(turn: Turn) -> None:
    """Somebody writes and writes, and the bot can't help: staff should."""
    _todo(turn, "lost", "todo_not_understood")


def came_late(turn: Turn) -> None:
    """They wrote while we were away, and what they wanted was not done."""
    _todo(turn, "came_late", "todo_came_late")


def too_much(turn: Turn) -> None:
    """They write faster than people do, or an automat does."""
    _todo(turn, "too_much", "todo_too_much")


def settle_what_to_send(turn: Turn) -> None:
    """They ask not to be written to, and do not say whether that means reminders too."""
    _todo(turn, "dont_write", "todo_dont_write")


def _hour(turn: Turn, when: When) -> datetime | None:
    """The next instant that was named; None if no hour was, or it is over."""
    clock = when.at or when.from_time
    if clock is None:
        return None
    days = [when.first_day] if when.first_day else [turn.today, turn.today + timedelta(days=1)]
    hours = [instant(day, clock, turn.centre.zone) for day in days]
    return next((at for at in hours if at and at > turn.tx.now), None)


def _todo(turn: Turn, matter: str, text: str) -> None:
    key = f"{matter}:{turn.address.id}:{turn.today.isoformat()}"
    todo_about(turn.tx, key, text, turn.address.id, turn.people)
