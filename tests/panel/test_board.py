"""The table of a day: whatever is on stands in it once, in its place and as long as it lasts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from panel.board import Placed, Row, lay_out
from tests.builders import warsaw

NINE = warsaw("2026-10-06", "09:00")
WIDTH = 4


@dataclass(frozen=True)
class Thing:
    name: str
    starts_at: datetime
    ends_at: datetime


def thing(name: str, begins: int, minutes: int, first: int, width: int = 1) -> Placed:
    starts_at = NINE + timedelta(minutes=begins)
    return Placed(range(first, first + width), Thing(name, starts_at, starts_at + timedelta(minutes=minutes)))


things = st.builds(
    thing,
    st.text("abc", max_size=2),
    st.integers(0, 12).map(lambda n: n * 15),
    st.integers(1, 8).map(lambda n: n * 15),
    st.integers(0, WIDTH - 2),
    st.integers(1, 2),
)


@given(st.lists(things, max_size=12))
def test_every_thing_stands_once_and_the_table_has_no_hole_and_no_overlap(placed: list[Placed]) -> None:
    rows = lay_out(WIDTH, placed)

    shown = [item for row in rows for cell in row.cells for item in cell.items]
    assert sorted(map(id, shown)) == sorted(id(one.item) for one in placed)
    assert [row.starts_at for row in rows] == sorted({row.starts_at for row in rows})
    covered = squares(rows)
    assert sorted(covered) == [(row, column) for row in range(len(rows)) for column in range(WIDTH)]


@given(st.lists(things, max_size=12))
def test_a_thing_is_in_the_rows_and_columns_that_it_takes(placed: list[Placed]) -> None:
    rows = lay_out(WIDTH, placed)

    for number, row in enumerate(rows):
        for cell in row.cells:
            times = [one.starts_at for one in rows[number : number + cell.rows]]
            for one in placed:
                if any(one.item is item for item in cell.items):
                    assert times[0] <= one.item.starts_at
                    assert all(time in times for time in (r.starts_at for r in rows) if is_in(one, time))
                    assert cell.column <= one.columns.start
                    assert one.columns.stop <= cell.column + cell.columns


def test_what_lasts_goes_over_the_rows_that_begin_meanwhile() -> None:
    rows = lay_out(2, [thing("long", 0, 90, 0), thing("first", 0, 50, 1), thing("second", 60, 50, 1)])

    assert [[(cell.rows, len(cell.items)) for cell in row.cells] for row in rows] == [
        [(2, 1), (1, 1)],
        [(1, 1)],
    ]


def test_a_session_across_a_room_takes_in_what_is_in_its_way() -> None:
    rows = lay_out(2, [thing("session", 30, 60, 0, 2), thing("visit", 0, 50, 1), thing("later", 90, 30, 0)])

    assert [[(cell.column, cell.columns, len(cell.items)) for cell in row.cells] for row in rows] == [
        [(0, 2, 2)],
        [(0, 1, 1), (1, 1, 0)],
    ]


def is_in(one: Placed, time: datetime) -> bool:
    return one.item.starts_at <= time < one.item.ends_at


def squares(rows: list[Row]) -> list[tuple[int, int]]:
    return [
        (number + down, cell.column + along)
        for number, row in enumerate(rows)
        for cell in row.cells
        for down in range(cell.rows)
        for along in range(cell.columns)
    ]
