from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scheduler import booking
from scheduler.asking import prompt
from scheduler.free_times import Search, free_times
from scheduler.policies import Record, set_policy
from scheduler.policy_change import touched
from storage.database import Database
from tests.bot.cli.shell import Shell
from tests.builders import MONDAY, Club, a_centre, the_centre, warsaw

TUESDAY = MONDAY + timedelta(days=1)
BEFORE = warsaw(MONDAY, "06:00")


def a_club(database: Database) -> Club:
    return Club(database, a_centre(), BEFORE)


def book(club: Club, hour: str, name: str, phone: str) -> int:
    person_id = club.person(name, phone)
    at = warsaw(TUESDAY, hour)
    pola = club.specialist("pola")
    visit = club.do(
        lambda tx: booking.book(
            tx, club.centre, person_id=person_id, service="psycholog", starts_at=at, specialist_id=pola
        )
    )
    return int(visit.id)


def what(club: Club, rule: str, value: Any, since: datetime = BEFORE) -> list[tuple[int | None, int | None]]:
    found = club.do(lambda tx: touched(tx, club.centre, Record(rule, value, since)))
    return [(one.visit_id, one.count) for one in found]


def test_a_longer_buffer_lists_the_visits_that_would_be_too_close(database: Database) -> None:
    club = a_club(database)
    book(club, "10:00", "Jan Pierwszy", "+48501000001")
    second = book(club, "11:00", "Ola Druga", "+48501000002")
    book(club, "14:00", "Ela Trzecia", "+48501000003")

    assert what(club, "buffer_minutes", 15) == [(second, None)]
    assert what(club, "buffer_minutes", 10) == []
    assert what(club, "buffer_minutes", 15, warsaw(TUESDAY, "10:30")) == []


def test_a_mask_duty_switched_on_lists_the_visits_about_which_nothing_more_goes_out(
    database: Database,
) -> None:
    club = a_club(database)
    tomorrow = book(club, "10:00", "Jan Pierwszy", "+48501000001")
    club.do(lambda tx: set_policy(tx, Record("masks", False, BEFORE)))

    later = club.do(lambda tx: touched(tx, club.centre, Record("masks", True, BEFORE)))
    club.now = warsaw(TUESDAY, "06:00")

    assert [one.visit_id for one in later] == []
    assert what(club, "masks", True, club.now) == [(tomorrow, None)]


def test_switching_the_self_check_off_counts_the_prompts_that_wait(database: Database) -> None:
    club = a_club(database)
    book(club, "10:00", "Jan Pierwszy", "+48501000001")
    club.do(lambda tx: prompt(tx, club.centre), warsaw(MONDAY, "07:30"))

    assert what(club, "self_check", "off") == [(None, 1)]
    assert what(club, "self_check", "visits") == []


def test_a_channel_taken_away_counts_whom_nothing_reaches_any_more(database: Database) -> None:
    club = a_club(database)
    club.person()

    assert what(club, "self_check_channels", ["telegram"]) == [(None, 1)]


def test_a_smaller_group_lists_the_groups_that_are_too_large(database: Database) -> None:
    club = a_club(database)
    for number in range(3):
        club.person(f"Osoba{number} Testowa", f"+4850100000{number}", groups=("Warsztaty",))

    assert what(club, "group_limit", 2) == [(None, 3)]
    assert what(club, "group_limit", 3) == []


@pytest.fixture
def shell(database: Database, database_url: str) -> Shell:
    club = Club(database, the_centre(), datetime.now(UTC))
    club.person()
    return Shell(database_url)


def test_a_rule_is_set_with_yes_and_is_then_in_the_list(shell: Shell) -> None:
    done = shell.termin("policy", "set", "buffer_minutes", "25", "--from", "2026-01-01", "--yes")
    said = shell.termin("policy", "list", "--json").json

    assert done.status == 0, done.err
    assert "It touches nothing" in done.out
    assert said["now"]["buffer_minutes"] == 25
    assert [(one["rule"], one["value"], one["until"]) for one in said["records"]] == [
        ("buffer_minutes", 25, None)
    ]
    assert said["records"][0]["since"] == "2025-12-31T23:00:00Z"


def test_what_it_touches_is_listed_and_without_a_yes_nothing_is_changed(
    shell: Shell, database: Database
) -> None:
    club = Club(database, the_centre(), datetime.now(UTC))
    search = Search("psychologist")
    found = club.do(lambda tx: free_times(tx, club.centre, search, limit=1))[0]
    person_id = club.person("Ola Druga", "+48501000002")
    club.do(
        lambda tx: booking.book(
            tx, club.centre, person_id=person_id, service="psychologist", starts_at=found.starts_at
        )
    )
    shell.termin("policy", "set", "masks", "off", "--yes")
    said = shell.termin("policy", "set", "masks", "on")  # standard input is at its end

    assert "covered" in said.out or "touches nothing" in said.out
    assert shell.termin("policy", "list", "--json").json["now"]["masks"] is False


def test_a_wrong_rule_or_value_is_one_line_and_status_1(shell: Shell) -> None:
    for words in (("bufer", "1"), ("masks", "perhaps")):
        said = shell.termin("policy", "set", *words, "--yes")
        assert said.status == 1
        assert said.err.count("\n") == 1


def test_an_end_before_the_beginning_is_refused(shell: Shell) -> None:
    said = shell.termin("policy", "set", "masks", "on", "--from", "2026-10-14", "--to", "2026-10-13", "--yes")

    assert said.status == 1
    assert "before it begins" in said.err


def test_the_list_is_a_table_for_people(shell: Shell) -> None:
    shell.termin(
        "policy",
        "set",
        "self_check_channels",
        "telegram",
        "--from",
        "2026-01-01T12:00",
        "--to",
        "2026-12-31",
        "--yes",
    )
    said = shell.termin("policy", "list")

    assert said.status == 0
    assert "until revoked" not in said.out
    assert "2026-01-01 12:00" in said.out
    assert "2027-01-01 00:00" in said.out


def test_doctor_says_what_a_month_of_prompts_costs(shell: Shell) -> None:
    findings = {one["name"]: one["text"] for one in shell.termin("doctor", "--json").json}

    assert findings["self-check"].startswith("1 people by SMS on ")
    assert " zł at 0.35 zł a part" in findings["self-check"]
