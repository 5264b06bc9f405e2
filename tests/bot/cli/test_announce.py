"""`termin announce`: what is shown before anything goes, and what can be done with what goes."""

from datetime import UTC, datetime
from typing import Any

import pytest

from storage.database import Database
from tests.bot.cli.shell import Shell
from tests.builders import Club, the_centre


@pytest.fixture
def club(database: Database) -> Club:
    club = Club(database, the_centre(), datetime.now(UTC))
    club.person("Jan Testowy", "+48501000001", groups=("Grupa Jutro",))
    club.person("Ewa Testowa", "+48501000001")
    club.person("Olena Próbna", "+48501000002", language="uk")
    club.person("Bez Telefonu", None)
    return club


@pytest.fixture
def shell(database_url: str) -> Shell:
    return Shell(database_url)


def announced(club: Club) -> list[Any]:
    return [row for row in club.messages() if row.announcement_id is not None]


def test_a_dry_run_shows_everything_and_writes_nothing(club: Club, shell: Shell) -> None:
    text = "Jutro psycholog nie przyjdzie, zapraszamy później: www.mops.pl"
    said = shell.termin("announce", text, "--to", "all", "--dry-run")
    assert said.status == 0
    for expected in (
        "4 people; SMS parts: 2, 0.70 zł.",
        "nothing reaches them",
        "Klub: Jutro psycholog nie przyjdzie, zapraszamy pozniej: www.mops.pl",
        "Klub: (po polsku) Jutro",
        "'psycholog' may tell others",
        "'www.mops.pl' is a link",
        "1 people chose another language",
        "A dry run: nothing was written.",
    ):
        assert expected in said.out
    assert announced(club) == []
    assert shell.termin("announce", "list", "--json").json == []


def test_with_yes_it_is_queued_and_can_be_followed_and_ended(club: Club, shell: Shell) -> None:
    said = shell.termin("announce", "W piątek Klub jest zamknięty.", "--to", "all", "--yes")
    assert (said.status, said.err) == (0, "")
    assert "termin announce undo 1" in said.out
    assert len(announced(club)) == 3
    assert shell.termin("announce", "list", "--json").json[0]["status"] == "running"
    shown = shell.termin("announce", "show", "1", "--json").json
    assert (shown["people"], sum(one["left"] for one in shown["channels"])) == (4, 3)
    for verb in ("pause", "go-on", "undo"):
        assert shell.termin("announce", verb, "1").status == 0
    assert {row.status for row in announced(club)} == {"withdrawn"}
    stopped = shell.termin("announce", "stop", "1")
    assert (stopped.status, stopped.err) == (1, "announcement number 1 is undone\n")


def test_a_group_an_unknown_one_and_no_audience(club: Club, shell: Shell) -> None:
    assert shell.termin("announce", "Zebranie.", "--to", "Grupa Jutro", "--yes").status == 0
    assert len(announced(club)) == 1
    unknown = shell.termin("announce", "Zebranie.", "--to", "Grupa Wczoraj", "--yes")
    assert unknown.status == 1
    assert len(unknown.err.splitlines()) == 1
    assert shell.termin("announce", "Zebranie.").status == 2
    assert shell.termin("announce", "--to", "all").status == 2
    assert shell.termin("announce", " ", "--to", "all", "--yes").status == 1
    assert shell.termin("announce", "show", "99").status == 1


def test_unless_it_is_said_yes_nothing_is_sent(club: Club, shell: Shell) -> None:
    said = shell.termin("announce", "--to", "all", "Zebranie.")
    assert said.status == 1
    assert announced(club) == []


def test_a_second_person_is_asked_for_above_the_clubs_number(
    club: Club, tmp_path: Any, database_url: str
) -> None:
    from tests.builders import REAL_CENTRE  # noqa: PLC0415

    file = tmp_path / "centre.toml"
    file.write_text(
        REAL_CENTRE.read_text("utf-8").replace("second_person_above = 2000", "second_person_above = 2")
    )
    shell = Shell(database_url, {"TERMIN_CENTRE": str(file)})
    shell.termin("staff", "add", "Wanda Pisząca", "--role", "coordinator")
    shell.termin("staff", "add", "Adam Drugi", "--role", "administrator")
    said = shell.termin("announce", "Zebranie.", "--to", "all", "--yes", "--by", "Wanda Pisząca")
    assert "Not sent yet" in said.out
    assert announced(club) == []
    assert shell.termin("announce", "confirm", "1", "--by", "Wanda Pisząca").status == 1
    assert shell.termin("announce", "confirm", "1", "--by", "Adam Drugi").status == 0
    assert len(announced(club)) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        ("--closed-to", "2027-01-04"),
        ("--closed-from", "2027-01-05", "--closed-to", "2027-01-04"),
        ("--closed-from", "2027-01-04T12:00", "--closed-to", "2027-01-05"),
        ("--visit-from", "2027-01-04"),
        ("--visit-from", "2027-01-05", "--visit-to", "2027-01-04"),
        ("--channel", "pigeon"),
    ],
)
def test_what_makes_no_sense_is_misuse(club: Club, shell: Shell, wrong: tuple[str, ...]) -> None:
    assert shell.termin("announce", "Zebranie.", "--to", "all", "--yes", *wrong).status == 2
    assert announced(club) == []


def test_a_closure_waits_for_the_time_to_undo_and_then_closes_the_club(club: Club, shell: Shell) -> None:
    said = shell.termin(
        "announce", "Awaria wody.", "--to", "all", "--yes", "--closed-from", "2027-01-04T12:00"
    )
    assert said.status == 0
    assert announced(club) == []
    known = shell.termin("announce", "list", "--json").json[0]
    assert (known["status"], known["purpose"]) == ("confirmed", "urgent")
