"""What a row of the participants' file says: which columns there are, and what each cell means."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from config.centre_model import LANGUAGES
from config.suggest import did_you_mean
from scheduler.enrolment import Newcomer
from scheduler.phones import PhoneRefused, mobile
from scheduler.spreadsheet import Cell, FileRefused, Row, RowRefused

MOST_LETTERS_OF_A_GROUP = 100
YEARS = range(2000, 2101)

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?: 00:00(?::00)?)?", re.ASCII)
_POLISH = re.compile(r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{4})(?: ?r\.)?", re.ASCII)


def columns(header: Row) -> list[str]:
    """The column names of a file's first row.

    Raises:
        FileRefused: one is missing, unknown or there twice.
    """
    if header.fault:
        raise FileRefused(f"line {header.line}, which names the columns: {header.fault}", "header_unreadable")
    names = [str(cell).casefold() for cell in header.cells]
    while names and not names[-1]:
        names.pop()
    if faults := list(_faults(names)):
        unknown = next((name for name in names if name not in COLUMNS), "")
        said = "; ".join(faults) + (did_you_mean(unknown, COLUMNS) or ".")
        known = ", ".join(COLUMNS)
        raise FileRefused(f"line {header.line}: {said} The columns are: {known}", "columns", columns=known)
    return names


def _faults(names: Sequence[str]) -> Iterator[str]:
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            yield f"column '{name}' is not known"
        elif names.count(name) > 1:
            yield f"column '{name}' is there twice"
    if "full_name" not in names:
        yield "column 'full_name' is missing"


def newcomer(row: Row, names: Sequence[str]) -> Newcomer:
    """Whom a row names.

    Raises:
        RowRefused: says everything that is wrong with it.
    """
    if row.fault:
        raise RowRefused(row.fault, row.fault.key, **row.fault.values)
    if any(row.cells[len(names) :]):
        raise RowRefused(
            f"it has more cells than the {len(names)} columns; a cell with a separator needs quotation marks",
            "more_cells",
        )
    cells = dict(zip(names, row.cells, strict=False))
    said: dict[str, Any] = {}
    faults = []
    for name, read in COLUMNS.items():
        try:
            said[name] = read(cells.get(name, ""))
        except (RowRefused, PhoneRefused) as fault:
            faults.append((name, fault.remark))
    if faults:
        raise RowRefused("; ".join(f"{name}: {fault}" for name, fault in faults), "cells", faults=faults)
    return Newcomer(**said)


def _full_name(cell: Cell) -> str:
    name = str(cell)
    if not name:
        raise RowRefused("is missing", "name_missing")
    if not name[0].isalpha():
        raise RowRefused(f"'{name}' does not begin with a letter", "name_letter")
    return name


def _phone(cell: Cell) -> str | None:
    return mobile(str(cell)) if cell else None


def _language(cell: Cell) -> str | None:
    language = str(cell).casefold()
    if language and language not in LANGUAGES:
        raise RowRefused(f"'{cell}' is not one of {', '.join(LANGUAGES)} (uk is Ukrainian)", "language")
    return language or None


def _groups(cell: Cell) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in str(cell).split(";") if name.strip()))
    for name in names:
        if not name[0].isalnum() or len(name) > MOST_LETTERS_OF_A_GROUP:
            raise RowRefused(
                f"'{name}' is no name of a group (a letter or digit first, at most {MOST_LETTERS_OF_A_GROUP})",
                "group_name",
            )
    return names


def _contract_until(cell: Cell) -> date | None:
    if not cell:
        return None
    day = cell if isinstance(cell, date) else _day(cell)
    if day is None or day.year not in YEARS:
        raise RowRefused(f"'{cell}' is not a date; write it as 2026-12-31 or 31.12.2026", "date")
    return day


def _day(text: str) -> date | None:
    found = _ISO.fullmatch(text) or _POLISH.fullmatch(text)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None


COLUMNS: Mapping[str, Callable[[Cell], Any]] = {
    "full_name": _full_name,
    "phone": _phone,
    "language": _language,
    "groups": _groups,
    "contract_until": _contract_until,
}
