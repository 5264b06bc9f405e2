"""Words of crisis: before anything else in the conversation, help. The words are nowhere kept, nor that they were said."""

from bot.dialogue.advice import advised
from bot.dialogue.incoming import Incoming
from bot.dialogue.reading.crisis import is_crisis
from bot.dialogue.reply import Reply
from bot.dialogue.strangers import guessed_language
from bot.dialogue.turn import Turn
from scheduler.contacting import call_today


def is_cry(incoming: Incoming) -> bool:
    """Whether somebody's life may be in danger, whoever writes and wherever they wrote it."""
    return is_crisis(_words(incoming))


def help_first(turn: Turn) -> Reply:
    """Whom to call at once; somebody of the staff will phone today. What was asked before stays open."""
    turn.stranger_language = guessed_language(_words(turn.incoming))
    call_today(turn.tx, turn.address.id, turn.whoever)
    return advised(turn, "crisis")


def _words(incoming: Incoming) -> str:
    """A chat's `/start` brings what stands behind it as a code."""
    return incoming.text or incoming.code or ""
