"""Too much from one number: whoever writes so fast is told so once, then left alone until it is quieter; a loop just ends."""

from datetime import timedelta

from bot.dialogue import office
from bot.dialogue.reading.understand import understand
from bot.dialogue.reading.vocabulary import Intent
from bot.dialogue.reply import Reply
from bot.dialogue.turn import Turn
from storage import inbox

FLOOD = "flood"  # as the inbox keeps it
MOST = 20  # messages in a minute that are answered as ever: fewer than that are never slowed
MINUTE = timedelta(minutes=1)
HEARD = frozenset({Intent.CRISIS, Intent.STOP})  # through any flood

# Another automat has the same words for every answer. Nobody asks the same so often with nothing else in between,
# but lists are leafed through.
SAME, WITHIN = 60, timedelta(hours=1)
LEAFED = frozenset({Intent.DIGIT})


def is_flood(turn: Turn) -> bool:
    """Whether what came in is one too many."""
    since = turn.tx.now - MINUTE
    return inbox.count(turn.tx, turn.address.id, since=since) >= MOST and not _must_be_heard(turn)


def flooded(turn: Turn) -> Reply | None:
    """Said by the first that is one too many; staff should look."""
    last = inbox.meanings(turn.tx, turn.address.id, since=turn.tx.now - MINUTE, limit=1)
    if last == [FLOOD] or not turn.people:
        return None
    office.too_much(turn)
    return turn.say("too_much")


def is_loop(turn: Turn, intent: str) -> bool:
    """Whether the same has come so often that it is an automat that answers our answers; staff should look."""
    before = inbox.meanings(turn.tx, turn.address.id, since=turn.tx.now - WITHIN, limit=SAME)
    if intent in LEAFED | HEARD or before != [intent] * SAME:
        return False
    office.too_much(turn)
    return True


def _must_be_heard(turn: Turn) -> bool:
    text = turn.incoming.text or ""
    return understand(text, turn.club.services, turn.now_here, language=turn.language).intent in HEARD
