"""Whoever writes from an address that leads to nobody: what this is and how to join, whatever they write."""

from dataclasses import replace
from datetime import timedelta

from bot.dialogue.reading.letters import words
from bot.dialogue.reply import Choice, Reply
from bot.dialogue.turn import Turn
from storage import talk

# So that a loop of two automats ends, and a flood costs little: no more answers than these to one unknown address.
MOST = 5
WITHIN = timedelta(hours=1)
TEXTS = ("stranger", "start", "contact_unknown", "contact_not_own", "code_wrong", "code_used")

SHARE_CONTACT = Choice("share_contact", {"do": "share"}, mark="share_contact")
ENGLISH = frozenset(
    words(
        "a an and appointment book can die do english hello help hi how i is kill life live me my myself please suicide "
        "thanks the want what who you"
    )
)


def stranger(turn: Turn, *, text: str = "stranger") -> Reply | None:
    """The same for any words; nothing tells whether a number is enrolled."""
    turn.stranger_language = guessed_language(turn.incoming.text or "")
    if talk.times_said(turn.tx, turn.address.id, TEXTS, since=turn.tx.now - WITHIN) >= MOST:
        return None
    return with_contact_button(turn, turn.say(text))


def with_contact_button(turn: Turn, reply: Reply) -> Reply:
    """The same with the button that shares one's own number, where there are buttons."""
    return replace(reply, options=(SHARE_CONTACT,), kind="contact") if turn.incoming.buttons else reply


def guessed_language(text: str) -> str:
    """Ukrainian if it is mostly Cyrillic, English if most of its words are plainly so, else Polish."""
    letters = [letter for letter in text if letter.isalpha()]
    if letters and sum("\u0400" <= letter <= "\u04ff" for letter in letters) * 2 > len(letters):
        return "uk"
    said = "".join(letter if letter.isalpha() else " " for letter in text.casefold()).split()
    return "en" if said and sum(word in ENGLISH for word in said) * 2 > len(said) else "pl"
