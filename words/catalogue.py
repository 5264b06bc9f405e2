"""The texts in every language, by key, as the catalogues beside this file hold them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from config.centre_model import LANGUAGES

__all__ = ["LANGUAGES", "Catalogue", "TextError", "load_catalogue"]

CATALOGUES = Path(__file__).parent / "catalogues"


class TextError(Exception):
    """A text is not in the catalogue, or lacks a value that it names."""


class Catalogue:
    """Texts by language and key; `{name}` in a text is where a value goes."""

    def __init__(self, texts: Mapping[str, Mapping[str, str]]) -> None:
        self._texts = texts

    def has(self, language: str, key: str) -> bool:
        return key in self._texts[language]

    def keys(self, language: str) -> Iterable[str]:
        return self._texts[language].keys()

    def template(self, language: str, key: str) -> str:
        try:
            return self._texts[language][key]
        except KeyError:
            raise TextError(f"there is no text '{key}' in '{language}'") from None

    def say(self, language: str, key: str, **values: object) -> str:
        return self.fill(language, key, values)

    def fill(self, language: str, key: str, values: Mapping[str, Any]) -> str:
        """Put the values into the text; the text may leave some out.

        Raises:
            TextError: there is no such text, or it names a value that was not given.
        """
        try:
            return self.template(language, key).format_map(values)
        except KeyError as missing:
            raise TextError(f"text '{key}' in '{language}' needs {missing}") from None


def load_catalogue(folder: Path = CATALOGUES) -> Catalogue:
    """Read every language's `.po`; a text that a translator marked as doubtful is left out."""
    return Catalogue({language: _read(folder / f"{language}.po") for language in LANGUAGES})


def _read(path: Path) -> dict[str, str]:
    with path.open("rb") as lines:
        entries = read_po(lines, abort_invalid=True)
    return {
        str(entry.id): str(entry.string) for entry in entries if entry.id and entry.string and not entry.fuzzy
    }
