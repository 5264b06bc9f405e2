"""Finding one of 50,000 people as one types, against a bare indexed LIKE for the same letters over the same names."""

import asyncio
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import product
from statistics import median
from typing import Any

from sqlalchemy import insert, text

from bench.club import NOW
from bench.frame import Budget, Goal, Result, Run, in_turn
from bench.stores import Store
from scheduler.finding import find
from storage.database import Database, Transaction
from storage.finding import words_of
from storage.tables import person, person_word

PEOPLE, SHOWN = 50_000, 9
LETTERS = range(3, 7)  # from the third letter of the surname to the sixth
FIRST = ("anna", "jan", "piotr", "ewa", "maria", "olena", "zofia", "adam", "iryna", "oleh", "marek", "halina")
BEGINNINGS = (
    "no",
    "ko",
    "wi",
    "le",
    "zie",
    "szy",
    "ma",
    "kra",
    "ka",
    "pio",
    "ja",
    "du",
    "sta",
    "pa",
    "gra",
    "za",
)
MIDDLES = (
    "wa",
    "lin",
    "rec",
    "cho",
    "ber",
    "jan",
    "mi",
    "tro",
    "szu",
    "ga",
    "dow",
    "la",
    "pi",
    "ros",
    "ku",
    "ne",
)
ENDS = ("ski", "ska", "wicz", "czyk", "enko", "ak", "iec", "owa")
BARE = {
    "SQLite": (
        "CREATE INDEX bare_surname ON bare (surname COLLATE NOCASE)",
        "SELECT id, full_name, phone FROM bare WHERE surname LIKE ? LIMIT 9",
    ),
    "PostgreSQL": (
        "CREATE INDEX bare_surname ON bare (surname text_pattern_ops)",
        "SELECT id, full_name, phone FROM bare WHERE surname LIKE %s LIMIT 9",
    ),
}


def measure(budget: Budget, stores: Sequence[Store]) -> Iterator[Result]:
    """Each keystroke is a transaction of its own, as the panel asks; the baseline is a query on an open connection."""
    for store in stores:
        url = store.template(lambda database, name=store.name: _fill(database, name))  # type: ignore[misc]
        typed = _typed(budget.count(60, least=20))
        mine, theirs = in_turn(budget, partial(_bare, url, store.name, typed), partial(_found, url, typed))
        store.drop(url)
        note = f"{PEOPLE:,} people, {len(typed)} keystrokes a run; in their order by name, which the bare query leaves out"
        goals = (Goal("median", "<", 10), Goal("p99_ms", "<", 50))
        yield Result("search, a keystroke", store.name, "ms", mine, theirs, goals=goals, notes=(note,))


def _found(url: str, typed: Sequence[str]) -> Run:
    async def run(database: Database) -> Run:
        took = []
        for one in typed:
            begun = time.perf_counter()
            await database.read(lambda tx, one=one: find(tx, one, SHOWN), NOW)  # type: ignore[misc]
            took.append(time.perf_counter() - begun)
        return _run(took)

    with closing(Database(url)) as database:
        return asyncio.run(run(database))


def _bare(url: str, name: str, typed: Sequence[str]) -> Run:
    took = []
    with closing(Database(url)) as database, closing(database.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        for one in typed:
            begun = time.perf_counter()
            cursor.execute(BARE[name][1], (f"{one}%",))
            cursor.fetchall()
            took.append(time.perf_counter() - begun)
    return _run(took)


def _run(took: Sequence[float]) -> Run:
    """Without the first, which opens connections and builds statements."""
    return Run(median(took[1:]) * 1000, took[1:])


def _typed(people: int) -> list[str]:
    """What is typed for so many of them."""
    chosen = random.Random(1).sample(_surnames(), people)
    return [surname[:letters] for surname in chosen for letters in LETTERS]


def _surnames() -> list[str]:
    return ["".join(parts) for parts in product(BEGINNINGS, MIDDLES, ENDS)]


def _fill(database: Database, name: str) -> None:
    database.run(_enrol, NOW)
    database.run(lambda tx: _bare_table(tx, name), NOW)


def _bare_table(tx: Transaction, name: str) -> None:
    surname = (
        "substr(full_name, instr(full_name, ' ') + 1)"
        if name == "SQLite"
        else "split_part(full_name, ' ', 2)"
    )
    made = f"CREATE TABLE bare AS SELECT id, full_name, phone, {surname} AS surname FROM person"
    for statement in (made, BARE[name][0], "ANALYZE"):
        tx.connection.execute(text(statement))


def _enrol(tx: Transaction) -> None:
    dice, surnames = random.Random(2), _surnames()
    rows = [_person(number, f"{dice.choice(FIRST)} {dice.choice(surnames)}") for number in range(PEOPLE)]
    tx.connection.execute(insert(person), rows)
    words = [
        {"person_id": number + 1, "word": word}
        for number, row in enumerate(rows)
        for word in words_of(row["name_key"], row["phone"])
    ]
    tx.connection.execute(insert(person_word), words)


def _person(number: int, name: str) -> dict[str, Any]:
    phone = f"+48{500_000_000 + number * 7}"
    return {"kind": "participant", "full_name": name, "name_key": name, "phone": phone, "enrolled_at": NOW}
