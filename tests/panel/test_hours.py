"""Weekly hours in the panel: new ones, a change that is looked at first, an end, and what a restart leaves."""

from datetime import time
from typing import Any

import pytest
from sqlalchemy import select

from scheduler.booked import visit as the_visit
from scheduler.hours import Hours, hours
from scheduler.plant import plant
from scheduler.staff import Role
from storage.database import Database
from storage.tables import audit
from tests.builders import Club, a_centre
from tests.panel.clerk import at_the_panel, on_sqlite
from tests.panel.test_absences import FRIDAY, booked, now_of

pytestmark = on_sqlite

SATURDAYS: dict[str, Any] = {
    "weekday": 6,
    "starts": "09:00",
    "ends": "12:00",
    "service": "psycholog",
    "where": "a",
    "since": "2026-10-10",
}


@pytest.fixture
def club(database: Database) -> Club:
    """It is Monday morning."""
    return Club(database, a_centre())


def of(club: Club, weekday: int, code: str = "pola") -> list[Hours]:
    whose = club.specialist(code)
    found = club.do(hours)
    return [one for one in found if (one.weekly.specialist_id, one.weekly.weekday) == (whose, weekday)]


async def test_new_hours_are_entered_survive_a_restart_and_are_taken_back(club: Club) -> None:
    pola = club.specialist("pola")

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/hours")).form("/panel/hours/add")
        done = await clerk.send(form, specialist=pola, **SATURDAYS)
        club.do(lambda tx: plant(tx, club.centre))
        (row,) = of(club, 6)
        form = (await clerk.see("/panel/hours")).form("/panel/hours/add")
        twice = await clerk.send(form, specialist=pola, **SATURDAYS)
        undone = await clerk.send(done.form(f"/panel/hours/{row.id}/remove"))
        file_row = await clerk.post(
            f"/panel/hours/{of(club, 5)[0].id}/remove", dict(form.fields) | {"once": ""}
        )

    assert (row.by_staff, row.weekly.starts, row.weekly.station) == (True, time(9), "a")
    assert "od 10.10.2026" in done.html
    assert "z pliku Klubu" in done.html
    assert (twice.status, "ta osoba przyjmuje już gdzie indziej" in twice.html) == (422, True)
    assert ("Godziny usunięte." in undone.html, of(club, 6)) == (True, [])
    assert file_row.status == 409
    rows = club.do(lambda tx: tx.connection.execute(select(audit.c.action, audit.c.actor_id)).all())
    assert {row.actor_id for row in rows if row.action.startswith("hours")} == {clerk.staff_id}


async def test_a_change_is_looked_at_then_made_and_its_visits_are_settled(club: Club) -> None:
    anna, ewa = booked(club, "Anna Testowa", "10:00"), booked(club, "Ewa Testowa", "14:00")
    (friday,) = of(club, 5)
    shorter = {"ends": "13:00", "since": FRIDAY}

    async with at_the_panel(club) as clerk:
        form = (await clerk.see(f"/panel/hours/{friday.id}")).form_with("ends")
        seen = await clerk.send(form, **shorter)
        assert of(club, 5) == [friday]
        done = await clerk.send(seen.form(f"/panel/hours/{friday.id}/end"), how="by-phone")
        listed = await clerk.see("/panel/hours")

    assert "To dotyczy spotkań: 1" in seen.html
    assert "Ewa Testowa" in seen.html
    assert "Prosimy zadzwonić" in done.html
    old, new = sorted(of(club, 5), key=lambda one: one.by_staff)
    assert (str(old.until), new.weekly.ends, str(new.since)) == ("2026-10-08", time(13), FRIDAY)
    assert "do 8.10.2026" in listed.html
    assert {now_of(club, one) for one in (anna, ewa)} == {now_of(club, anna)}


async def test_hours_end_from_a_day_on_and_can_go_on_after_all(club: Club) -> None:
    visit = booked(club, "Anna Testowa", "10:00")
    (friday,) = of(club, 5)

    async with at_the_panel(club) as clerk:
        page = await clerk.see(f"/panel/hours/{friday.id}")
        form = next(one for one in page.forms if ("what", "end") in one.fields)
        seen = await clerk.send(form, since=FRIDAY)
        await clerk.send(seen.form(f"/panel/hours/{friday.id}/end"), how="same-time")
        club.do(lambda tx: plant(tx, club.centre))
        ended = of(club, 5)
        listed = await clerk.see("/panel/hours")
        back = await clerk.send(listed.form(f"/panel/hours/{friday.id}/go-on"))

    assert [str(one.until) for one in ended] == ["2026-10-08"]
    assert club.do(lambda tx: the_visit(tx, visit)).specialist_id == club.specialist("piotr")
    assert ("Te godziny zostają" in back.html, of(club, 5)) == (True, [friday])


async def test_what_can_not_be_is_said_beside_its_field(club: Club) -> None:
    stranger = club.person("Nikt <i>Testowy")
    (friday,) = of(club, 5)

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/hours")).form("/panel/hours/add")
        wrong = await clerk.send(
            form, specialist=stranger, **SATURDAYS | {"weekday": 9, "starts": "12:00", "ends": "9:<b>"}
        )
        change = (await clerk.see(f"/panel/hours/{friday.id}")).form_with("ends")
        short = await clerk.send(change, ends="09:20", since=FRIDAY)
        taken = await clerk.send(change, where="b", since=FRIDAY)
        past = await clerk.send(change, since="2026-10-01")
        gone = await clerk.see("/panel/hours/999")

    assert wrong.status == 422
    assert "&lt;b&gt;" in wrong.html
    assert "za krótkie na jedno spotkanie" in short.html
    assert "stanowisko jest zajęte" in taken.html
    assert "Ten dzień już minął." in past.html
    assert gone.status == 409
    assert of(club, 5) == [friday]


async def test_hours_that_somebody_is_booked_in_are_not_just_removed(club: Club) -> None:
    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/hours")).form("/panel/hours/add")
        done = await clerk.send(form, specialist=club.specialist("pola"), **SATURDAYS)
        booked(club, "Anna Testowa", "09:00", "2026-10-10")
        seen = await clerk.send(done.form("/panel/hours/"))

    assert (seen.path, "Anna Testowa" in seen.html) == (f"/panel/hours/{of(club, 6)[0].id}", True)


async def test_reception_sees_no_hours_page(club: Club) -> None:
    async with at_the_panel(club, Role.RECEPTION) as clerk:
        assert (await clerk.see("/panel/hours")).status == 403
