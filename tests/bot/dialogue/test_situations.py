"""What people write in six situations: nothing is done that they did not wish, and most of it is understood at once."""

import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from storage.database import Database
from storage.tables import metadata
from tests.bot.dialogue.outcomes import CHANGES, followed
from tests.bot.dialogue.situations import SITUATIONS
from tests.builders import NOW

HERE = Path(__file__).parent
LIST = "situations.tsv"
UNSEEN = (
    "situations_holdout.tsv",
    "situations_second.tsv",
    "situations_third.tsv",
)  # when they were first read
COLUMNS = ("rows", "understood", "rightly asked", "asked", "other", "never")
ENOUGH = 0.85  # of all rows, those at which a careful reader asks back included
FEW = 5  # answers that are neither what was wished for nor asking back, and change nothing


class Row(NamedTuple):
    situation: str
    language: str
    text: str
    must: list[frozenset[str]]
    never: frozenset[str]


def rows(name: str = LIST) -> list[Row]:
    found = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            situation, language, text, must, never = line.split("\t")
            alternatives = [frozenset(one.split("+")) for one in must.split("|")]
            found.append(Row(situation, language, text, alternatives, frozenset(never.split())))
    return found


def kind_of(row: Row, labels: frozenset[str]) -> str:
    """Which column of the table the row counts for."""
    wished = frozenset().union(*row.must)
    if labels & row.never or (labels & CHANGES) - wished:
        return "never"
    if any(wish <= labels for wish in row.must if wish != {"asked"}):
        return "understood"
    if "asked" in labels:
        return "rightly asked" if row.must == [frozenset({"asked"})] else "asked"
    return "other"


@pytest.mark.parametrize("name", [LIST, *UNSEEN])
def test_nothing_unwished_follows_and_most_is_understood(
    database: Database, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """PostgreSQL plays one in ten: the words are the same."""
    played = play(database, rows(name) if database.is_sqlite else rows(name)[::10])
    counts = Counter(key for row, _, kind in played for key in ((*row[:2], kind), (*row[:2], "rows")))
    with capsys.disabled():
        sys.stdout.write(table(name, counts, database))
    of_kind = {
        kind: [(row[:3], sorted(labels)) for row, labels, one in played if one == kind] for kind in COLUMNS
    }
    assert of_kind["never"] == []
    if database.is_sqlite and name == LIST:
        assert of_kind["other"][FEW:] == []
        assert len(of_kind["understood"]) >= ENOUGH * len(played)


def play(database: Database, chosen: list[Row]) -> list[tuple[Row, frozenset[str], str]]:
    """What follows each, and what to think of it; a situation is played once for all of its messages."""
    played = []
    for situation, language in dict.fromkeys(row[:2] for row in chosen):
        emptied(database)
        scene = SITUATIONS[situation](database, language)
        for row in chosen:
            if row[:2] == (situation, language):
                labels = followed(scene, row.text)
                played.append((row, labels, kind_of(row, labels)))
    return played


def table(name: str, counts: Counter[tuple[str, str, str]], database: Database) -> str:
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    lines = ["", f"{name}, {kind}", " " * 16 + "".join(f"{column:>15}" for column in COLUMNS)]
    scenes = dict.fromkeys(key[:2] for key in counts)
    for scene in scenes:
        cells = "".join(f"{counts[*scene, column]:>15}" for column in COLUMNS)
        lines.append(f"{' '.join(scene):>16}{cells}")
    sums = (sum(counts[*scene, column] for scene in scenes) for column in COLUMNS)
    return "\n".join([*lines, f"{'all':>16}" + "".join(f"{one:>15}" for one in sums), ""])


def test_the_list_is_long_enough() -> None:
    languages = Counter(row.language for row in rows())
    assert languages["pl"] >= 160
    assert languages["uk"] >= 80
    assert languages["en"] >= 60
    assert {row.situation for row in rows()} == set(SITUATIONS)


def emptied(database: Database) -> None:
    with database.transaction(NOW) as tx:
        for one in reversed(metadata.sorted_tables):
            tx.connection.execute(one.delete())
