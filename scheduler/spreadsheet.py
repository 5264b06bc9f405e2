"""Reads a CSV or XLSX file as numbered rows of cells, and says of each row that can't be read why."""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from unicodedata import category
from xml.etree.ElementTree import ParseError

from scheduler.names import tidy
from scheduler.remarks import Explained, Remark

MOST_BYTES = 5_000_000
MOST_UNPACKED_BYTES = 30_000_000  # about two seconds of reading
MOST_LINES = 20_000
MOST_LETTERS = 200

# What zipfile, the XML parser and openpyxl were seen to raise for spoilt files.
_BREAKS_A_READER = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)

Cell = str | date
NO_FAULT = Remark("")


class FileRefused(Explained):
    """Nothing of the file can be used; the text says why and what to do."""


class RowRefused(Explained):
    """This row can't be used; the text says why. The rest of the file can."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the file: its line, and its cells, or why they can't be read."""

    line: int
    cells: tuple[Cell, ...] = ()
    fault: Remark = NO_FAULT

    @property
    def is_empty(self) -> bool:
        return not self.fault and not any(self.cells)


def read_rows(name: str, content: bytes) -> list[Row]:
    """Every row that is not empty, the header's included.

    Raises:
        FileRefused: it is neither CSV nor XLSX, too big, or empty.
    """
    if len(content) > MOST_BYTES:
        raise FileRefused(
            f"{name} is larger than {MOST_BYTES // 1_000_000} MB; import it in parts", "too_big"
        )
    rows = _xlsx(name, content) if content.startswith(b"PK") else _csv(name, content)
    kept = [row for row in rows if not row.is_empty]
    if any(row.line > MOST_LINES for row in kept):
        raise FileRefused(f"{name} has more than {MOST_LINES} lines; import it in parts", "too_long")
    if not kept:
        raise FileRefused(f"{name} is empty; its first line must name the columns", "empty")
    return kept


def _csv(name: str, content: bytes) -> Iterator[Row]:
    """Line by line: no cell of ours has a line break, and so a quotation mark left open spoils only its own line."""
    lines = re.split(r"\r\n|\r|\n", _text(name, content))
    header = next((line for line in lines if line.strip()), "")
    separator = ";" if ";" in header else ","
    for number, line in enumerate(lines, start=1):
        yield _row(number, _split(line, separator))


def _text(name: str, content: bytes) -> str:
    """Excel in Polish Windows writes cp1250; all else UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xd0\xcf\x11\xe0")):
        raise FileRefused(
            f"{name} can't be read; save it as 'CSV UTF-8' or as .xlsx without a password", "unreadable"
        )
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused(
        f"{name} is neither UTF-8 nor cp1250 text; save it as 'CSV UTF-8' or as .xlsx", "unreadable"
    )


def _split(line: str, separator: str) -> Iterator[str]:
    try:
        yield from next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error:
        fault = "its quotation marks do not match, or a cell has a line break"
        raise RowRefused(fault, "quotation_marks") from None


def _xlsx(name: str, content: bytes) -> list[Row]:
    """The first sheet. A formula is not computed here, and what another program computed may be stale: it is refused."""
    from openpyxl import load_workbook  # noqa: PLC0415 (a third of a second, for one kind of file)

    try:
        with warnings.catch_warnings(action="ignore"):  # it remarks on styles that are not read here
            _check_unpacked(name, content)
            book = load_workbook(io.BytesIO(content), read_only=True)
            lines = islice(book.worksheets[0].iter_rows(), MOST_LINES + 1)
            return [_row(number, (_shown(one) for one in cells)) for number, cells in enumerate(lines, 1)]
    except _BREAKS_A_READER:
        fault = f"{name} is not a spreadsheet that can be read; save it as .xlsx or CSV"
        raise FileRefused(fault, "unreadable") from None


def _check_unpacked(name: str, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED_BYTES:
            raise FileRefused(f"{name} is too big when unpacked; save it as CSV", "too_big")


def _shown(found: Any) -> Any:
    if found.data_type == "e":
        raise RowRefused(f"a cell shows the error {found.value}", "cell_error")
    return found.value


def _row(line: int, values: Iterable[Any]) -> Row:
    try:
        return Row(line, tuple(cell(value, number) for number, value in enumerate(values, start=1)))
    except RowRefused as fault:
        return Row(line, fault=fault.remark)


def cell(value: Any, number: int) -> Cell:
    """What a cell says, `number` being its place in the row.

    Raises:
        RowRefused: a formula, what is no text, or more of it than any cell of ours has.
    """
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else str(value)
    if text.lstrip().startswith("="):
        raise RowRefused(f"cell {number} is a formula; put its value there", "formula", cell=number)
    if any(category(letter) == "Cc" and letter not in "\t\n\r" for letter in text):
        raise RowRefused(f"cell {number} holds a character that is no text", "no_text", cell=number)
    if len(text) > MOST_LETTERS:
        fault = f"cell {number} is longer than {MOST_LETTERS} letters"
        raise RowRefused(fault, "too_many_letters", cell=number, most=MOST_LETTERS)
    return tidy(text)
