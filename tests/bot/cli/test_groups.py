"""`termin groups` and `termin sessions`: from a name to shifts that arrive at their hours, and what is refused in a plain word."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.centre import load_centre
from config.settings import FIRST_CLUB
from scheduler.calendar import is_holiday
from storage.database import Database
from tests.bot.cli.shell import Said, Shell
from tests.builders import Club


@pytest.fixture
def club(database: Database) -> Club:
    """The first club, now: the commands go by the clock on the wall."""
    return Club(database, load_centre(FIRST_CLUB), datetime.now(UTC))


@pytest.fixture
def shell(database_url: str) -> Shell:
    return Shell(database_url)


@pytest.fixture
def saturdays(club: Club) -> list[str]:
    """Days on which nobody serves, so that nothing stands in a group's way."""
    today = club.now.date()
    days = [today + timedelta(days=n) for n in range(1, club.centre.rules.horizon_days)]
    return [day.isoformat() for day in days if day.isoweekday() == 6 and not is_holiday(day)]


def a_group(shell: Shell, name: str = "Warsztaty A", **more: str) -> Said:
    series = {"--room": "110", "--leader": "Jan Nieistniejący", "--rule": "FREQ=WEEKLY;BYDAY=SA"}
    said = series | {"--from": "2026-01-03", "--at": "10:00-11:00"} | more
    assert shell.termin("groups", "add", name, "--kind", "workshop").status == 0
    return shell.termin("groups", "set", name, *(word for pair in said.items() for word in pair))


def sessions(shell: Shell) -> Any:
    return shell.termin("sessions", "list", "--json").json


def test_a_group_is_added_its_people_join_and_its_sessions_are_there(
    club: Club, shell: Shell, saturdays: list[str]
) -> None:
    who = club.person("Anna Testowa")
    said = a_group(shell)
    assert (said.status, said.out) == (0, "Group 1: Warsztaty A, 0 member(s).\n")
    assert (
        shell.termin("groups", "join", "warsztaty a", "Anna Testowa").out
        == "Anna Testowa is in the group now.\n"
    )
    assert (
        shell.termin("groups", "join", "warsztaty a", who).out == "Anna Testowa was in the group already.\n"
    )

    (group,) = shell.termin("groups", "list", "--json").json
    assert (group["name"], group["kind"], group["room"], group["members"], group["starts"]) == (
        "Warsztaty A",
        "workshop",
        "110",
        1,
        "10:00:00",
    )
    first = sessions(shell)[0]
    assert (first["group"], first["shift"], first["status"], first["members"], first["expected"]) == (
        "Warsztaty A",
        1,
        "planned",
        1,
        1,
    )
    assert first["starts_at"].startswith(saturdays[0])
    table = shell.termin("sessions", "list", "--group", "Warsztaty A").out
    assert (
        f"{saturdays[0]}  10:00-11:00  Warsztaty A  1      110   Jan Nieistniejący  planned  1 of 1" in table
    )
    assert "Anna Testowa is no longer" in shell.termin("groups", "leave", "Warsztaty A", who).out
    assert sessions(shell)[0]["expected"] == 0


def test_a_session_is_moved_and_called_off(club: Club, shell: Shell, saturdays: list[str]) -> None:
    a_group(shell)
    first = sessions(shell)[0]
    moved = shell.termin("sessions", "move", first["id"], f"{saturdays[0]}T12:30")
    assert moved.out == f"Session {first['id']} of the group Warsztaty A, {saturdays[0]} 12:30: planned.\n"
    assert shell.termin("sessions", "call-off", first["id"], "--json").json["status"] == "called_off"
    again = shell.termin("sessions", "call-off", first["id"])
    assert (again.status, again.err) == (1, f"session {first['id']} was called off already\n")
    assert shell.termin("sessions", "move", first["id"], saturdays[0]).status == 2
    assert shell.termin("sessions", "call-off", 999).err.startswith("there is no session number 999")


def test_a_split_is_shown_first_and_made_when_it_is_confirmed(
    club: Club, shell: Shell, saturdays: list[str], tmp_path: Path
) -> None:
    for n in range(13):
        club.person(f"Osoba Numer{n}", f"+48501{n:06}")
    a_group(shell)
    file = tmp_path / "members.csv"
    file.write_text(
        "group,full_name\n" + "".join(f"Warsztaty A,Osoba Numer{n}\n" for n in range(13)), "utf-8"
    )
    assert {row["fate"] for row in shell.termin("groups", "import", file, "--json").json} == {"joined"}
    assert "13" in shell.termin("groups", "import", file).out

    shown = shell.termin("groups", "split", "Warsztaty A")
    assert shown.out.startswith("At most 10 at once: 2 shift(s).\nShift 1, 7 people; arrives " + saturdays[0])
    assert shown.out.endswith("Nothing has been changed. To confirm it, add --yes.\n")
    split = shell.termin("groups", "split", "Warsztaty A", "--yes", "--json").json
    assert [len(one["people"]) for one in split["shifts"]] in ([6, 7], [7, 6])
    assert split["confirmed"]
    assert shell.termin("groups", "split", "Warsztaty A", "--json").json["confirmed"]
    planned = [one for one in sessions(shell) if one["status"] == "planned"]
    assert {one["expected"] for one in planned} == {6, 7}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"--room": "999"}, "the club's file has no room 999"),
        ({"--rule": "FREQ=HOURLY"}, "the rule needs FREQ"),
        ({"--leader": "Nikt Taki"}, "Nikt Taki"),
    ],
)
def test_what_a_group_can_not_be_is_refused_in_one_line(
    club: Club, shell: Shell, more: dict[str, str], why: str
) -> None:
    said = a_group(shell, **more)
    assert said.status == 1
    assert why in said.err
    assert said.err.count("\n") == 1
    assert shell.termin("groups", "list", "--json").json[0]["room"] is None


def test_two_groups_on_one_day_need_a_word_of_staff(club: Club, shell: Shell, saturdays: list[str]) -> None:
    club.person("Anna Testowa")
    a_group(shell)
    a_group(shell, "Wsparcie", **{"--at": "13:00-14:00"})
    shell.termin("groups", "join", "Warsztaty A", "Anna Testowa")
    said = shell.termin("groups", "join", "Wsparcie", "Anna Testowa")
    assert said.status == 1
    assert said.err.endswith("--although-two lets that be\n")
    assert shell.termin("groups", "join", "Wsparcie", "Anna Testowa", "--although-two").status == 0


def test_what_is_not_known_is_said(club: Club, shell: Shell, tmp_path: Path) -> None:
    a_group(shell)
    club.person("Anna Testowa")
    assert "there is no group 'Nic'" in shell.termin("groups", "leave", "Nic", "Anna Testowa").err
    assert "no participant is called 'Nikt'" in shell.termin("groups", "join", "Warsztaty A", "Nikt").err
    assert shell.termin("groups", "set", "Warsztaty A", "--at", "noon").status == 2
    assert (
        shell.termin("groups", "set", "Warsztaty A", "--at", "11:00-12:00", "--json").json["starts"]
        == "11:00:00"
    )
    file = tmp_path / "members.csv"
    file.write_text("group,full_name\nWarsztaty A,Nikt Taki\n", "utf-8")
    said = shell.termin("groups", "import", file)
    assert (said.status, "no row can be used" in said.err) == (1, True)


def test_a_closure_lists_the_sessions_that_it_touches_and_calls_them_off(
    club: Club, shell: Shell, saturdays: list[str]
) -> None:
    a_group(shell)
    words = ("closures", "add", "--from", saturdays[0], "--to", saturdays[0], "--reason", "remont")
    listed = shell.termin(*words)
    assert f"{saturdays[0]}  10:00-11:00  group Warsztaty A" in listed.out
    assert sessions(shell)[0]["status"] == "planned"
    (row,) = shell.termin(*words, "--how", "give-back", "--json").json
    assert (row["group"], row["became"]) == ("Warsztaty A", "called_off")
    assert sessions(shell)[0]["status"] == "called_off"
