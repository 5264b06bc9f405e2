"""Makes members of the people whom a file names, and says of every row what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from config.centre import Centre
from config.suggest import did_you_mean
from scheduler.errors import Refused
from scheduler.groups import group_called, join
from scheduler.names import name_key
from scheduler.phones import mobile
from scheduler.spreadsheet import FileRefused, Row, read_rows
from storage import people
from storage.database import Transaction

COLUMNS = ("group", "full_name", "phone", "together", "although_two")
NEEDED = ("group", "full_name")
YES = {"tak", "yes", "x", "1", "true"}


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a row: 'joined', 'known' or 'refused', and why."""

    line: int
    fate: str
    full_name: str = ""
    group: str = ""
    person_id: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """A row as read: its cells by column, or why it can't be used."""

    line: int
    cells: dict[str, str]
    fault: str = ""


def read_members(name: str, content: bytes) -> list[Wish]:
    """Read a CSV or XLSX file; nobody joins yet.

    Raises:
        FileRefused: nothing of it can be used.
    """
    header, *rows = read_rows(name, content)
    names = [str(cell).casefold() for cell in header.cells if str(cell)]
    unknown = [one for one in names if one not in COLUMNS]
    missing = [one for one in NEEDED if one not in names]
    if unknown or missing or len(set(names)) < len(names):
        hint = did_you_mean(unknown[0], COLUMNS) if unknown else ""
        raise FileRefused(
            f"line {header.line}: the columns are {', '.join(COLUMNS)}; {' and '.join(NEEDED)} are needed{hint}"
        )
    return [_wish(row, names) for row in rows]


def import_members(tx: Transaction, centre: Centre, wishes: Sequence[Wish]) -> list[Became]:
    """Let them all join; importing them again changes nothing. Only who is enrolled can join."""
    return [_join(tx, centre, wish) for wish in wishes]


def _wish(row: Row, names: Sequence[str]) -> Wish:
    if row.fault or any(row.cells[len(names) :]):
        return Wish(row.line, {}, row.fault or f"it has more cells than the {len(names)} columns")
    return Wish(row.line, {name: str(cell).strip() for name, cell in zip(names, row.cells, strict=False)})


def _join(tx: Transaction, centre: Centre, wish: Wish) -> Became:
    name, group_name = wish.cells.get("full_name", ""), wish.cells.get("group", "")
    if wish.fault:
        return Became(wish.line, "refused", remark=wish.fault)
    try:
        person_id = _who(tx, wish)
        with tx.savepoint():
            new = join(
                tx,
                centre,
                group_called(tx, group_name),
                person_id,
                together=wish.cells.get("together") or None,
                although_two=wish.cells.get("although_two", "").casefold() in YES,
            )
    except Refused as why:
        return Became(wish.line, "refused", name, group_name, remark=str(why))
    return Became(wish.line, "joined" if new else "known", name, group_name, person_id)


def _who(tx: Transaction, wish: Wish) -> int:
    """The participant of that name, and of that number where one is given."""
    known = list(_namesakes(tx, wish))
    if len(known) != 1:
        raise Refused(
            "nobody of that name and number is enrolled; 'termin participants import' enrols"
            if not known
            else "several people have that name: the number tells them apart"
        )
    return known[0]


def _namesakes(tx: Transaction, wish: Wish) -> Iterator[int]:
    phone = mobile(wish.cells["phone"]) if wish.cells.get("phone") else None
    for row in people.namesakes(tx, "participant", name_key(wish.cells.get("full_name", ""))):
        if row.ended_at is None and phone in (None, row.phone):
            yield int(row.id)
