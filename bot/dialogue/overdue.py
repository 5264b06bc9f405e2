"""Words that were long on their way, because we were away: what they meant then may be wrong now."""

from datetime import timedelta

from bot.dialogue import office
from bot.dialogue.reading.vocabulary import Intent
from bot.dialogue.reply import Reply
from bot.dialogue.turn import Turn
from storage import talk

LATE_AFTER = timedelta(hours=1)

# What means the same whenever it was said.
TIMELESS = frozenset(
    {
        Intent.CRISIS,
        Intent.STOP,
        Intent.START,
        Intent.NO_ANNOUNCEMENTS,
        Intent.DONT_WRITE,
        Intent.WRONG_NUMBER,
        Intent.CALL_ME,
        Intent.HELP,
        Intent.ABOUT,
        Intent.DATA,
        Intent.THANKS,
    }
)
TEXT = "came_late"
ONCE_IN = timedelta(hours=12)


def is_overdue(turn: Turn, intent: Intent) -> bool:
    """Whether the words are too old to be taken as they stand."""
    return turn.incoming.late and intent not in TIMELESS


def overdue(turn: Turn) -> Reply | None:
    """Nothing is done by them: whoever wrote is asked once to write again, and staff know of it."""
    office.came_late(turn)
    said = talk.times_said(turn.tx, turn.address.id, [TEXT], since=turn.tx.now - ONCE_IN)
    return None if said else turn.say(TEXT)
