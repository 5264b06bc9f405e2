"""The panel's texts: the same in three languages, each used, and none that a page names is missing."""

import re
from pathlib import Path
from string import Formatter

import pytest

from panel.speech import TEXTS
from words.catalogue import LANGUAGES, load_catalogue

PANEL = Path(__file__).parents[2] / "panel"
CODE = "\n".join(
    file.read_text("utf-8") for kind in ("*.py", "templates/*.html") for file in sorted(PANEL.glob(kind))
)
# `t("menu_" ~ name)` and `say(f"role_{role}")` name a text by how it begins.
BEGINNINGS = tuple(re.findall(r'"([a-z_]+_)" ~', CODE)) + tuple(re.findall(r'f"([a-z_]+_){', CODE))
NAMED = set(re.findall(r"""\b(?:t|say)\(["']([a-z_]+[a-z])["']""", CODE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_stands_once_and_has_its_values_as_in_polish(language: str) -> None:
    keys = re.findall(r'^msgid "(.+)"$', (TEXTS / f"{language}.po").read_text("utf-8"), re.MULTILINE)
    texts = load_catalogue(TEXTS)

    assert [key for key in set(keys) if keys.count(key) > 1] == []
    assert set(texts.keys(language)) == set(texts.keys("pl"))
    assert [
        key for key in keys if values(texts.template(language, key)) != values(texts.template("pl", key))
    ] == []


def test_every_text_that_a_page_names_is_there_and_no_other() -> None:
    known = set(load_catalogue(TEXTS).keys("pl"))

    assert sorted(NAMED - known) == []
    assert sorted(key for key in known if not is_used(key)) == []


def is_used(key: str) -> bool:
    """Named whole or by its beginning; `undo_x` goes with `done_x`, `refused_x` with an error's name."""
    begun = key.startswith((*BEGINNINGS, "refused_", "undo_"))
    return begun or f'"{key}"' in CODE or f"'{key}'" in CODE


def values(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
