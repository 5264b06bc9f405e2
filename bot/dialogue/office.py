"""The doors behind every dead end: what can be written, the club's office, a call back."""

from bot.dialogue.reply import Reply
from bot.dialogue.turn import Turn
from scheduler.todos import open_todo


def help_(turn: Turn) -> Reply:
    """What can be written here."""
    return turn.say("help")


def about(turn: Turn) -> Reply:
    """What the club is."""
    return turn.say("about")


def data(turn: Turn) -> Reply:
    """Who keeps their data, and why."""
    return turn.say("data_short")


def ask_office(turn: Turn) -> Reply:
    """Understood, but not done by message."""
    return turn.say("ask_office")


def call_me(turn: Turn) -> Reply:
    """Somebody will call: one to-do a day and address, however often it is asked."""
    _todo(turn, "callback", "todo_callback")
    return turn.say("callback_noted")


def not_understood_for_long(turn: Turn) -> None:
    """Somebody writes and writes, and the bot can't help: staff should."""
    _todo(turn, "lost", "todo_not_understood")


def came_late(turn: Turn) -> None:
    """They wrote while we were away, and what they wanted was not done."""
    _todo(turn, "came_late", "todo_came_late")


def too_much(turn: Turn) -> None:
    """They write faster than people do, or an automat does."""
    _todo(turn, "too_much", "todo_too_much")


def _todo(turn: Turn, matter: str, text: str) -> None:
    open_todo(
        turn.tx,
        key=f"{matter}:{turn.address.id}:{turn.today.isoformat()}",
        text=text,
        params={"person": " / ".join(person.full_name for person in turn.people)},
        person_id=turn.person_ids[0] if len(turn.person_ids) == 1 else None,
    )
