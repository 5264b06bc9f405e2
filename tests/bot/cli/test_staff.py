import pytest

from storage.database import Database
from tests.bot.cli.shell import Shell
from tests.builders import Club


def test_somebody_is_put_on_the_staff_once(database_url: str) -> None:
    shell = Shell(database_url)
    words = ("staff", "add", "Ewa Nowa", "--role", "coordinator", "--phone", "501 000 009")
    told = shell.termin(*words).out.splitlines()
    assert told[:2] == ["Ewa Nowa is on the staff as coordinator, number 1.", "Log-in: ewa.nowa"]
    assert told[2].startswith("One-time password: ")
    again = shell.termin(*words)
    assert (again.status, again.out) == (1, "")
    assert again.err == "Ewa Nowa is on the staff already, as coordinator (number 1)\n"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            ("Ewa Nowa", "--role", "reception", "--phone", "77 483 77 23 wew. 103"),
            "'77 483 77 23 wew. 103' has an extension, which takes no SMS; give a mobile number or none",
        ),
        (
            ("123", "--role", "reception"),
            "'123' is no name; give the first name and the surname in quotation marks",
        ),
    ],
)
def test_what_is_no_name_and_no_mobile_number_is_refused(
    database_url: str, words: tuple[str, ...], line: str
) -> None:
    said = Shell(database_url).termin("staff", "add", *words)
    assert (said.status, said.out, said.err) == (1, "", line + "\n")


def test_a_specialist_of_the_clubs_file_gets_a_log_in_the_same_way(
    database: Database, database_url: str
) -> None:
    pola = Club(database).specialist("pola")
    words = ("staff", "add", "Pola Przykładowa", "--role", "specialist", "--json")
    given = Shell(database_url).termin(*words).json
    assert (given["person_id"], given["login"]) == (pola, "pola.przykladowa")
    assert Shell(database_url).termin(*words).status == 1


def test_staff_are_listed_given_a_new_password_and_taken_off(database_url: str) -> None:
    shell = Shell(database_url)
    first = shell.termin("staff", "add", "Ewa Nowa", "--role", "reception", "--json").json
    assert (first["person_id"], first["login"]) == (1, "ewa.nowa")
    again = shell.termin("staff", "password", "Ewa Nowa", "--json").json
    assert again["one_time_password"] != first["one_time_password"]
    other = shell.termin("staff", "add", "Ewa Nowa", "--role", "administrator", "--json").json
    assert other == {"person_id": 1, "role": "administrator"}  # who has a password keeps it
    (listed,) = shell.termin("staff", "list", "--json").json
    assert (listed["login"], listed["role"], listed["is_new"]) == ("ewa.nowa", "administrator", True)
    assert shell.termin("staff", "list").out.splitlines()[1].split() == [
        *("1", "Ewa", "Nowa", "administrator", "ewa.nowa", "one-time")
    ]
    assert shell.termin("staff", "end", "1").out == "1 is on the staff no more.\n"
    assert shell.termin("staff", "list", "--json").json == []
    assert shell.termin("staff", "password", "Ewa Nowa").status == 1


def test_a_code_links_somebodys_telegram_and_is_only_for_staff(database_url: str) -> None:
    shell = Shell(database_url)
    shell.termin("staff", "add", "Ewa Nowa", "--role", "reception")
    made = shell.termin("staff", "code", "Ewa Nowa", "--json").json
    assert (made["person_id"], len(made["code"])) == (1, 9)
    assert shell.termin("staff", "code", "1").out[9:].startswith("  (good once, until ")
    refused = shell.termin("participants", "code", "1")
    assert (refused.status, refused.err) == (1, "Ewa Nowa is staff; this code is for participants\n")
    assert shell.termin("staff", "code", "Jan Kowal").status == 1
