import pytest

from tests.bot.cli.shell import Shell


def test_somebody_is_put_on_the_staff_once(database_url: str) -> None:
    shell = Shell(database_url)
    words = ("staff", "add", "Ewa Nowa", "--role", "coordinator", "--phone", "501 000 009")
    assert shell.termin(*words).out == "Ewa Nowa is on the staff as coordinator, number 1.\n"
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
