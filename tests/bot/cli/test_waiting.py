"""What `termin waiting` prints."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from scheduler.waiting import Wish, wait
from storage.database import Database
from storage.tables import offer
from tests.bot.cli.shell import Shell
from tests.builders import Club, the_centre


@pytest.fixture
def shell(database: Database, database_url: str) -> Shell:
    """Commands know no other time than the real one."""
    club = Club(database, the_centre(), datetime.now(UTC))
    far = club.now.date() + timedelta(days=20)
    first, second = club.person("Anna Testowa"), club.person("Jan Testowy", "+48501000002")
    later = club.now + timedelta(seconds=1)
    club.do(
        lambda tx: wait(tx, club.centre, Wish(second, "career_adviser", last_day=far, from_time=time(12))),
        later,
    )
    club.do(lambda tx: wait(tx, club.centre, Wish(first, "psychologist")))
    values = {"waiting_id": 2, "person_id": first, "offered_at": club.now}
    soon = {"starts_at": club.now + timedelta(days=1), "expires_at": club.now + timedelta(hours=1)}
    club.do(lambda tx: tx.connection.execute(offer.insert().values(**values, **soon)))
    return Shell(database_url)


def test_the_list_is_in_the_order_in_which_people_are_asked(shell: Shell) -> None:
    said = shell.termin("waiting")
    assert (said.status, said.err) == (0, "")
    header, first, second = said.out.splitlines()
    assert header.split("  ")[0] == "osoba"
    assert first.startswith("Anna Testowa")
    assert second.startswith("Jan Testowy")
    assert "od 12:00" in second


def test_as_json_it_has_what_its_help_says(shell: Shell) -> None:
    first, second = shell.termin("waiting", "--json").json
    help_ = " ".join(shell.termin("waiting", "--help").out.replace("│", " ").split())
    assert "{" + ", ".join(first) + "}" in help_
    assert (first["person"], first["service"], first["offered_at"] is not None) == (
        "Anna Testowa",
        "psychologist",
        True,
    )
    assert (second["from_time"], second["until_time"], second["offered_at"]) == ("12:00", None, None)
    assert date.fromisoformat(second["last_day"]) > datetime.now(UTC).date()


def test_a_persons_export_has_what_they_wait_for(shell: Shell) -> None:
    listed = shell.termin("waiting", "--json").json
    who = next(row["person_id"] for row in listed if row["person"] == "Jan Testowy")
    (waits,) = shell.termin("participants", "export", who, "--json").json["waiting"]
    assert (waits["service"], waits["from_time"], waits["ended_at"]) == ("career_adviser", "12:00:00", None)
