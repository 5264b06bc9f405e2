import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.commands import NOUNS
from tests.bot.cli.shell import Shell

TERMIN = Path(sys.executable).parent / "termin"


def test_the_help_lists_every_noun_and_loads_none() -> None:
    asked = "import sys; from bot.cli import app; app(['--help'], standalone_mode=False); print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert all(f"{noun} " in said for noun in NOUNS)
    assert "sqlalchemy" not in said
    assert "pydantic" not in said.rsplit("\n", 2)[-2].split()


@pytest.mark.parametrize(
    "words",
    [
        ["agendo"],
        ["participants", "burn"],
        ["participants", "code", "Anna"],
        ["staff", "add", "Ewa Nowa", "--role", "king"],
        ["agenda", "--from", "yesterday", "--to", "2026-10-14"],
        ["agenda", "--from", "2026-10-14"],
        ["agenda", "--from", "2026-10-15", "--to", "2026-10-14"],
        ["ledger", "--since", "soon"],
        ["run", "--role", "king"],
    ],
)
def test_misuse_ends_with_2_before_anything_is_opened(words: list[str]) -> None:
    said = Shell("sqlite:////nowhere/at/all.db").termin(*words)
    assert (said.status, said.out) == (2, "")
    assert said.err


def test_a_wrong_setting_is_one_line_that_names_it(tmp_path: Path) -> None:
    shell = Shell(f"sqlite:///{tmp_path}/termin.db", {"TERMIN_TELEGRAM_MODE": "pigeon"})
    said = shell.termin("participants", "list")
    assert (said.status, said.out) == (1, "")
    assert said.err == "TERMIN_TELEGRAM_MODE must be polling or webhook\n"


def test_run_without_a_secret_key_is_one_line_and_a_tool_needs_none(tmp_path: Path) -> None:
    shell = Shell(f"sqlite:///{tmp_path}/termin.db", {"TERMIN_SECRET_KEY": None})
    said = shell.termin("run")
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("TERMIN_SECRET_KEY is not set")
    assert said.err.count("\n") == 1
    assert shell.termin("db", "upgrade").status == 0
    assert shell.termin("participants", "list").status == 0


def test_a_database_that_is_behind_says_how_to_bring_it_there(tmp_path: Path) -> None:
    shell = Shell(f"sqlite:///{tmp_path}/termin.db")
    said = shell.termin("participants", "list")
    assert (said.status, said.out) == (1, "")
    assert said.err.endswith("Run: termin db upgrade\n")
    assert said.err.count("\n") == 1
    assert shell.termin("db", "upgrade").out == "The database has the tables of this version.\n"
    assert shell.termin("db", "upgrade").status == 0
    assert shell.termin("participants", "list").status == 0


def test_a_database_that_can_not_be_opened_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "termin.db").mkdir()
    said = Shell(f"sqlite:///{tmp_path}/termin.db").termin("participants", "list")
    assert (said.status, said.out) == (1, "")
    assert said.err == "the database refuses: unable to open database file\n"


def test_the_command_itself_ends_with_its_status(tmp_path: Path) -> None:
    known = {"TERMIN_DATABASE_URL": f"sqlite:///{tmp_path}/termin.db", "PATH": "/usr/bin:/bin"}
    said = subprocess.run(
        [TERMIN, "agenda", "--from", "2026-10-14", "--to", "2026-10-14", "--json"],
        env=known, capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.endswith("Run: termin db upgrade\n")
