"""Every to-do that the code can open has words, in every language, and they ask for the next step."""

import re
from pathlib import Path

import pytest

from tests.words.builders import the_catalogue
from words.catalogue import LANGUAGES

ROOT = Path(__file__).parents[2]
# What the audit calls the steps of a to-do, and a parameter.
LOGGED = {"todo_taken", "todo_done", "todo_given", "todo_reopened", "todo_id"}
REQUEST = {"pl": "Prosimy ", "uk": "Просимо ", "en": "Please "}


def named_in_the_code() -> set[str]:
    files = [file for package in ("scheduler", "bot") for file in (ROOT / package).rglob("*.py")]
    return {name for file in files for name in re.findall(r'"(todo_\w+)"', file.read_text("utf-8"))} - LOGGED


def test_the_code_opens_to_dos() -> None:
    assert {"todo_callback", "todo_not_reached", "todo_silence"} <= named_in_the_code()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_to_do_has_its_words(language: str) -> None:
    assert [name for name in named_in_the_code() if not the_catalogue().has(language, name)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_to_do_says_what_to_do_next(language: str) -> None:
    texts = {
        name: the_catalogue().template(language, name)
        for name in the_catalogue().keys(language)
        if name.startswith("todo_")
    }
    asking = REQUEST[language].casefold()
    assert [name for name, text in texts.items() if asking not in text.casefold()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_to_do_speaks_of_illness_or_crisis(language: str) -> None:
    never = re.compile(
        r"chor[aeoy]|objaw|gorączk|kaszel|kryzys|samob|śmier|хвор|симптом|криз|самогуб|\bill\b|illness|symptom|crisis|suicid",
        re.IGNORECASE,
    )
    for name in the_catalogue().keys(language):
        if name.startswith(("todo_", "staff_")):
            assert not never.search(the_catalogue().template(language, name)), name
