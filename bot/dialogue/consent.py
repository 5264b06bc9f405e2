"""STOP, START, and no announcements: what is asked for is done, visits stand."""

from bot.dialogue import menu
from bot.dialogue.reply import Reply
from bot.dialogue.turn import Turn
from scheduler import consent
from scheduler.people import SMS, AddressState


def stop(turn: Turn, *, taken_by_provider: bool) -> Reply | None:
    """All messages end; staff are told. Twilio answers STOP itself, and refuses whatever is sent afterwards (21610)."""
    said = stop_all(turn)
    return None if taken_by_provider and turn.incoming.channel == SMS else said


def stop_all(turn: Turn) -> Reply:
    """The same where nobody else answers it."""
    consent.stop(turn.tx, turn.address)
    return turn.say("stop_done")


def start(turn: Turn) -> Reply:
    """All messages begin again. A chat sends it to greet, too."""
    was_off = turn.address.state is AddressState.STOPPED or not turn.address.announcements
    consent.start(turn.tx, turn.address)
    return turn.say("start_done") if was_off or not turn.incoming.buttons else menu.menu(turn)


def no_announcements(turn: Turn) -> Reply:
    """Announcements end; reminders go on."""
    consent.no_announcements(turn.tx, turn.address)
    return turn.say("no_announcements_done")
