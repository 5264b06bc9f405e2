"""An announcement that asked whether it was read: the answer is noted, once for everybody who shares the phone."""

from bot.dialogue.questions import Question
from bot.dialogue.reply import Reply
from bot.dialogue.turn import Turn
from storage import recipients, talk


def read(turn: Turn, question: Question) -> Reply:
    """TAK, `ok` or the button; a second time it is thanked for as well."""
    talk.answered(turn.tx, [question.id])
    recipients.mark_read(turn.tx, question.message_id)
    return turn.say("announcement_read")
