"""What `termin todos` prints and changes."""

from dataclasses import fields
from datetime import timedelta

import pytest

from scheduler.staff import Colleague, Role, add_staff
from scheduler.todo_list import Todo
from scheduler.todos import open_todo
from storage.database import Database
from tests.bot.cli.shell import Shell
from tests.builders import NOW, Club, the_centre


@pytest.fixture
def shell(database: Database, database_url: str) -> Shell:
    club = Club(database, the_centre())
    club.do(lambda tx: add_staff(tx, Colleague("Ewa Nowa", Role.COORDINATOR)))
    anna = club.person("Anna Testowa")
    due = NOW + timedelta(hours=2)
    club.do(lambda tx: open_todo(tx, key="a", text="todo_callback", person_id=anna, due_at=due))
    club.do(lambda tx: open_todo(tx, key="b", text="todo_stopped", person_id=anna, urgent=True))
    return Shell(database_url)


def test_the_list_is_for_people_in_polish(shell: Shell) -> None:
    said = shell.termin("todos")
    assert (said.status, said.err) == (0, "")
    header, first, second = said.out.splitlines()
    assert header.split("  ")[0] == "numer"
    assert first.startswith("2")
    assert "PILNE: Wiadomości wyłączone na prośbę: Anna Testowa." in first
    assert second.split("  ")[0].strip() == "1"
    assert "2026-10-05 11:00" in second
    assert second.rstrip().endswith("Ewa Nowa")


def test_as_json_it_has_what_its_help_says(shell: Shell) -> None:
    rows = shell.termin("todos", "--json").json
    assert [row["id"] for row in rows] == [2, 1]
    named = [field.name for field in fields(Todo)]
    assert list(rows[0]) == named
    help_ = " ".join(shell.termin("todos", "--help").out.replace("│", " ").split())
    assert "{" + ", ".join(named) + "}" in help_
    assert (rows[1]["due_at"], rows[1]["assignee"], rows[1]["text"]) == (
        "2026-10-05T09:00:00Z",
        "Ewa Nowa",
        "Prośba o telefon: Anna Testowa. Prosimy zadzwonić.",
    )


def test_one_is_taken_given_and_done(shell: Shell) -> None:
    assert shell.termin("staff", "add", "Adam Drugi", "--role", "reception").status == 0
    assert shell.termin("todos", "take", 1, "--by", "adam drugi").status == 0
    taken = next(row for row in shell.termin("todos", "--json").json if row["id"] == 1)
    assert (taken["assignee"], bool(taken["taken_at"])) == ("Adam Drugi", True)
    assert shell.termin("todos", "give", 1, "--to", "Ewa Nowa").status == 0
    assert shell.termin("todos", "done", 1, "--by", "Ewa Nowa").status == 0
    assert [row["id"] for row in shell.termin("todos", "--json").json] == [2]
    both = shell.termin("todos", "--all", "--json").json
    assert [(row["id"], row["done_by"]) for row in both] == [(2, None), (1, "Ewa Nowa")]
    assert "zrobione 20" in shell.termin("todos", "--all").out


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("done", 9), "there is no to-do number 9; 'termin todos' lists them"),
        (("take", 1, "--by", "Ola Obca"), "nobody on the staff is called 'Ola Obca'"),
    ],
)
def test_what_can_not_be_done_is_refused_in_one_line(
    shell: Shell, words: tuple[object, ...], line: str
) -> None:
    said = shell.termin("todos", *words)
    assert (said.status, said.out, said.err) == (1, "", line + "\n")
