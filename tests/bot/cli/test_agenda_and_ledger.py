from datetime import UTC, datetime

import pytest

from config.centre import Centre, load_centre
from config.settings import FIRST_CLUB
from scheduler.agenda import AgendaRow
from scheduler.booking import book
from scheduler.free_times import Search, free_times
from scheduler.ledger import Notice, Purpose, post
from scheduler.visits import Visit
from storage.database import Database
from tests.bot.cli.shell import Shell
from tests.builders import Club

NOW = datetime(2026, 10, 5, 7, 0, tzinfo=UTC)


@pytest.fixture
def centre() -> Centre:
    return load_centre(FIRST_CLUB)


@pytest.fixture
def club(database: Database, centre: Centre) -> Club:
    return Club(database, centre, NOW)


def a_visit(club: Club, person_id: int) -> Visit:
    """The first that can be had in person."""
    service = club.centre.services[0].code

    def work(tx: object) -> Visit:
        times = free_times(tx, club.centre, Search(service), limit=20)  # type: ignore[arg-type]
        first = next(one for one in times if one.station)
        return book(tx, club.centre, person_id=person_id, service=service, starts_at=first.starts_at)  # type: ignore[arg-type]

    return club.do(work)


def test_the_agenda_as_json_has_just_what_the_contract_says(club: Club, database_url: str) -> None:
    visit = a_visit(club, club.person("Anna Testowa"))
    day = visit.starts_at.astimezone(club.centre.zone).date()
    said = Shell(database_url).termin("agenda", "--from", day, "--to", day, "--json")
    assert (said.status, said.err) == (0, "")
    (row,) = said.json
    assert list(row) == list(AgendaRow.__dataclass_fields__)
    assert set(row) == {
        "id", "starts_at", "ends_at", "service", "specialist", "room", "station", "mode", "person_id", "person",
        "status", "late_minutes", "accompanied",
    }  # fmt: skip
    assert visit.station is not None
    assert row["room"] == club.centre.room_of(visit.station).number
    assert (row["person"], row["status"], row["late_minutes"], row["accompanied"]) == (
        "Anna Testowa",
        "booked",
        None,
        False,
    )
    assert row["starts_at"].endswith("Z")
    assert datetime.fromisoformat(row["starts_at"]) == visit.starts_at


def test_the_agenda_for_people_is_in_local_time(club: Club, database_url: str) -> None:
    visit = a_visit(club, club.person("Anna Testowa"))
    local = visit.starts_at.astimezone(club.centre.zone)
    said = Shell(database_url).termin("agenda", "--from", local.date(), "--to", local.date())
    header, row = said.out.splitlines()
    assert header.split() == [
        "day",
        "time",
        "participant",
        "service",
        "specialist",
        "place",
        "status",
        "remark",
    ]
    assert row.startswith(f"{local.date()}  {local:%H:%M}-")
    assert "Anna Testowa" in row


def test_an_empty_day_is_an_empty_list(club: Club, database_url: str) -> None:
    assert (
        Shell(database_url).termin("agenda", "--from", "2026-10-04", "--to", "2026-10-04", "--json").json
        == []
    )


def test_the_ledger_as_json_has_just_what_the_contract_says(club: Club, database_url: str) -> None:
    anna = club.person("Anna Testowa")
    club.do(lambda tx: post(tx, Notice(key="a", purpose=Purpose.REPLY, text="mine_none", person_id=anna)))
    said = Shell(database_url).termin("ledger", "--json")
    assert (said.status, said.err) == (0, "")
    (row,) = said.json
    assert set(row) == {
        "id", "person_id", "purpose", "status", "send_after", "useless_after", "text", "parts", "attempts",
    }  # fmt: skip
    assert (row["person_id"], row["purpose"], row["status"], row["parts"], row["attempts"]) == (
        anna,
        "reply",
        "waiting",
        1,
        [],
    )
    assert row["text"]
    assert row["send_after"] == "2026-10-05T07:00:00Z"


def test_the_ledger_can_be_narrowed(club: Club, database_url: str) -> None:
    anna, ola = club.person("Anna Testowa"), club.person("Ola Testowa", "+48501000002")
    for key, person_id in (("a", anna), ("b", ola)):
        notice = Notice(key=key, purpose=Purpose.REPLY, text="mine_none", person_id=person_id)
        club.do(lambda tx, notice=notice: post(tx, notice))
    shell = Shell(database_url)
    assert [row["person_id"] for row in shell.termin("ledger", "--person", ola, "--json").json] == [ola]
    assert len(shell.termin("ledger", "--since", "2026-10-05T07:00:00Z", "--json").json) == 2
    assert len(shell.termin("ledger", "--since", "2026-10-05T09:00", "--json").json) == 2
    assert shell.termin("ledger", "--since", "2026-10-05T09:01", "--json").json == []
    assert shell.termin("ledger", "--since", "2026-10-06", "--json").json == []


def test_the_ledger_for_people_is_a_table(club: Club, database_url: str) -> None:
    anna = club.person("Anna Testowa")
    club.do(lambda tx: post(tx, Notice(key="a", purpose=Purpose.REPLY, text="mine_none", person_id=anna)))
    header, row = Shell(database_url).termin("ledger").out.splitlines()
    assert header.split()[:5] == ["number", "person", "purpose", "status", "send"]
    assert "2026-10-05 09:00" in row
