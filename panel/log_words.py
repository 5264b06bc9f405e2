"""The audit in plain words: who did what, and when."""

from dataclasses import dataclass
from datetime import datetime

from panel.speech import Words
from scheduler.person_page import Line


@dataclass(frozen=True, slots=True)
class Done:
    """One line as people read it."""

    at: datetime
    who: str
    what: str


def in_words(words: Words, line: Line) -> Done:
    """A text `log_` and the action's name; one that has none is told of without saying what."""
    key = f"log_{line.action}"
    what = words.say(key if words.has(key) else "log_other")
    if line.action == "changed":
        named = (words.say(f"log_field_{name}") for name in line.details.get("what", ()))
        what = f"{what} {', '.join(named)}"
    return Done(line.at, line.by or words.say(f"log_by_{line.actor}"), what)
