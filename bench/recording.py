"""The statements that the product really sends, with their parameters, to be sent again by a bare driver.

An id that the database gave is of no use on another database: the recording one counts each table's ids from a number of its
own, far above all else, so that such an id is known wherever it turns up, in a key or in JSON too, and can be replaced.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

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
    gave: tuple[int, ...] = ()
    needs: bool = False


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
    """Listens to an engine while one transaction after another runs on it."""

    def __init__(self, engine: Engine) -> None:
        self.turns: list[Turn] = []
        self._open = Turn()
        self._ids = engine.dialect.name == "postgresql"
        self._engine = engine

    @contextmanager
    def listening(self) -> Iterator["Recorder"]:
        heard: tuple[tuple[str, Callable[..., None]], ...] = (
            ("after_cursor_execute", self._executed),
            ("commit", self._committed),
        )
        for name, hear in heard:
            event.listen(self._engine, name, hear)
        try:
            yield self
        finally:
            for name, hear in heard:
                event.remove(self._engine, name, hear)

    def _executed(
        self, _: Connection, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
    ) -> None:
        gave: tuple[int, ...] = ()
        if self._ids and cursor.description is not None and not many:
            rows = cursor.fetchall()
            cursor.scroll(0, mode="absolute")
            gave = tuple(value for row in rows for value in row if _is_given(value))
        if self._ids:
            parameters = _plain(parameters)
        needs = self._ids and GIVEN_ID.search(repr(parameters)) is not None
        self._open.statements.append(Statement(statement, parameters, many, gave, needs))

    def _committed(self, _: Connection) -> None:
        self.turns.append(self._open)
        self._open = Turn()


class Ids:
    """Which id of this database stands for which of the recorded ones."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def learn(self, gave: tuple[int, ...], rows: list[Any]) -> None:
        """Take note of what a replayed statement was given in their place."""
        if gave:
            own = [value for row in rows for value in row if isinstance(value, int)]
            self._known.update(zip(gave, own, strict=False))

    def fitted(self, parameters: Any) -> Any:
        """The parameters with this database's ids in them."""
        if isinstance(parameters, dict):
            return {name: self._own(value) for name, value in parameters.items()}
        return type(parameters)(self.fitted(one) for one in parameters)

    def _own(self, value: Any) -> Any:
        if isinstance(value, int):
            return self._known.get(value, value)
        if isinstance(value, str):
            return GIVEN_ID.sub(lambda found: str(self._known.get(int(found[0]), found[0])), value)
        return value


def _is_given(value: object) -> bool:
    return isinstance(value, int) and value >= FIRST_GIVEN


def _plain(parameters: Any) -> Any:
    """With the JSON wrapper of the driver made the text that it would send."""
    if isinstance(parameters, dict):
        return {
            name: json.dumps(value.obj) if hasattr(value, "obj") else value
            for name, value in parameters.items()
        }
    return type(parameters)(_plain(one) for one in parameters)
