"""Names the word that was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question to end a sentence with; empty when nothing is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.75)
    return f"; did you mean '{near[0]}'?" if near else ""
