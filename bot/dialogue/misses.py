"""What can't be placed: the menu if nothing is open, else asked once; the second time a call is offered."""

from datetime import datetime

from bot.dialogue import checks, menu, office
from bot.dialogue.binding import FRESH, has_begun
from bot.dialogue.questions import Talk
from bot.dialogue.reading.letters import split
from bot.dialogue.reading.vocabulary import Sign
from bot.dialogue.reading.wordings import PHRASES
from bot.dialogue.reply import Reply
from bot.dialogue.turn import Turn

TOLD_TO_STAFF = 5  # so often in a row: somebody should call
SILENT_AFTER = 20  # so often: two automats are talking to each other
LONGEST = 640  # letters: four parts of an SMS; whoever writes more tells a story


def not_understood(turn: Turn) -> Reply | None:
    """The answer to words without a meaning here."""
    misses = turn.talk.misses + 1
    if misses > SILENT_AFTER:
        return None
    if misses == TOLD_TO_STAFF:
        office.not_understood_for_long(turn)
    if misses > 1:
        return offer_contact(turn)
    text = turn.incoming.text or ""
    if _is_not_known(text) and checks.is_open(turn):
        return checks.unsure(turn)
    if not text.strip():
        return turn.say("only_text")
    if len(text) > LONGEST:
        return turn.say("too_long")
    return turn.say("not_understood") if has_open(turn.talk, turn.tx.now) else menu.menu(turn)


def offer_contact(turn: Turn) -> Reply:
    """Asked back once already: somebody will phone, or write to whoever wants no calls."""
    only_writes = any(person.writes_only for person in turn.whoever)
    return turn.say("not_understood_again_written" if only_writes else "not_understood_again")


def _is_not_known(text: str) -> bool:
    """Whether it says "nie wiem", "sama nie wiem": after the morning's question that is an answer."""
    said = tuple(token.text for token in split(text) if token.is_word)
    return Sign.FORGOT in (PHRASES.get(said), PHRASES.get(said[1:]))


def has_open(talk: Talk, now: datetime) -> bool:
    """Whether the words may have been meant for a question."""
    asked = any(question.waits(now) and question.posted_at > now - FRESH for question in talk.asked)
    return asked or any(
        question.waits(now) and question.stands and not has_begun(question, now) for question in talk.unasked
    )
