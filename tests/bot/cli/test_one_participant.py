from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from scheduler.people import addresses_of, link, person
from storage.database import Database
from storage.tables import appointment, service
from storage.tables import person as people
from tests.bot.cli.shell import Shell

HEADER = "full_name,phone,language,groups,contract_until\n"
NOW = datetime.now(UTC)


@pytest.fixture
def shell(database_url: str, tmp_path: Path) -> Shell:
    """A club with one participant, number 1."""
    shell = Shell(database_url)
    file = tmp_path / "people.csv"
    file.write_text(HEADER + "Anna Testowa,501000001,,Grupa A,\n", encoding="utf-8")
    shell.termin("participants", "import", file)
    return shell


def a_visit(database: Database) -> int:
    """Tomorrow, with somebody, by phone."""

    def write(tx: object) -> int:
        connection = tx.connection  # type: ignore[attr-defined]
        of = connection.execute(
            insert(service).values(code="psychologist").returning(service.c.id)
        ).scalar_one()
        staff = {"kind": "staff", "full_name": "Pola P", "name_key": "pola p", "enrolled_at": NOW}
        whose = connection.execute(insert(people).values(staff).returning(people.c.id)).scalar_one()
        row = {
            "service_id": of,
            "participant_id": 1,
            "specialist_id": whose,
            "mode": "phone",
            "starts_at": NOW + timedelta(days=1),
            "ends_at": NOW + timedelta(days=1, hours=1),
            "booked_at": NOW,
        }
        return int(
            connection.execute(insert(appointment).values(row).returning(appointment.c.id)).scalar_one()
        )

    return database.run(write, NOW)


def test_a_word_is_set_and_cleared(shell: Shell, database: Database) -> None:
    assert (
        shell.termin("participants", "word", 1, "--set", "4071").out
        == "Anna Testowa (number 1): the word is set\n"
    )
    assert database.run(lambda tx: person(tx, 1).has_word, NOW)
    assert (
        shell.termin("participants", "word", 1, "--clear").out
        == "Anna Testowa (number 1): no word any more\n"
    )
    assert not database.run(lambda tx: person(tx, 1).has_word, NOW)


def test_somebody_asks_to_be_written_to_and_never_phoned(shell: Shell, database: Database) -> None:
    said = shell.termin("participants", "calls", 1, "--never")
    assert said.out == "Anna Testowa (number 1): only written to\n"
    assert database.run(lambda tx: person(tx, 1).writes_only, NOW)
    assert shell.termin("participants", "calls", 1, "--again").status == 0
    assert not database.run(lambda tx: person(tx, 1).writes_only, NOW)
    assert shell.termin("participants", "calls", 1).status == 2
    assert shell.termin("participants", "calls", 99, "--never").status == 1


def test_a_word_is_four_digits_and_one_thing_is_asked_at_a_time(shell: Shell) -> None:
    wrong = shell.termin("participants", "word", 1, "--set", "12")
    assert (wrong.status, wrong.out) == (1, "")
    assert "four digits" in wrong.err
    assert shell.termin("participants", "word", 1).status == 2
    assert shell.termin("participants", "word", 1, "--set", "4071", "--clear").status == 2


def test_a_new_phone_takes_the_chat_away(shell: Shell, database: Database) -> None:
    database.run(lambda tx: link(tx, 1, "telegram", "4711", "700100"), NOW)

    said = shell.termin("participants", "phone", 1, "501 000 002")

    assert said.out.startswith("Anna Testowa (number 1): +48501000002; Telegram has to be linked anew")
    reached = database.run(lambda tx: addresses_of(tx, 1), NOW)
    assert [(one.channel, one.address) for one in reached] == [("sms", "+48501000002")]


@pytest.mark.parametrize(
    ("number", "why"), [("77 483 77 23", "landline"), ("501000001", "already"), ("x", "not a")]
)
def test_a_new_phone_is_refused_with_the_reason(shell: Shell, number: str, why: str) -> None:
    said = shell.termin("participants", "phone", 1, number)
    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)
    assert why in said.err


def test_leaving_is_tried_first_and_then_done(shell: Shell, database: Database) -> None:
    visit = a_visit(database)
    dry = shell.termin("participants", "end", 1, "--dry-run")
    assert dry.out.splitlines()[0] == "Anna Testowa (number 1) leaves. Withdrawn:"
    assert f"  visit {visit}: " in dry.out
    assert dry.out.splitlines()[-1] == "A dry run: nothing was changed."
    assert len(shell.termin("participants", "list", "--json").json) == 1

    done = shell.termin("participants", "end", 1, "--json")
    assert [one["id"] for one in done.json["visits"]] == [visit]
    assert (done.json["messages"], done.json["dry_run"]) == ([1], False)
    assert shell.termin("participants", "list", "--json").json == []
    assert shell.termin("participants", "end", 1).status == 1


def test_an_export_is_a_page_or_json(shell: Shell, database: Database) -> None:
    a_visit(database)
    page = shell.termin("participants", "export", 1)
    assert page.out.startswith("Kopia danych osobowych, ")
    assert "Imię i nazwisko: Anna Testowa\nTelefon: +48501000001\n" in page.out
    about = shell.termin("participants", "export", 1, "--json").json
    assert about["person"]["full_name"] == "Anna Testowa"
    assert about["groups"] == ["Grupa A"]
    assert about["visits"][0]["service"] == "psychologist"
    assert about["messages"][0]["text"] == "welcome"
    assert set(about) >= {
        "addresses",
        "wishes",
        "received",
        "information_shown",
        "declarations",
        "todos",
        "log",
    }


def test_erasing_needs_the_visits_to_end_first(shell: Shell, database: Database) -> None:
    a_visit(database)
    refused = shell.termin("participants", "erase", 1)
    assert (refused.status, refused.err.count("\n")) == (1, 1)
    assert "termin participants end 1" in refused.err
    shell.termin("participants", "end", 1)

    dry = shell.termin("participants", "erase", 1, "--dry-run")
    assert dry.out.splitlines()[-1] == "A dry run: nothing was changed."
    assert shell.termin("participants", "erase", 1, "--json").json["erasure"]["visits"] == 1
    names = database.run(
        lambda tx: tx.connection.execute(select(people.c.full_name).order_by(people.c.id)).scalars().all(),
        NOW,
    )
    assert names == ["erased", "Pola P"]
    again = shell.termin("participants", "erase", 1)
    assert (again.status, again.err.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    "command", [("end",), ("export",), ("erase",), ("phone", "501000002"), ("word", "--clear")]
)
def test_nobody_of_that_number_is_one_line(shell: Shell, command: tuple[str, ...]) -> None:
    said = shell.termin("participants", command[0], 99, *command[1:])
    assert (said.status, said.out) == (1, "")
    assert "there is nobody with the number 99" in said.err
