"""The roll as a CSV file that the import takes again, and that no spreadsheet runs as a formula."""

import csv
import io

from scheduler.import_columns import COLUMNS
from scheduler.roll import Participant, roll
from storage.database import Transaction

# OWASP: what a spreadsheet may take for a formula where a cell begins with it.
_RUNS = ("=", "+", "-", "@", "\t", "\r")


def roll_file(tx: Transaction) -> bytes:
    """Everybody who takes part, as UTF-8 with the mark by which Excel knows it."""
    lines = io.StringIO()
    write = csv.writer(lines, delimiter=";")
    write.writerow(COLUMNS)
    write.writerows([harmless(cell) for cell in _cells(one)] for one in roll(tx))
    return lines.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """The same text, which a spreadsheet shows and doesn't run."""
    return f"'{cell}" if cell.startswith(_RUNS) else cell


def _cells(one: Participant) -> tuple[str, ...]:
    until = one.person.contract_until
    return (
        one.person.full_name,
        _dialled(one.person.phone),
        one.person.language,
        ";".join(one.groups),
        until.isoformat() if until else "",
    )


def _dialled(phone: str | None) -> str:
    """Without a plus, which would be a formula: as it is dialled from Poland."""
    if not phone:
        return ""
    return phone.removeprefix("+48") if phone.startswith("+48") else f"00{phone.removeprefix('+')}"
