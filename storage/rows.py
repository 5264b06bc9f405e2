"""Many rows in one statement: a list handed over as one parameter, and inserts that leave what is there alone."""

import json
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    Column,
    ColumnElement,
    Insert,
    Integer,
    String,
    Table,
    any_,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from storage.database import Transaction

ROWS = "rows"  # the parameter's name: execute(statement, {ROWS: as_json(...)})
IDS = "ids"  # and that of ids alone: execute(statement, {IDS: [...]})


def given_rows(dialect: str, columns: Mapping[str, TypeEngine[Any]]) -> Any:
    """Columns of the rows handed over in the parameter `rows`, each a list in that order, to insert or update from."""
    handed = bindparam(ROWS, type_=String)
    values: list[ColumnElement[Any]]
    if dialect == "postgresql":
        rows = func.jsonb_array_elements(cast(handed, JSONB)).table_valued(Column("value", JSONB))
        row = rows.render_derived(name="given").c.value
        values = [cast(row[place].astext, kind) for place, kind in enumerate(columns.values())]
    else:
        row = func.json_each(handed).table_valued("value").alias("given").c.value
        values = [
            func.json_extract(row, f"$[{place}]", type_=kind) for place, kind in enumerate(columns.values())
        ]
    return SimpleNamespace(**dict(zip(columns, values, strict=True)))


def is_given(dialect: str, number: Column[int]) -> ColumnElement[bool]:
    """Whether it is among those handed over in the parameter `ids`.

    PostgreSQL takes any function's rows for a hundred, and rather reads a table of thousands than look up one row.
    """
    if dialect == "postgresql":
        return number == any_(bindparam(IDS, type_=ARRAY(Integer)))
    return number.in_(select(func.json_each(bindparam(IDS, type_=JSON)).table_valued("value").c.value))


def as_json(rows: Sequence[Sequence[Any]]) -> str:
    """The parameter's value."""
    return json.dumps(rows, ensure_ascii=False)


def insert_new(tx: Transaction, table: Table) -> Insert:
    """An insert that leaves a row alone whose unique key is there already."""
    if tx.dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()
