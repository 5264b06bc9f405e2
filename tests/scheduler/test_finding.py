from collections.abc import Callable

import pytest

from scheduler.finding import find, is_enough
from scheduler.leaving import leave
from storage.database import Database
from tests.builders import Club

NAMES = {
    "Anna Kowalska": "+48501502503",
    "Łucja Kowal-Żak": "+48601602503",
    "Jan Nowak": "+48701702703",
    "Oleksij O'Brajen": "+48801802804",
    "Marek Bez": "",
}


@pytest.fixture
def search(database: Database) -> Callable[[str], list[str]]:
    club = Club(database)
    for name, phone in NAMES.items():
        club.person(name, phone or None)
    return lambda text: [one.full_name for one in club.do(lambda tx: find(tx, text, 9))]


def test_by_beginnings_of_names_and_by_last_digits(search: Callable[[str], list[str]]) -> None:
    asked = {
        "kow": ["Anna Kowalska", "Łucja Kowal-Żak"],
        "KOWAL łuc": ["Łucja Kowal-Żak"],
        "zak": ["Łucja Kowal-Żak"],
        "lucja": ["Łucja Kowal-Żak"],
        "o'br": ["Oleksij O'Brajen"],
        "2503": ["Anna Kowalska", "Łucja Kowal-Żak"],
        "501 502 503": ["Anna Kowalska"],
        "+48 701 702 703": ["Jan Nowak"],
        "bez": ["Marek Bez"],
        "owal": [],
        "kow nowak": [],
    }
    assert {text: search(text) for text in asked} == asked


@pytest.mark.parametrize("text", ["", "ko", "503", "%%%", "___", "- - -", "😀😀😀"])
def test_too_little_finds_nobody(search: Callable[[str], list[str]], text: str) -> None:
    assert not is_enough(text)
    assert search(text) == []


def test_staff_and_whoever_has_left_are_not_found_and_no_more_than_asked_for(database: Database) -> None:
    club = Club(database)
    gone = club.person("Anna Dawna")
    for number in range(3):
        club.person("Anna Obecna", f"+4850100001{number}")
    club.do(lambda tx: leave(tx, gone))
    assert [one.ends for one in club.do(lambda tx: find(tx, "anna", 2))] == ["010", "011"]
    assert club.do(lambda tx: find(tx, "pola", 9)) == []
