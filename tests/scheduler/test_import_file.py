import io
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import select, update

from scheduler.enrolment import Fate, Newcomer
from scheduler.erasure import erase
from scheduler.import_file import Report, RowReport, import_participants, read_participants
from scheduler.new_phone import new_phone
from scheduler.people import addresses_of
from scheduler.spreadsheet import FileRefused
from storage.database import Database
from storage.tables import metadata, person, todo
from tests.builders import NOW, Club, count

HEADER = "full_name,phone,language,groups,contract_until\n"


SEVERAL = [f"Osoba {letter},50100000{number},,Grupa A," for number, letter in enumerate("ABCDEFGHIJ")]


def the_newcomers(text: str, encoding: str = "utf-8") -> list[Newcomer | None]:
    return [wish.newcomer for wish in read_participants("people.csv", text.encode(encoding))]


def the_fault(line: str) -> str:
    (wish,) = read_participants("people.csv", (HEADER + line).encode())
    assert wish.newcomer is None
    return wish.fault


def the_refusal(content: bytes, name: str = "people.csv") -> str:
    with pytest.raises(FileRefused) as refused:
        read_participants(name, content)
    return str(refused.value)


def a_workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def imported(club: Club, text: str, *, dry_run: bool = False, account: str | None = "sms") -> Report:
    wishes = read_participants("people.csv", text.encode())
    report: Report = club.do(lambda tx: import_participants(tx, wishes, account=account, dry_run=dry_run))
    return report


def everything(club: Club) -> dict[str, list[Any]]:
    return club.do(
        lambda tx: {
            table.name: sorted(map(tuple, tx.connection.execute(select(table))), key=str)
            for table in metadata.sorted_tables
        }
    )


A_WORKBOOK = a_workbook(["full_name", "phone"], ["Anna Testowa", 501000001])

ANNA = Newcomer("Anna Testowa", "+48501000001", "pl", ("Grupa A", "Wsparcie"), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (HEADER + "Anna Testowa,501 000 001,pl,Grupa A;Wsparcie,2026-12-31\n", "utf-8"),
        (HEADER + "Anna Testowa,501 000 001,pl,Grupa A;Wsparcie,2026-12-31\n", "utf-8-sig"),
        (HEADER + '"Anna Testowa","501 000 001",PL,"Grupa A; Wsparcie",31.12.2026', "cp1250"),
        (
            HEADER.replace(",", ";") + 'Anna Testowa;501 000 001;Pl;"Grupa A;Wsparcie";31.12.2026 r.\r\n',
            "cp1250",
        ),
        (
            "contract_until;Full_Name ;groups;PHONE;language;;\r\n"
            '2026-12-31 00:00:00;Anna Testowa;"Grupa A;Wsparcie;";+48501000001;pl;;\r\n',
            "utf-8",
        ),
    ],
)
def test_commas_and_semicolons_utf8_and_cp1250_any_order_and_both_dates_say_the_same(
    text: str, encoding: str
) -> None:
    assert the_newcomers(text, encoding) == [ANNA]


def test_polish_letters_survive_both_encodings() -> None:
    for encoding in ("utf-8", "utf-8-sig", "cp1250"):
        (one,) = the_newcomers("full_name\nŻółcisława Gęśla-Ćmińska\n", encoding)
        assert one == Newcomer("Żółcisława Gęśla-Ćmińska")


def test_only_the_name_is_required() -> None:
    assert the_newcomers("full_name\nAnna Testowa\n") == [Newcomer("Anna Testowa")]
    assert the_newcomers(HEADER + "Anna Testowa,,,,\nPiotr Testowy\n") == [
        Newcomer("Anna Testowa"),
        Newcomer("Piotr Testowy"),
    ]


def test_empty_lines_are_no_rows_and_lines_keep_their_number() -> None:
    wishes = read_participants("people.csv", b"\nfull_name,phone\n\nAnna Testowa,\n,,\nPiotr Testowy,\n")
    assert [wish.line for wish in wishes] == [4, 6]


def test_a_workbook_says_the_same_as_a_csv_file() -> None:
    content = a_workbook(
        ["full_name", "phone", "language", "groups", "contract_until"],
        ["Anna Testowa", 501000001, "PL", "Grupa A;Wsparcie", datetime(2026, 12, 31)],  # noqa: DTZ001
        [],
        ["Piotr Testowy", 48501000002.0, None, None, "31.12.2026"],
    )
    wishes = read_participants("people.xlsx", content)
    assert [(wish.line, wish.newcomer) for wish in wishes] == [
        (2, ANNA),
        (4, Newcomer("Piotr Testowy", "+48501000002", None, (), date(2026, 12, 31))),
    ]


def test_a_formula_and_an_error_spoil_their_row_of_a_workbook_alone() -> None:
    content = a_workbook(
        ["full_name", "phone"], ["=A3", None], ["Anna Testowa", "#N/A"], ["Piotr Testowy", None]
    )
    wishes = read_participants("people.xlsx", content)
    assert [wish.fault for wish in wishes] == [
        "cell 1 is a formula; put its value there",
        "a cell shows the error #N/A",
        "",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "people.csv is empty; its first line must name the columns"),
        (b"\n ; ;\n", "people.csv is empty; its first line must name the columns"),
        (
            "imię;telefon\nAnna;501".encode(),
            "line 1: column 'imię' is not known; column 'telefon' is not known; column 'full_name' is missing. "
            "The columns are: full_name, phone, language, groups, contract_until",
        ),
        (
            b"full_name,phones\nAnna,501",
            "line 1: column 'phones' is not known; did you mean 'phone'? "
            "The columns are: full_name, phone, language, groups, contract_until",
        ),
        (
            b"full_name,phone,phone\nAnna,501,502",
            "line 1: column 'phone' is there twice. The columns are: full_name, phone, language, groups, contract_until",
        ),
        (
            b"Anna Testowa,501000001\n",
            "line 1: column 'anna testowa' is not known; column '501000001' is not known; column 'full_name' is missing. "
            "The columns are: full_name, phone, language, groups, contract_until",
        ),
        (
            "full_name\nAnna".encode("utf-16"),
            "people.csv can't be read; save it as 'CSV UTF-8' or as .xlsx without a password",
        ),
        (
            b"full_name\nAnna \x81\xff",
            "people.csv is neither UTF-8 nor cp1250 text; save it as 'CSV UTF-8' or as .xlsx",
        ),
        (b"PK\x03\x04rubbish", "people.csv is not a spreadsheet that can be read; save it as .xlsx or CSV"),
        (b"x" * 5_000_001, "people.csv is larger than 5 MB; import it in parts"),
    ],
)
def test_a_file_of_which_nothing_can_be_used_is_refused_in_one_line(content: bytes, sentence: str) -> None:
    assert the_refusal(content) == sentence


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (",501000001,pl,,", "full_name: is missing"),
        ("   ,501000001,pl,,", "full_name: is missing"),
        ("@Anna,,,,", "full_name: '@Anna' does not begin with a letter"),
        ("=CMD(),,,,", "cell 1 is a formula; put its value there"),
        ("Anna\x00 Testowa,,,,", "cell 1 holds a character that is no text"),
        (f"{'A' * 201},,,,", "cell 1 is longer than 200 letters"),
        (
            "Anna Testowa,77 483 77 23,,,",
            "phone: '77 483 77 23' is a landline and takes no SMS; give a mobile number or none",
        ),
        (
            "Anna Testowa,77 483 77 23 wew. 103,,,",
            "phone: '77 483 77 23 wew. 103' has an extension, which takes no SMS; give a mobile number or none",
        ),
        (
            "Anna Testowa,12345,,,",
            "phone: '12345' is not a telephone number; write it as 501 502 503 or +48 501 502 503",
        ),
        ("Anna Testowa,,de,,", "language: 'de' is not one of pl, uk, en (uk is Ukrainian)"),
        (
            "Anna Testowa,,,-1,",
            "groups: '-1' is no name of a group (a letter or digit first, at most 100)",
        ),
        (
            "Anna Testowa,,,,31.02.2026",
            "contract_until: '31.02.2026' is not a date; write it as 2026-12-31 or 31.12.2026",
        ),
        (
            "Anna Testowa,,,,12/31/2026",
            "contract_until: '12/31/2026' is not a date; write it as 2026-12-31 or 31.12.2026",
        ),
        (
            "Anna Testowa,,,,0026-12-31",
            "contract_until: '0026-12-31' is not a date; write it as 2026-12-31 or 31.12.2026",
        ),
        (
            "Anna,1,de,,soon",
            "phone: '1' is not a telephone number; write it as 501 502 503 or +48 501 502 503; "
            "language: 'de' is not one of pl, uk, en (uk is Ukrainian); "
            "contract_until: 'soon' is not a date; write it as 2026-12-31 or 31.12.2026",
        ),
        (
            "Anna,,,,,extra",
            "it has more cells than the 5 columns; a cell with a separator needs quotation marks",
        ),
        ('"Anna Testowa,501000001', "its quotation marks do not match, or a cell has a line break"),
    ],
)
def test_a_bad_row_says_everything_that_is_wrong_with_it(line: str, sentence: str) -> None:
    assert the_fault(line) == sentence


def test_a_quotation_mark_left_open_spoils_only_its_own_line() -> None:
    wishes = read_participants("people.csv", b'full_name,phone\n"Anna Testowa,\nPiotr Testowy,501000002\n')
    assert [wish.newcomer for wish in wishes] == [None, Newcomer("Piotr Testowy", "+48501000002")]


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_whatever_a_file_holds_each_row_is_somebody_or_a_fault(content: bytes) -> None:
    for tried in (content, HEADER.encode() + content, HEADER.replace(",", ";").encode() + content):
        with suppress(FileRefused):
            wishes = read_participants("people.csv", tried)
            assert all((wish.newcomer is None) == bool(wish.fault) for wish in wishes)


@given(st.integers(0, 5000), st.integers(0, 255))
def test_a_workbook_with_a_spoilt_byte_is_read_or_refused(at: int, byte: int) -> None:
    content = bytearray(A_WORKBOOK)
    content[at % len(content)] = byte
    with suppress(FileRefused):
        read_participants("people.xlsx", bytes(content))


def test_two_imports_of_one_file_at_once_enrol_everybody_once(database: Database) -> None:
    club = Club(database)
    wishes = [
        read_participants("people.csv", (HEADER + "\n".join(lines)).encode())
        for lines in (SEVERAL, SEVERAL, SEVERAL[::-1], SEVERAL[::-1])
    ]
    with ThreadPoolExecutor(len(wishes)) as pool:
        reports = list(
            pool.map(lambda wish: club.do(lambda tx: import_participants(tx, wish, account="sms")), wishes)
        )
    assert sum(report.counts["enrolled"] for report in reports) == len(SEVERAL)
    assert sum(report.counts["known"] for report in reports) == 3 * len(SEVERAL)
    assert club.do(lambda tx: count(tx, person)) == len(SEVERAL) + len(club.centre.specialists)


def test_good_rows_are_imported_and_bad_ones_reported_with_their_line(database: Database) -> None:
    club = Club(database)
    report = imported(club, HEADER + "Anna Testowa,501000001,,,\n,,,,x\nPiotr Testowy,77 4837723,,,\n")
    assert [(row.line, row.fate) for row in report.rows] == [
        (2, Fate.ENROLLED),
        (3, Fate.REFUSED),
        (4, Fate.REFUSED),
    ]
    assert report.counts == {"enrolled": 1, "changed": 0, "known": 0, "repeated": 0, "refused": 2}
    assert not report.is_refused


def test_importing_a_file_again_changes_nothing(database: Database) -> None:
    club = Club(database)
    text = HEADER + (
        "Anna Testowa,501000001,uk,Grupa A;Wsparcie,2026-12-31\nAnna Testowa,501000002,,Grupa A,\n"
        "Piotr Testowy,501000001,,,\nOla Testowa,,,,\nzła,1,,,\n"
    )
    imported(club, text)
    before = everything(club)
    club.now = NOW.replace(hour=12)
    again = imported(club, text)
    assert everything(club) == before
    assert again.counts == {"enrolled": 0, "changed": 0, "known": 4, "repeated": 0, "refused": 1}


def test_a_dry_run_tells_each_rows_fate_and_writes_nothing(database: Database) -> None:
    club = Club(database)
    imported(club, HEADER + "Anna Testowa,501000001,pl,,\n")
    before = everything(club)
    text = HEADER + "Anna Testowa,501000001,pl,B,\nPiotr Testowy,501000002,,Grupa A,\nPiotr Testowy,,,,\n"
    planned = imported(club, text, dry_run=True, account="another sender")
    assert everything(club) == before
    assert [row.fate for row in planned.rows] == [Fate.CHANGED, Fate.ENROLLED, Fate.ENROLLED]
    assert [row.person_id for row in planned.rows] == [1 + len(club.centre.specialists), None, None]
    assert [row.fate for row in imported(club, text).rows] == [row.fate for row in planned.rows]


def test_the_same_person_twice_in_a_file_is_enrolled_once(database: Database) -> None:
    club = Club(database)
    report = imported(club, HEADER + "Anna Testowa,501000001,,,\nANNA  TESTOWA,+48 501 000 001,,,\n")
    assert report.rows[1] == RowReport(
        3,
        Fate.REPEATED,
        "ANNA TESTOWA",
        None,
        ("the same name and number as line 2; if they are two people, give each a number or a longer name",),
    )
    assert club.do(lambda tx: count(tx, person)) == 1 + len(club.centre.specialists)


def test_two_people_of_one_name_are_both_enrolled_and_staff_are_asked_to_look(database: Database) -> None:
    club = Club(database)
    report = imported(club, HEADER + "Anna Testowa,501000001,,,\nAnna Testowa,501000002,,,\n")
    first, second = (row.person_id for row in report.rows)
    assert report.rows[1].remarks == (
        f"may be the same person as Anna Testowa (number {first}, +48501000001); a to-do asks staff to look",
    )
    asked = select(person.c.may_be_id).where(person.c.id == second)
    assert club.do(lambda tx: tx.connection.execute(asked).scalar_one()) == first
    (to_do,) = club.do(lambda tx: tx.connection.execute(select(todo)).all())
    assert (to_do.key, to_do.text, to_do.person_id) == (f"may_be:{second}", "todo_may_be", second)
    assert to_do.params == {"other": first}


def test_the_report_remarks_on_what_staff_should_know(database: Database) -> None:
    club = Club(database)
    report = imported(
        club,
        HEADER + "Anna Testowa,501000001,,,\nPiotr Testowy,501000001,,,\nOla Testowa,,,,2026-09-30\n",
    )
    assert [row.remarks for row in report.rows] == [
        (),
        ("shares the phone with Anna Testowa",),
        (
            "no phone: reminders become to-dos for staff",
            "the contract ended on 2026-09-30: nothing can be booked",
        ),
    ]


def test_a_file_does_not_undo_the_language_that_somebody_chose(database: Database) -> None:
    club = Club(database)
    imported(club, HEADER + "Anna Testowa,501000001,pl,,\n")
    club.do(lambda tx: tx.connection.execute(update(person).values(language="uk")))
    before = everything(club)
    (row,) = imported(club, HEADER + "Anna Testowa,501000001,pl,,\n").rows
    assert everything(club) == before
    assert row.fate is Fate.KNOWN
    assert row.remarks == ("keeps the language uk: who is enrolled chooses it by writing to the bot",)


def test_a_newer_file_brings_contract_and_groups_up_to_date(database: Database) -> None:
    club = Club(database)
    imported(club, HEADER + "Anna Testowa,501000001,pl,Grupa A,2026-10-31\n")
    report = imported(club, HEADER + "Anna Testowa,501000001,,grupa a;Grupa B,2027-10-31\n")
    assert report.counts["changed"] == 1
    row = club.do(
        lambda tx: tx.connection.execute(select(person).where(person.c.kind == "participant")).one()
    )
    assert (row.language, row.contract_until) == ("pl", date(2027, 10, 31))


def test_a_file_of_bad_rows_only_is_refused(database: Database) -> None:
    assert imported(Club(database), HEADER + ",,,,\n,x,,,\n").is_refused
    assert not imported(Club(database), HEADER).is_refused


def test_an_old_list_brings_no_number_back_that_staff_have_changed(database: Database) -> None:
    club = Club(database)
    line = HEADER + "Anna Testowa,501000001,uk,Grupa A,\n"
    (first,) = imported(club, line).rows
    club.do(lambda tx: new_phone(tx, first.person_id, "+48501000002"))

    (row,) = imported(club, line).rows

    assert (row.fate, row.person_id) == (Fate.KNOWN, first.person_id)
    assert row.remarks == ("keeps the number +48501000002, which staff have given since",)
    reached = club.do(lambda tx: addresses_of(tx, first.person_id))
    assert [one.address for one in reached] == ["+48501000002"]
    assert len(club.messages(text="welcome")) == 1


def test_after_an_erasure_whoever_is_new_may_be_who_was_erased_and_nothing_tells(database: Database) -> None:
    club = Club(database)
    wishes = read_participants("people.csv", (HEADER + SEVERAL[0]).encode())
    first: Report = club.do(lambda tx: import_participants(tx, wishes))
    assert not first.may_bring_back
    club.do(lambda tx: erase(tx, first.enrolled[0]))
    again: Report = club.do(lambda tx: import_participants(tx, wishes, dry_run=True))
    assert (again.erased_at, again.may_bring_back) == (NOW, True)
    club.do(lambda tx: import_participants(tx, wishes))
    known: Report = club.do(lambda tx: import_participants(tx, wishes))
    assert not known.may_bring_back
