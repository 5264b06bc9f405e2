"""Remembers every phrase that means something by itself, in Polish, Ukrainian and English.

"Nie" alone is not here: what stands around it decides (hearing.py).
"""

from collections.abc import Mapping

from bot.dialogue.reading import answer_words, club_words, visit_words
from bot.dialogue.reading.letters import words
from bot.dialogue.reading.vocabulary import Meant

PHRASES: Mapping[tuple[str, ...], Meant] = {
    words(phrase.strip()): meant
    for family in (answer_words, visit_words, club_words)
    for meant, text in family.WRITTEN.items()
    for phrase in text.split(",")
}
