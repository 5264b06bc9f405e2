from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError, read_po

from tests.words.builders import the_catalogue
from words.catalogue import CATALOGUES, LANGUAGES, TextError, load_catalogue


def a_folder(path: Path, text: str) -> Path:
    for language in LANGUAGES:
        path.joinpath(f"{language}.po").write_text(text, "utf-8")
    return path


def test_a_text_takes_its_values() -> None:
    assert the_catalogue().say("pl", "linked", first_name="Anna").startswith("Połączone: Anna. ")


def test_it_knows_which_variants_there_are() -> None:
    assert the_catalogue().has("pl", "booked:buttons")
    assert not the_catalogue().has("pl", "already_given_back:buttons")


def test_a_text_marked_as_doubtful_is_not_said(tmp_path: Path) -> None:
    catalogue = load_catalogue(
        a_folder(tmp_path, '#, fuzzy\nmsgid "booked"\nmsgstr "maybe"\n\nmsgid "menu"\nmsgstr ""\n')
    )

    with pytest.raises(TextError, match="there is no text 'booked' in 'pl'"):
        catalogue.say("pl", "booked")
    assert not catalogue.has("pl", "menu")


def test_a_broken_catalogue_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(PoFileError):
        load_catalogue(a_folder(tmp_path, 'msgid "booked"\nno quotes\n'))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_the_catalogues_is_doubtful_empty_or_said_twice(language: str) -> None:
    path = CATALOGUES / f"{language}.po"
    with path.open("rb") as lines:
        entries = [entry for entry in read_po(lines) if entry.id]

    assert [entry.id for entry in entries if entry.fuzzy or not entry.string] == []
    assert path.read_text("utf-8").count("\nmsgid ") == len(entries) + 1
