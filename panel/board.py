"""Lays a day out as a table: places side by side, a row wherever something begins, each thing as tall as it lasts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


class Item(Protocol):
    """Whatever takes time."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Placed:
    """An item in some neighbouring columns."""

    columns: range
    item: Item


@dataclass(slots=True)
class Cell:
    """One cell: what is in it, in order of time, and over how many rows and columns it goes. An empty one has no items."""

    items: Sequence[Any] = ()
    column: int = 0
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: its time, and the cells that begin in it."""

    starts_at: datetime
    cells: tuple[Cell, ...]


@dataclass(eq=False, slots=True)
class _Box:
    """Items that overlap, and what they cover together."""

    columns: range
    starts_at: datetime
    ends_at: datetime
    items: list[Item]

    def with_(self, other: "_Box") -> "_Box":
        columns = range(
            min(self.columns.start, other.columns.start), max(self.columns.stop, other.columns.stop)
        )
        starts_at, ends_at = min(self.starts_at, other.starts_at), max(self.ends_at, other.ends_at)
        return _Box(columns, starts_at, ends_at, [*other.items, *self.items])


def lay_out(width: int, placed: Sequence[Placed]) -> list[Row]:
    """The rows of a table of so many columns. What overlaps in a column shares a cell; every item stands in it once."""
    boxes = _boxes(width, placed)
    times = sorted({box.starts_at for box in boxes})
    heads = {(box.starts_at, box.columns.start): box for box in boxes}
    covered: set[tuple[datetime, int]] = set()
    rows = []
    for time in times:
        cells = []
        for column in range(width):
            if (time, column) in covered:
                continue
            cell = Cell(column=column)
            if box := heads.get((time, column)):
                spans = [one for one in times if box.starts_at <= one < box.ends_at]
                covered |= {(one, number) for one in spans for number in box.columns}
                items = sorted(box.items, key=lambda item: item.starts_at)
                cell = Cell(items, column, len(spans), len(box.columns))
            cells.append(cell)
        rows.append(Row(time, tuple(cells)))
    return rows


def _boxes(width: int, placed: Sequence[Placed]) -> list[_Box]:
    """No two of them overlap. In each column those so far stand by time, so that only the last can reach into the next."""
    stacks: list[list[_Box]] = [[] for _ in range(width)]
    for one in sorted(placed, key=lambda one: one.item.starts_at):
        box = _Box(one.columns, one.item.starts_at, one.item.ends_at, [one.item])
        while (other := next(_in_the_way(stacks, box), None)) is not None:
            for column in other.columns:
                stacks[column].remove(other)
            box = box.with_(other)
        for column in box.columns:
            stacks[column].append(box)
    return list(dict.fromkeys(box for stack in stacks for box in stack))


def _in_the_way(stacks: Sequence[Sequence[_Box]], box: _Box) -> Iterator[_Box]:
    for column in box.columns:
        if stacks[column] and stacks[column][-1].ends_at > box.starts_at:
            yield stacks[column][-1]
