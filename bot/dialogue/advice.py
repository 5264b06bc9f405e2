"""Advice on health and hygiene, for the asking and after words of illness: both alike, so that nothing tells who is ill.

What it said is dropped once it is sent (the purpose `advice`), and the inbox keeps no more than `other`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.dialogue import told, visits
from bot.dialogue.binding import FRESH
from bot.dialogue.questions import Value
from bot.dialogue.reading.letters import words
from bot.dialogue.reading.understand import Meaning
from bot.dialogue.reply import Reply
from bot.dialogue.turn import Turn
from scheduler.attendance import Meeting
from scheduler.calendar import local
from scheduler.policies import policy
from scheduler.purposes import Purpose

STEPS, RULES, MASKS = "advice_steps", "advice_rules", "advice_rule_masks"
ABOUT: Mapping[str, frozenset[str]] = {
    "advice_hands": frozenset(
        words("ręce rąk ręka mycie myć dezynfekcja руки рук миття дезінфекція hands hand")
    ),
    "advice_mask": frozenset(words("maseczka maseczki maseczkę maska маска маску маски mask masks")),
    "advice_gloves": frozenset(words("rękawiczki rękawiczek рукавички рукавичок gloves glove")),
    RULES: frozenset(words("zasady правила rules")),
}


def advice(turn: Turn) -> Reply:
    """The text that was named; else the four steps by SMS, and everything in a chat."""
    named = [text for text, said in ABOUT.items() if not said.isdisjoint(words(turn.incoming.text or ""))]
    whole = [STEPS, *ABOUT] if turn.incoming.buttons else [STEPS]
    return advised(turn, *_with_masks(turn, named or whole))


def ill(turn: Turn, meaning: Meaning) -> Reply:
    """Asked once, as after any unclear no, whether a visit of these days is given back; else the four steps."""
    near = [visit for visit in visits.open_meetings(turn) if _is_near(turn, visit, meaning)]
    if not near or _has_been_asked(turn, near):
        return advised(turn, STEPS)
    return visits.sure(turn, near[0]) if len(near) == 1 else visits.which(turn, near, "give_back", none=True)


def advised(turn: Turn, *texts: str) -> Reply:
    """Those texts as one message that is forgotten once it is sent."""
    links: dict[str, Any] = turn.centre.advice.model_dump()
    said = turn.say("advice", advice=[{"key": text, "params": links} for text in texts])
    return replace(said, purpose=Purpose.ADVICE)


def _with_masks(turn: Turn, texts: list[str]) -> list[str]:
    """What the rules in force add."""
    masks = RULES in texts and policy(turn.tx, turn.centre, turn.tx.now).masks
    return [*texts, MASKS] if masks else texts


def _is_near(turn: Turn, visit: Meeting, meaning: Meaning) -> bool:
    """On the day that was named, else today or tomorrow."""
    day = local(visit.starts_at, turn.centre.zone).date()
    first = meaning.when.first_day if meaning.when else None
    if first is None:
        return day <= turn.today + timedelta(days=1)
    assert meaning.when is not None
    return first <= day <= (meaning.when.last_day or day)


def _has_been_asked(turn: Turn, near: list[Meeting]) -> bool:
    ids = {_id(told.key(one)) for one in near}
    return any(
        option["value"].get("do") == "give_back" and _id(option["value"]) in ids
        for question in turn.talk.asked
        if question.waits(turn.tx.now) and question.posted_at > turn.tx.now - FRESH
        for option in question.options
    )


def _id(value: Value) -> tuple[int | None, int | None]:
    return value.get("visit_id"), value.get("session_id")
