"""Why something could not be done, as a page: what happened, and what to do next."""

import re

from panel.asked import Page
from panel.brought import TooLarge
from panel.speech import Words
from scheduler.errors import NotAllowed, Refused


def reason(words: Words, error: Refused) -> str:
    """In words: the text `refused_` and the error's name; of a kind without its own, its nearest ancestor's."""
    for kind in type(error).__mro__:
        key = "refused_" + re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
        if words.has(key):
            return words.say(key)
    return words.say("refused_refused")


def refusal(words: Words, error: Exception) -> Page:
    """A page that leads back; 403 for what somebody may not, 409 for what can't be had now."""
    text = reason(words, error) if isinstance(error, Refused) else words.say("refused_forged")
    return Page("refused.html", {"reason": text}, _status(error))


def _status(error: Exception) -> int:
    match error:
        case NotAllowed():
            return 403
        case TooLarge():
            return 413
        case Refused():
            return 409
    return 403
