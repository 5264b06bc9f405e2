"""The word of four digits that somebody asked to be asked for, before their visits are read out on a shared phone."""

from bot.dialogue import choices
from bot.dialogue.binding import FRESH
from bot.dialogue.questions import Question
from bot.dialogue.reply import Reply
from bot.dialogue.shared import WORD
from bot.dialogue.turn import Turn
from scheduler import secret_word
from storage import talk


def by_word(turn: Turn, text: str) -> Reply | None:
    """What four digits open while they are being asked for; None where they are not."""
    asked = turn.talk.asked[0] if turn.talk.asked else None
    if asked is None or not _waits(turn, asked) or not secret_word.looks_like_word(text):
        return None
    value = asked.options[0]["value"]
    someone = turn.person(value["person_id"])
    if someone is None:
        return turn.out_of_date()
    turn.speak_as(someone.id)
    try:
        secret_word.check_word(turn.tx, someone, text, turn.address)
    except secret_word.WordWrong:
        return turn.say("word_wrong")
    except secret_word.WordLocked:
        return turn.say("word_locked")
    turn.opened_until = turn.tx.now + secret_word.HOLDS_FOR
    talk.answered(turn.tx, [asked.id])
    return choices.LEADING[value["then"]["do"]](turn, value["then"])


def _waits(turn: Turn, asked: Question) -> bool:
    now = turn.tx.now
    return asked.kind == WORD and asked.waits(now) and asked.posted_at > now - FRESH
