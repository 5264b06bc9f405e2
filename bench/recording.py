"""The statements that the product really sends, with their parameters, to be sent again by a bare driver.

An id that the database gave is of no use on another database: the recording one counts each table's ids from a number of its
own, far above all else, so that such an id is known wherever it turns up, in a key or in JSON too, and can be replaced.
"""

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.types.json import Json, Jsonb
from sqlalchemy import Connection, Engine, event

from storage.tables import metadata

GIVEN_ID = re.compile(r"\b1[1-9]\d{8}\b")
FIRST_GIVEN, APART = 1_100_000_000, 20_000_000


@dataclass(frozen=True, slots=True)
class Statement:
    """One call of the driver.

    Attributes:
        gave: the ids that came back when it was recorded; the replay learns its own from the same place.
        needs: whether a parameter holds an id that an earlier statement was given.
    """

    sql: str
    parameters: Any
    many: bool
    gave: list[int]
    needs: bool


@dataclass(slots=True)
class Turn:
    """One transaction."""

    statements: list[Statement] = field(default_factory=list)


def count_ids_from_afar(connection: Connection) -> None:
    """Make the ids given from now on recognisable; SQLite gives the same again, in the same order, by itself."""
    if connection.dialect.name != "postgresql":
        return
    for number, table in enumerate(table for table in metadata.sorted_tables if "id" in table.c):
        first = FIRST_GIVEN + number * APART
        connection.exec_driver_sql(f'ALTER SEQUENCE "{table.name}_id_seq" RESTART WITH {first}')


class Recorder:
    """Sits between an engine and its driver, from before the first connection, while one transaction after another runs."""

    def __init__(self, engine: Engine) -> None:
        self.turns: list[Turn] = []
        self._open = Turn()
        self._sqlite = engine.dialect.name == "sqlite"
        event.listen(engine, "do_connect", self._connect)
        event.listen(engine, "commit", self._committed)

    def forget(self) -> None:
        """Begin anew."""
        self.turns, self._open = [], Turn()

    def executed(self, sql: Any, parameters: Any, *, many: bool = False) -> None:
        """A cursor was told that."""
        told = parameters if self._sqlite else _plain(parameters)
        needs = not self._sqlite and GIVEN_ID.search(repr(told)) is not None
        self._open.statements.append(Statement(str(sql), told, many, [], needs))

    def fetched(self, rows: Sequence[Any]) -> None:
        """A cursor gave that."""
        given = (value for row in rows for value in row if isinstance(value, int) and value >= FIRST_GIVEN)
        self._open.statements[-1].gave.extend(given)

    def _connect(self, _: object, __: object, ___: object, parameters: dict[str, Any]) -> None:
        if self._sqlite:
            parameters["factory"] = _sqlite_connection(self)
        else:
            parameters["cursor_factory"] = _psycopg_cursor(self)

    def _committed(self, _: Connection) -> None:
        self.turns.append(self._open)
        self._open = Turn()


def _sqlite_connection(recorder: Recorder) -> type[sqlite3.Connection]:
    class Cursor(sqlite3.Cursor):
        def execute(self, sql: Any, parameters: Any = ()) -> Any:
            recorder.executed(sql, parameters)
            return super().execute(sql, parameters)

        def executemany(self, sql: Any, rows: Any) -> Any:
            recorder.executed(sql, rows, many=True)
            return super().executemany(sql, rows)

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = None) -> Any:
            return super().cursor(factory or Cursor)

        def execute(self, sql: Any, parameters: Any = ()) -> Any:
            return self.cursor().execute(sql, parameters)

    return Connection


def _psycopg_cursor(recorder: Recorder) -> type[psycopg.Cursor]:
    class Cursor(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
            recorder.executed(query, params)
            return super().execute(query, params, **more)

        def executemany(self, query: Any, params_seq: Any, **more: Any) -> None:
            recorder.executed(query, params_seq, many=True)
            super().executemany(query, params_seq, **more)

        def fetchall(self) -> Any:
            rows = super().fetchall()
            recorder.fetched(rows)
            return rows

        def fetchone(self) -> Any:
            row = super().fetchone()
            recorder.fetched([] if row is None else [row])
            return row

    return Cursor


class Ids:
    """Which id of this database stands for which of the recorded ones."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def learn(self, gave: Sequence[int], rows: list[Any]) -> None:
        """Take note of what a replayed statement was given in their place."""
        if gave:
            own = [value for row in rows for value in row if isinstance(value, int)]
            self._known.update(zip(gave, own, strict=False))

    def fitted(self, statement: Statement) -> Any:
        """Its parameters with this database's ids in them."""
        if statement.many:
            return [self._fitted(row) for row in statement.parameters]
        return self._fitted(statement.parameters)

    def _fitted(self, parameters: dict[str, Any]) -> dict[str, Any]:
        return {name: self._own(value) for name, value in parameters.items()}

    def _own(self, value: Any) -> Any:
        if isinstance(value, int):
            return self._known.get(value, value)
        if isinstance(value, str):
            return GIVEN_ID.sub(lambda found: str(self._known.get(int(found[0]), found[0])), value)
        return value


def _plain(parameters: Any) -> Any:
    """With the JSON wrapper of the driver made the text that it would send."""
    if not parameters:
        return parameters
    if isinstance(parameters, dict):
        return {name: _as_text(value) for name, value in parameters.items()}
    return [_plain(one) for one in parameters]


def _as_text(value: Any) -> Any:
    return json.dumps(value.obj) if isinstance(value, Json | Jsonb) else value
