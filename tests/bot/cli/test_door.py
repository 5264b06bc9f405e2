"""`termin today`, `isolate` and `contacts`: what the door and the sanitary station are given."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from scheduler.contacts import Contact
from scheduler.policies import Record, set_policy
from scheduler.staff import Colleague, Role, add_staff
from scheduler.today import Coming
from storage.database import Database
from storage.tables import appointment, audit, claim, message, service, station
from tests.bot.cli.shell import Shell
from tests.builders import Club, the_centre

TWELVE = datetime(2026, 10, 6, 10, 0, tzinfo=UTC)


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database, the_centre(), TWELVE)


@pytest.fixture
def shell(database_url: str) -> Shell:
    return Shell(database_url)


def a_visit(club: Club, person_id: int, starts_at: datetime, desk: str = "103-1") -> int:
    """Put a visit anywhere in time: the command line's clock is the real one."""

    def work(tx: Any) -> int:
        def number(table: Any, code: str) -> Any:
            return tx.connection.execute(select(table.c.id).where(table.c.code == code)).scalar_one()

        row = {
            "service_id": number(service, "career_adviser"),
            "participant_id": person_id,
            "specialist_id": specialist,
            "station_id": number(station, desk),
            "mode": "in_person",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=50),
            "booked_at": starts_at,
        }
        made = insert(appointment).values(row).returning(appointment.c.id)
        visit_id = int(tx.connection.execute(made).scalar_one())
        times = [
            {"station_id": number(station, desk), "ends_at": starts_at + timedelta(hours=1)},
            {"person_id": specialist, "ends_at": row["ends_at"]},
            {"person_id": person_id, "ends_at": row["ends_at"]},
        ]
        for time in times:
            tx.connection.execute(insert(claim).values(appointment_id=visit_id, starts_at=starts_at, **time))
        return visit_id

    specialist = club.specialist({"103-1": "maria", "103-2": "jan"}[desk])
    return int(club.do(work))


def in_help(shell: Shell, *words: str) -> str:
    return " ".join(shell.termin(*words, "--help").out.replace("│", " ").split())


def test_the_day_is_for_people_in_polish_with_the_mask_rule_while_it_holds(club: Club, shell: Shell) -> None:
    a_visit(club, club.person("Anna Testowa"), TWELVE)
    club.do(lambda tx: set_policy(tx, Record("masks", True, TWELVE - timedelta(days=1))))
    said = shell.termin("today", "--day", "2026-10-06")
    assert (said.status, said.err) == (0, "")
    header, row, *rest = said.out.splitlines()
    assert header.split()[:4] == ["numer", "miejsce", "godzina", "kto"]
    assert row.startswith("1      pokój 103  12:00-12:50  Anna Testowa")
    assert "zapisane" in row
    assert "Żadne zaświadczenie nie jest potrzebne." in "".join(rest)
    club.do(lambda tx: set_policy(tx, Record("masks", False, TWELVE - timedelta(days=1))))
    assert len(shell.termin("today", "--day", "2026-10-06").out.splitlines()) == 2


def test_the_day_as_json_has_what_its_help_says(club: Club, shell: Shell) -> None:
    a_visit(club, club.person("Anna Testowa"), TWELVE)
    (row,) = shell.termin("today", "--day", "2026-10-06", "--json").json
    named = [field.name for field in fields(Coming)]
    assert list(row) == named
    assert "{" + ", ".join(named) + "}" in in_help(shell, "today")
    assert (row["room"], row["self_check"], row["confirmed"]) == ("103", "not_asked", False)
    assert shell.termin("today", "--day", "2026-10-07", "--json").json == []


def test_without_a_day_it_is_the_real_one(club: Club, shell: Shell) -> None:
    now = datetime.now(UTC)
    a_visit(club, club.person("Anna Testowa"), now)
    days = {row["starts_at"][:16] for row in shell.termin("today", "--json").json}
    assert days <= {now.isoformat()[:16]}


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("arrived", "arrived"),
        ("attended", "attended"),
        ("missed", "missed"),
        ("refused", "refused_no_mask"),
    ],
)
def test_the_door_says_what_became_of_a_visit(club: Club, shell: Shell, word: str, status: str) -> None:
    visit = a_visit(club, club.person("Anna Testowa"), TWELVE)
    said = shell.termin("today", word, visit)
    assert (said.status, said.out, said.err) == (0, "", "")
    (row,) = shell.termin("today", "--day", "2026-10-06", "--json").json
    assert row["status"] == status
    assert shell.termin("today", "undo", visit).status == 0
    (row,) = shell.termin("today", "--day", "2026-10-06", "--json").json
    assert row["status"] == "booked"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("arrived", 9), "there is no visit number 9; 'termin today' lists them"),
        (
            ("missed", 1, "--by", "Jan Nieistniejący"),
            "'Jan Nieistniejący' may say so of their own visits only",
        ),
        (("missed", 1, "--by", "Anna Testowa"), "nobody on the staff is called 'Anna Testowa'"),
        (
            ("undo", 1),
            "nothing was said of it at the door that could be taken back: the visit is booked",
        ),
    ],
)
def test_what_the_door_can_not_say_is_refused_in_one_line(
    club: Club, shell: Shell, words: tuple[object, ...], line: str
) -> None:
    a_visit(club, club.person("Anna Testowa"), TWELVE)
    said = shell.termin("today", *words)
    assert (said.status, said.out, said.err) == (1, "", line + "\n")


def test_what_is_settled_is_not_said_otherwise(club: Club, shell: Shell) -> None:
    visit = a_visit(club, club.person("Anna Testowa"), TWELVE)
    shell.termin("today", "attended", visit)
    said = shell.termin("today", "missed", visit)
    assert (said.status, said.err.count("\n")) == (1, 1)
    assert said.err.startswith("a visit that is attended can't be missed now")


def test_isolate_prints_the_card_and_calls_whoever_is_on_duty(
    club: Club, shell: Shell, database: Database
) -> None:
    said = shell.termin("isolate")
    assert said.out.splitlines()[-1] == "Nikt z dyżurnych nie ma telefonu: prosimy zawołać."
    club.do(lambda tx: add_staff(tx, Colleague("Ewa Nowa", Role.COORDINATOR, "+48501000009"), "sms"))
    said = shell.termin("isolate", "--room", "103")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("1) Oddzielić osobę od innych")
    assert said.out.splitlines()[-1] == "Wiadomość do dyżurnych: 1."
    asked = select(message.c.text, message.c.params)
    assert database.run(lambda tx: tx.connection.execute(asked).all(), TWELVE) == [
        ("staff_come_room", {"room": "103"})
    ]


def test_contacts_are_a_table_for_people_and_json_for_programs(club: Club, shell: Shell) -> None:
    anna, ola = club.person("Anna Testowa"), club.person("Ola Testowa", "+48501000002")
    at = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=1)
    a_visit(club, anna, at)
    a_visit(club, ola, at, "103-2")
    rows = shell.termin("contacts", anna, "--days", 14, "--purpose", "PSSE 12/2026", "--json").json
    assert {row["person"] for row in rows} == {"Maria Wymyślona", "Ola Testowa", "Jan Nieistniejący"}
    named = [field.name for field in fields(Contact)]
    assert list(rows[0]) == named
    assert "{" + ", ".join(named) + "}" in in_help(shell, "contacts")
    header, *lines = shell.termin("contacts", anna).out.splitlines()
    assert header.split()[:3] == ["numer", "kto", "telefon"]
    (ola_s,) = (line for line in lines if "Ola Testowa" in line)
    assert "+48501000002" in ola_s


def test_every_look_is_in_the_log_with_who_and_what_for(club: Club, shell: Shell) -> None:
    anna = club.person("Anna Testowa")
    shell.termin("contacts", anna, "--purpose", "PSSE 12/2026", "--by", "Maria Wymyślona")
    asked = select(audit.c.actor_id, audit.c.details).where(audit.c.action == "contacts")
    line = club.do(lambda tx: tx.connection.execute(asked).one())
    assert line.actor_id == club.specialist("maria")
    assert line.details == {"purpose": "PSSE 12/2026", "days": 14, "people": []}
    refused = shell.termin("contacts", anna, "--purpose", " ")
    assert (refused.status, refused.out, refused.err.count("\n")) == (1, "", 1)
