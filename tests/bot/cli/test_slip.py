from pathlib import Path

import pytest

from storage.database import Database
from tests.bot.cli.shell import Shell
from tests.bot.cli.test_one_participant import a_visit

HEADER = "full_name,phone,language,groups,contract_until\n"


@pytest.fixture
def shell(database_url: str, tmp_path: Path) -> Shell:
    shell = Shell(database_url)
    file = tmp_path / "people.csv"
    file.write_text(HEADER + "Marek Bez Telefonu,,uk,,\n", encoding="utf-8")
    shell.termin("participants", "import", file)
    return shell


def test_a_slip_is_printed_in_the_persons_language(shell: Shell, database: Database, tmp_path: Path) -> None:
    a_visit(database)
    said = shell.termin("slip", 1)
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith('<!doctype html>\n<html lang="uk">')
    assert "Marek" not in said.out

    assert shell.termin("slip", 1, "--out", tmp_path / "slip.html").out == ""
    assert (tmp_path / "slip.html").read_text("utf-8") == said.out


def test_without_a_visit_there_is_nothing_to_print(shell: Shell) -> None:
    said = shell.termin("slip", 1)
    assert (said.status, said.out) == (1, "")
    assert said.err == "Marek Bez Telefonu (number 1) has no visit to come; there is nothing to print\n"
    assert "there is nobody with the number 9" in shell.termin("slip", 9).err
