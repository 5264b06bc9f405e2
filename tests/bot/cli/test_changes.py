"""The commands by which the club changes its diary: a list first, then one step, then what became of each."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from config.centre import load_centre
from config.settings import FIRST_CLUB
from scheduler.booked import visit as the_visit
from scheduler.booking import book
from scheduler.free_times import Search, free_times
from scheduler.visits import Visit
from storage.database import Database
from storage.tables import absence, address, closure
from tests.bot.cli.shell import Shell
from tests.builders import Club

NOT_YET = "Nothing has been changed. To do it, add --how same-time, another-time, by-phone or give-back.\n"


@pytest.fixture
def club(database: Database) -> Club:
    """The first club, now: the commands go by the clock on the wall."""
    return Club(database, load_centre(FIRST_CLUB), datetime.now(UTC))


@pytest.fixture
def shell(database_url: str) -> Shell:
    return Shell(database_url)


@pytest.fixture
def visit(club: Club) -> Visit:
    """With a psychologist in a room, a few days from now."""
    who = club.person("Jan Testowy")

    def work(tx: Any) -> Visit:
        first = (club.now + timedelta(days=3)).date()
        times = free_times(tx, club.centre, Search("psychologist", first_day=first), limit=20)
        at = next(one for one in times if one.station)
        return book(
            tx,
            club.centre,
            person_id=who,
            service="psychologist",
            starts_at=at.starts_at,
            specialist_id=at.specialist_id,
        )

    return club.do(work)  # type: ignore[no-any-return]


def day_of(club: Club, visit: Visit) -> str:
    return visit.starts_at.astimezone(club.centre.zone).date().isoformat()


def specialist(club: Club, visit: Visit) -> str:
    codes = {club.specialist(one.code): one.full_name for one in club.centre.specialists}
    return codes[visit.specialist_id]


def rows(club: Club, table: Any) -> list[Any]:
    return list(club.do(lambda tx: tx.connection.execute(select(table)).all()))


def test_an_absence_is_listed_first_and_changes_nothing(club: Club, shell: Shell, visit: Visit) -> None:
    day = day_of(club, visit)
    said = shell.termin("staff", "away", specialist(club, visit), "--from", day, "--to", day)
    assert (said.status, said.err) == (0, "")
    assert "Jan Testowy" in said.out
    assert said.out.endswith(NOT_YET)
    assert "to phone" not in said.out
    assert rows(club, absence) == []


def test_the_list_says_who_has_to_be_phoned(club: Club, shell: Shell, visit: Visit) -> None:
    club.do(lambda tx: tx.connection.execute(update(address).values(state="stopped")))
    day = day_of(club, visit)
    said = shell.termin("staff", "away", specialist(club, visit), "--from", day, "--to", day)
    assert said.out.splitlines()[1].endswith("no: to phone")


def test_an_absence_is_settled_in_one_step_and_what_became_of_each_is_listed(
    club: Club, shell: Shell, visit: Visit
) -> None:
    day = day_of(club, visit)
    words = ("staff", "away", specialist(club, visit), "--from", day, "--to", day)
    said = shell.termin(*words, "--how", "another-time", "--json")
    (row,) = said.json
    assert (row["person"], row["became"], row["told"]) == ("Jan Testowy", "called_off", True)
    assert row["offered_at"].endswith("Z")
    assert len(rows(club, absence)) == 1
    assert club.do(lambda tx: the_visit(tx, visit.id)).status == "given_back"
    again = shell.termin(*words, "--how", "give-back")
    assert (again.status, again.out.count("\n")) == (0, 1)


def test_an_absence_can_begin_within_a_day(club: Club, shell: Shell, visit: Visit) -> None:
    day = day_of(club, visit)
    name = specialist(club, visit)
    hit = shell.termin("staff", "away", name, "--from", f"{day}T00:30", "--to", f"{day}T23:00", "--json")
    missed = shell.termin("staff", "away", name, "--from", f"{day}T22:00", "--to", day, "--json")
    assert ([row["id"] for row in hit.json], missed.json) == ([visit.id], [])


@pytest.mark.parametrize(
    "words",
    [
        ("staff", "away", "Anna Przykładowa", "--from", "2030-01-02", "--to", "2030-01-01"),
        ("staff", "away", "Anna Przykładowa", "--from", "jutro", "--to", "2030-01-01"),
        ("closures", "add", "--from", "2030-01-02", "--to", "2030-01-01", "--reason", "remont"),
        ("change", "room", "104", "--instead", "105", "--from", "2030-01-02", "--to", "2030-01-01"),
    ],
)
def test_what_ends_before_it_begins_is_misuse(club: Club, shell: Shell, words: tuple[str, ...]) -> None:
    assert club
    assert shell.termin(*words).status == 2


def test_a_closed_club_a_short_day_and_taking_it_back(club: Club, shell: Shell, visit: Visit) -> None:
    day = day_of(club, visit)
    words = ("closures", "add", "--from", day, "--to", day, "--reason", "remont")
    assert shell.termin(*words).out.endswith(NOT_YET)
    refused = shell.termin(*words, "--how", "same-time")
    assert (refused.status, refused.err) == (
        1,
        "the club is closed then, so no visit can keep its time; offer another time or give back\n",
    )
    assert shell.termin(*words, "--after", "23:00", "--json").json == []
    assert "called off" in shell.termin(*words, "--how", "give-back").out
    (listed,) = shell.termin("closures", "list", "--json").json
    assert (listed["first"], listed["reason"], listed["by_staff"]) == (day, "remont", True)
    assert shell.termin("closures", "remove", listed["id"]).status == 0
    assert rows(club, closure) == []
    assert shell.termin("closures", "remove", listed["id"]).status == 1


def test_a_room_that_can_not_be_used(club: Club, shell: Shell, visit: Visit) -> None:
    day = day_of(club, visit)
    assert visit.station is not None
    room = club.centre.room_of(visit.station).code
    words = ("change", "room", room, "--from", day, "--to", day)
    assert shell.termin(*words, "--instead", "999").err == "the club's file has no room 999\n"
    said = shell.termin(*words, "--instead", "103", "--how", "same-time", "--json")
    (row,) = said.json
    assert (row["room"], row["became"], row["told"]) == ("103", "other_place", True)


def test_who_is_here_again_can_be_booked(club: Club, shell: Shell, visit: Visit) -> None:
    day, name = day_of(club, visit), specialist(club, visit)
    shell.termin("staff", "away", name, "--from", day, "--to", day, "--how", "give-back")
    assert shell.termin("staff", "back", name).err == "no absence is recorded for then\n"
    said = shell.termin("staff", "back", name, "--from", day)
    assert (said.out, rows(club, absence)) == (f"{name} is here again.\n", [])
