"""Decides whether somebody may be in danger of their life; of two readings the one that loses no cry."""

from bot.dialogue.reading.letters import words

_PHRASES = (
    "nie chce zyc", "nie chce mi sie zyc", "chce umrzec", "zabije sie", "samobojstwo",
    "не хочу жити", "хочу померти", "want to die", "kill myself", "suicide",
)  # fmt: skip
PHRASES = frozenset(words(phrase) for phrase in _PHRASES)


def is_crisis(text: str) -> bool:
    """Whether the text, of whatever length, has words of crisis in it."""
    said = words(text)
    return any(
        said[place : place + len(phrase)] == phrase for phrase in PHRASES for place in range(len(said))
    )
