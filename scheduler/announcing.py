"""What an announcement says: its text by language, and which text of the catalogue carries it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from config.centre_model import LANGUAGES
from scheduler.errors import Refused

LONGEST = 1000  # letters
_PREFIX = re.compile(r"^\s*klub\s*:\s*", re.IGNORECASE)


class NothingSaid(Refused):
    """An announcement without words."""

    def __init__(self) -> None:
        super().__init__("the announcement has no text")


class TooLong(Refused):
    """More than anybody reads on a phone."""

    def __init__(self, length: int) -> None:
        super().__init__(f"the text has {length} letters; {LONGEST} is the most")


@dataclass(frozen=True, slots=True)
class Words:
    """The text by language, Polish always; `asks` adds that whoever has read it may say so."""

    texts: Mapping[str, str]
    asks: bool = False

    def key(self, language: str) -> str:
        """The text of the catalogue; to those who chose another language it says that it is in Polish."""
        known = "announcement" if language in self.texts else "announcement_in_polish"
        return f"{known}_ask" if self.asks else known

    def params(self, language: str) -> dict[str, str]:
        """Its values."""
        return {"words": self.texts.get(language, self.texts["pl"])}

    def by_language(self) -> dict[str, Any]:
        """Both for every language, as storage writes them."""
        return {f"text_{language}": self.key(language) for language in LANGUAGES} | {
            f"params_{language}": self.params(language) for language in LANGUAGES
        }


def worded(texts: Mapping[str, str | None], *, asks: bool) -> Words:
    """What staff typed, without what every announcement begins with anyway.

    Raises:
        NothingSaid, TooLong.
    """
    said = {
        language: _PREFIX.sub("", text).replace("\0", "").strip() for language, text in texts.items() if text
    }
    said = {language: text for language, text in said.items() if text}
    if "pl" not in said:
        raise NothingSaid
    longest = max(map(len, said.values()))
    if longest > LONGEST:
        raise TooLong(longest)
    return Words(said, asks)
