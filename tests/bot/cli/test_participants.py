from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.linking import link_by_code
from scheduler.people import addresses_of, adopt_numbers, link
from storage.database import Database
from tests.bot.cli.shell import Said, Shell

HEADER = "full_name,phone,language,groups,contract_until\n"


@pytest.fixture
def shell(database_url: str) -> Shell:
    return Shell(database_url)


def imported(shell: Shell, folder: Path, text: str, *more: str) -> Said:
    file = folder / "people.csv"
    file.write_text(text, encoding="utf-8")
    return shell.termin("participants", "import", file, *more)


def test_an_import_reports_every_row_with_its_line(shell: Shell, tmp_path: Path) -> None:
    text = HEADER + "Anna Testowa,501000001,,,\nPiotr Testowy,77 483 77 23,,,\nAnna Testowa,501000001,,,\n"
    said = imported(shell, tmp_path, text)
    assert said.status == 0
    assert said.out.splitlines() == [
        "line  fate      number  name          remark",
        "2     enrolled  1       Anna Testowa",
        "3     refused                         phone: '77 483 77 23' is a landline and takes no SMS; give a mobile number or none",
        "4     repeated          Anna Testowa  the same name and number as line 2; if they are two people, give each a number or a longer name",
        "1 enrolled, 0 changed, 0 known, 1 repeated, 1 refused",
    ]


def test_an_import_again_changes_nothing_and_a_dry_run_writes_nothing(shell: Shell, tmp_path: Path) -> None:
    text = HEADER + "Anna Testowa,501000001,uk,Grupa A,2026-12-31\n"
    dry = imported(shell, tmp_path, text, "--dry-run")
    assert dry.out.splitlines()[-2:] == [
        "1 enrolled, 0 changed, 0 known, 0 repeated, 0 refused",
        "A dry run: nothing was written.",
    ]
    assert shell.termin("participants", "list", "--json").json == []
    imported(shell, tmp_path, text)
    before = shell.termin("participants", "list", "--json").out
    again = imported(shell, tmp_path, text, "--json")
    assert again.json["counts"] == {"enrolled": 0, "changed": 0, "known": 1, "repeated": 0, "refused": 0}
    assert shell.termin("participants", "list", "--json").out == before


def test_an_import_as_json_has_every_rows_fate(shell: Shell, tmp_path: Path) -> None:
    said = imported(shell, tmp_path, HEADER + "Anna Testowa,,,,\n,501000001,,,\n", "--json")
    assert (said.status, said.err) == (0, "")
    assert said.json == {
        "dry_run": False,
        "counts": {"enrolled": 1, "changed": 0, "known": 0, "repeated": 0, "refused": 1},
        "rows": [
            {
                "line": 2,
                "fate": "enrolled",
                "full_name": "Anna Testowa",
                "person_id": 1,
                "remarks": ["no phone: reminders become to-dos for staff"],
            },
            {
                "line": 3,
                "fate": "refused",
                "full_name": None,
                "person_id": None,
                "remarks": ["full_name: is missing"],
            },
        ],
    }


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "name,phone\nAnna,501\n",
            "line 1: column 'name' is not known; column 'full_name' is missing. "
            "The columns are: full_name, phone, language, groups, contract_until",
        ),
        ("", "people.csv is empty; its first line must name the columns"),
        (
            HEADER + ",,,,x\n",
            "people.csv: no row can be used; mend the rows named above and import the file again",
        ),
    ],
)
def test_a_file_of_which_nothing_can_be_used_ends_with_1_and_one_line(
    shell: Shell, tmp_path: Path, text: str, line: str
) -> None:
    said = imported(shell, tmp_path, text)
    assert (said.status, said.err.count("\n")) == (1, 1)
    assert said.err == line + "\n"


def test_a_file_that_is_not_there_ends_with_1_and_one_line(shell: Shell, tmp_path: Path) -> None:
    said = shell.termin("participants", "import", tmp_path / "none.csv")
    assert (said.status, said.err) == (1, f"{tmp_path}/none.csv: No such file or directory\n")


def test_numbers_imported_while_sms_is_on_stand_under_the_sender(
    shell: Shell, tmp_path: Path, database: Database
) -> None:
    imported(shell, tmp_path, HEADER + "Anna Testowa,501000001,,,\n")
    shell.settings |= {
        "TERMIN_TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TERMIN_TWILIO_AUTH_TOKEN": "token",
        "TERMIN_TWILIO_SENDER": "+48732000000",
        "TERMIN_PUBLIC_URL": "https://termin.example.org",
    }
    imported(shell, tmp_path, HEADER + "Anna Testowa,501000001,,,\nOla Testowa,501000002,,,\n")
    now = datetime.now(UTC)
    for person_id in (1, 2):
        (where,) = database.run(lambda tx, one=person_id: addresses_of(tx, one), now)
        assert where.account == "+48732000000"
    assert database.run(lambda tx: adopt_numbers(tx, "+48732000000"), now) == 0


def test_the_list_shows_who_is_reached_how(shell: Shell, tmp_path: Path, database: Database) -> None:
    imported(shell, tmp_path, HEADER + "Anna Testowa,501000001,uk,Grupa A,2026-12-31\nAnna Testowa,,,,\n")
    database.run(lambda tx: link(tx, 1, "telegram", "123", "77"), datetime.now(UTC))
    first, second = shell.termin("participants", "list", "--json").json
    assert first == {
        "id": 1,
        "full_name": "Anna Testowa",
        "phone": "+48501000001",
        "language": "uk",
        "groups": ["Grupa A"],
        "contract_until": "2026-12-31",
        "ended_at": None,
        "may_be_id": None,
        "addresses": [
            {"channel": "sms", "state": "active", "announcements": True},
            {"channel": "telegram", "state": "active", "announcements": True},
        ],
    }
    assert (second["phone"], second["may_be_id"], second["addresses"]) == (None, 1, [])
    assert shell.termin("participants", "list").out.splitlines() == [
        "number  name          phone         language  groups   contract until  reached by     remark",
        "1       Anna Testowa  +48501000001  uk        Grupa A  2026-12-31      sms, telegram",
        "2       Anna Testowa                pl                                                may be 1",
    ]


def test_a_code_links_a_chat_and_says_until_when_it_is_good(
    shell: Shell, tmp_path: Path, database: Database
) -> None:
    imported(shell, tmp_path, HEADER + "Anna Testowa,501000001,,,\n")
    said = shell.termin("participants", "code", 1, "--json").json
    now = datetime.now(UTC)
    good_for = datetime.fromisoformat(said["expires_at"]) - now
    assert abs(good_for - timedelta(days=7)) < timedelta(minutes=5)
    chat = database.run(lambda tx: link(tx, 1, "telegram", "123", "78"), now)
    assert database.run(lambda tx: link_by_code(tx, said["code"], chat), now).id == said["person_id"] == 1
    assert shell.termin("participants", "code", 1).out[4] == "-"


def test_a_code_for_nobody_is_refused_in_one_line(shell: Shell) -> None:
    said = shell.termin("participants", "code", 9)
    assert (said.status, said.out) == (1, "")
    assert said.err == "there is nobody with the number 9; 'termin participants list' shows who is\n"
