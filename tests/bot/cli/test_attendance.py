"""`termin sessions attendance`: read by all of the staff, entered by name or number, refused in a plain word."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from config.centre import load_centre
from config.settings import FIRST_CLUB
from scheduler import groups
from storage.database import Database
from storage.tables import session
from tests.bot.cli.shell import Shell
from tests.builders import Club


@pytest.fixture
def club(database: Database) -> Club:
    """The first club, now: a group of two whose first session has just begun."""
    club = Club(database, load_centre(FIRST_CLUB), datetime.now(UTC))
    people = [club.person(f"Osoba {n}", f"+4850100000{n}") for n in (1, 2)]
    values = {
        "room": "110",
        "leader_id": club.specialist("anna"),
        "rule": "FREQ=WEEKLY;BYDAY=SA",
        "first_day": date(2026, 1, 3),
        "starts": time(10),
        "minutes": 60,
    }

    def made(tx: Any) -> None:
        group = groups.add(tx, "Warsztaty", "workshop")
        for one in people:
            groups.join(tx, club.centre, group, one)
        groups.change(tx, club.centre, group, values)
        begun = {"starts_at": club.now - timedelta(minutes=5), "ends_at": club.now + timedelta(minutes=55)}
        tx.connection.execute(update(session).where(session.c.id == 1).values(begun))

    club.do(made)
    return club


def test_what_is_entered_is_listed(club: Club, database_url: str) -> None:
    shell = Shell(database_url)
    said = shell.termin(
        "sessions", "attendance", "1", "--present", "osoba 1", "--excused", "Osoba 2", "--json"
    )

    assert [(row["person"], row["presence"]) for row in said.json] == [
        ("Osoba 1", "present"),
        ("Osoba 2", "excused"),
    ]
    assert "present" in shell.termin("sessions", "attendance", "1").out


def test_a_name_that_is_nobodys_is_refused_in_one_line(club: Club, database_url: str) -> None:
    said = Shell(database_url).termin("sessions", "attendance", "1", "--absent", "Nikt Taki")

    assert said.status == 1
    assert said.err.startswith("'Nikt Taki' is nobody, or more than one, of session 1")


def test_today_and_the_agenda_show_sessions_beside_visits_and_their_json_has_visits_alone(
    club: Club, database_url: str
) -> None:
    shell = Shell(database_url)
    day = club.now.astimezone(club.centre.zone).date().isoformat()
    period = ("--from", day, "--to", day)

    assert "Warsztaty" in shell.termin("today", "--day", day).out
    assert "Warsztaty" in shell.termin("agenda", *period).out
    assert shell.termin("today", "--day", day, "--json").json == []
    assert shell.termin("agenda", *period, "--json").json == []
