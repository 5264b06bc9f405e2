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
COLUMNS = ("rows", "understood", "rightly asked", "asked", "other", "never")
ENOUGH = 0.85  # of all rows, those at which a careful reader asks back included
FEW = 5  # answers that are neither what was wished for nor asking back, and change nothing


class Row(NamedTuple):
    situation: str
    language: str
    text: str
    must: list[frozenset[str]]
    never: frozenset[str]


def rows() -> list[Row]:
    found = []
    for line in (HERE / "situations.tsv").read_text(encoding="utf-8").splitlines():
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


def test_nothing_unwished_follows_and_most_is_understood(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """PostgreSQL plays one in ten: the words are the same."""
    chosen = rows() if database.is_sqlite else rows()[::10]
    counts: Counter[tuple[str, str, str]] = Counter()
    wrong = []
    for situation, language in dict.fromkeys((row.situation, row.language) for row in chosen):
        emptied(database)
        scene = SITUATIONS[situation](database, language)
        for row in chosen:
            if (row.situation, row.language) == (situation, language):
                labels = followed(scene, row.text)
                kind = kind_of(row, labels)
                counts[situation, language, "rows"] += 1
                counts[situation, language, kind] += 1
                if kind in {"never", "other"}:
                    wrong.append((situation, language, row.text, sorted(labels), kind))
    with capsys.disabled():
        sys.stdout.write(table(counts, database))
    total = {column: sum(n for key, n in counts.items() if key[2] == column) for column in COLUMNS}
    assert [one for one in wrong if one[-1] == "never"] == []
    assert [one for one in wrong if one[-1] == "other"][FEW:] == []
    if database.is_sqlite:
        assert total["understood"] >= ENOUGH * total["rows"]


def table(counts: Counter[tuple[str, str, str]], database: Database) -> str:
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    lines = ["", f"{kind:>16}" + "".join(f"{column:>15}" for column in COLUMNS)]
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
