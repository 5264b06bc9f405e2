"""Enrols the participants whom a file names, and says of every row what became of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from scheduler.enrolment import Enrolled, Fate, HasLeft, Newcomer, enrol
from scheduler.import_columns import columns, newcomer
from scheduler.names import name_key
from scheduler.people import adopt_numbers
from scheduler.remarks import Remark
from scheduler.spreadsheet import NO_FAULT, Row, RowRefused, read_rows
from scheduler.welcome import welcome
from storage import erasure, people
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of a row; `person_id` is None where nobody was enrolled, and after a dry run of somebody new."""

    line: int
    fate: Fate
    full_name: str | None = None
    person_id: int | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file.

    Attributes:
        erased_at: when somebody was erased last. Nothing is kept by which they would be known: an older file that names them
            enrols them like anybody new, so whoever imports one has to look.
    """

    rows: tuple[RowReport, ...]
    erased_at: datetime | None = None

    @property
    def counts(self) -> dict[str, int]:
        """How many rows had each fate."""
        found = Counter(row.fate for row in self.rows)
        return {fate.value: found[fate] for fate in Fate}

    @property
    def enrolled(self) -> list[int]:
        """Who is new."""
        return [row.person_id for row in self.rows if row.fate is Fate.ENROLLED and row.person_id is not None]

    @property
    def may_bring_back(self) -> bool:
        """Whether somebody who is new in it may be somebody who was erased."""
        return self.erased_at is not None and any(row.fate is Fate.ENROLLED for row in self.rows)

    @property
    def is_refused(self) -> bool:
        """Whether there were rows, and none that could be used."""
        return bool(self.rows) and all(row.fate is Fate.REFUSED for row in self.rows)


@dataclass(frozen=True, slots=True)
class Wish:
    """A row as read: whom it names, or why it can't be used."""

    line: int
    newcomer: Newcomer | None
    fault: Remark = NO_FAULT


class _Undo(Exception):
    """Leaves a savepoint without a trace."""


def read_participants(name: str, content: bytes) -> list[Wish]:
    """Read a CSV or XLSX file; nothing is enrolled yet.

    Raises:
        FileRefused: nothing of it can be used.
    """
    header, *rows = read_rows(name, content)
    names = columns(header)
    return [_wish(row, names) for row in rows]


def import_participants(
    tx: Transaction, wishes: Sequence[Wish], *, account: str | None = None, dry_run: bool = False
) -> Report:
    """Enrol them all, and welcome whoever is new; importing them again changes nothing.

    Args:
        account: the SMS sender, if there is one.
        dry_run: find out what would become of each row, and write nothing.
    """
    report = Report(())
    people.lock_enrolment(tx)
    with suppress(_Undo), tx.savepoint():
        if account:
            adopt_numbers(tx, account)
        rows = tuple(_enrol_all(tx, wishes, account, dry_run=dry_run))
        report = Report(rows, erasure.last_erased(tx))
        _undo_if(dry_run)
        welcome(tx, report.enrolled)
    return report


def _undo_if(dry_run: bool) -> None:
    if dry_run:
        raise _Undo


def _wish(row: Row, names: Sequence[str]) -> Wish:
    try:
        return Wish(row.line, newcomer(row, names))
    except RowRefused as fault:
        return Wish(row.line, None, fault.remark)


@dataclass(slots=True)
class _Seen:
    """At which line of the file each person stood first."""

    lines: dict[tuple[str, str | None], int] = field(default_factory=dict)

    def before(self, newcomer: Newcomer, line: int) -> int | None:
        """The earlier line of the same person."""
        first = self.lines.setdefault((name_key(newcomer.full_name), newcomer.phone), line)
        return None if first == line else first


def _enrol_all(
    tx: Transaction, wishes: Sequence[Wish], account: str | None, *, dry_run: bool
) -> Iterator[RowReport]:
    seen = _Seen()
    for wish in wishes:
        if wish.newcomer is None:
            yield RowReport(wish.line, Fate.REFUSED, remarks=(wish.fault,))
        elif first := seen.before(wish.newcomer, wish.line):
            text = f"the same name and number as line {first}; if they are two people, give each a number or a longer name"
            remark = Remark(text, "repeated", line=first)
            yield RowReport(wish.line, Fate.REPEATED, wish.newcomer.full_name, remarks=(remark,))
        else:
            yield _enrol(tx, wish.line, wish.newcomer, account, dry_run=dry_run)


def _enrol(
    tx: Transaction, line: int, newcomer: Newcomer, account: str | None, *, dry_run: bool
) -> RowReport:
    try:
        done = enrol(tx, newcomer, account)
    except HasLeft as left:
        remark = Remark(str(left), "has_left", on=left.ended_at.date())
        return RowReport(line, Fate.REFUSED, newcomer.full_name, remarks=(remark,))
    is_known = not (dry_run and done.fate is Fate.ENROLLED)
    person_id = done.person_id if is_known else None
    return RowReport(line, done.fate, newcomer.full_name, person_id, tuple(_remarks(tx, newcomer, done)))


def _remarks(tx: Transaction, newcomer: Newcomer, done: Enrolled) -> Iterator[Remark]:
    """What staff should know about somebody who was named just now."""
    if done.kept_language is not None:
        text = f"keeps the language {done.kept_language}: who is enrolled chooses it by writing to the bot"
        yield Remark(text, "kept_language", language=done.kept_language)
    if done.kept_phone is not None:
        text = f"keeps the number {done.kept_phone}, which staff have given since"
        yield Remark(text, "kept_phone", phone=done.kept_phone)
    if done.fate is not Fate.ENROLLED:
        return
    if done.may_be is not None:
        other = f"{done.may_be.full_name} (number {done.may_be.id}, {done.may_be.phone or 'no phone'})"
        text = f"may be the same person as {other}; a to-do asks staff to look"
        yield Remark(text, "may_be", other=done.may_be)
    if done.shares_with:
        names = ", ".join(one.full_name for one in done.shares_with)
        yield Remark(f"shares the phone with {names}", "shares", names=names)
    if newcomer.phone is None:
        yield Remark("no phone: reminders become to-dos for staff", "no_phone")
    if newcomer.contract_until is not None and newcomer.contract_until < tx.now.date():
        text = f"the contract ended on {newcomer.contract_until.isoformat()}: nothing can be booked"
        yield Remark(text, "contract_over", on=newcomer.contract_until)
