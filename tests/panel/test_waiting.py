"""The waiting list at the panel: who waits, putting somebody on and off it, and what became of the offers."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from scheduler.booking import book, give_back
from scheduler.free_times import Search, free_times
from scheduler.offers import decline, offer_times
from scheduler.staff import Role
from scheduler.waiting import Waiting, Wish, everybody, wait
from storage import offers
from storage.database import Database
from tests.builders import Club, the_centre, warsaw
from tests.panel.clerk import Clerk, Seen, at_the_panel, on_sqlite

pytestmark = on_sqlite
PSYCHOLOGIST = "psychologist"


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database, the_centre(), now=warsaw("2026-10-05", "09:00"))


def waiting(club: Club) -> list[Waiting]:
    return club.do(lambda tx: everybody(tx, club.centre))  # type: ignore[no-any-return]


def a_wish(club: Club, name: str, phone: str, **more: Any) -> Waiting:
    person_id = club.person(name, phone)
    return club.do(lambda tx: wait(tx, club.centre, Wish(person_id, PSYCHOLOGIST, **more)))  # type: ignore[no-any-return]


async def the_form(clerk: Clerk, name: str) -> Seen:
    """Search as one does, and take whoever is found first."""
    start = await clerk.see("/panel/waiting/new")
    found = await clerk.send(start.form("/panel/waiting/find"), q=name)
    return await clerk.send(found.form("/panel/waiting/new"))


async def test_somebody_who_phones_is_put_on_the_list_and_off_it_and_back(club: Club) -> None:
    who = club.person("Maria <b>Czekająca", "+48501000777")

    async with at_the_panel(club, Role.SPECIALIST) as clerk:
        empty = await clerk.see("/panel/waiting")
        form = (await the_form(clerk, "maria")).form("/panel/waiting/add")
        filled = {
            "service": PSYCHOLOGIST,
            "first_day": "2026-10-12",
            "last_day": "2026-10-16",
            "from_time": "09:00",
        }
        seen = await clerk.send(form, **filled)
        twice = await clerk.send(form, **filled)
        (one,) = waiting(club)
        off = await clerk.send(seen.form(f"/panel/waiting/{one.id}/off"))
        assert waiting(club) == []
        await clerk.send(off.form(f"/panel/waiting/{one.id}/back"))

    assert "Nikt nie czeka" in empty.html
    assert (one.person_id, one.first_day, one.last_day) == (who, date(2026, 10, 12), date(2026, 10, 16))
    assert (one.from_time, one.until_time) == (time(9), None)
    assert "Maria &lt;b&gt;Czekająca" in seen.html
    assert "od 12.10.2026 do 16.10.2026, od godz. 09:00" in seen.html
    assert twice.path == "/panel/"
    assert waiting(club) == [one]


async def test_who_waits_already_keeps_their_place(club: Club) -> None:
    first = a_wish(club, "Anna Pierwsza", "+48501000001")
    a_wish(club, "Jan Drugi", "+48501000002")

    async with at_the_panel(club) as clerk:
        form = (await the_form(clerk, "pierwsza")).form("/panel/waiting/add")
        seen = await clerk.send(form, service=PSYCHOLOGIST, last_day="2026-10-20")

    assert "zachowuje swoje miejsce" in seen.html
    assert [
        one for one in seen.forms if one.action == f"/panel/waiting/{first.id}/off" and len(one.fields) > 1
    ] == []
    assert [one.person for one in waiting(club)] == ["Anna Pierwsza", "Jan Drugi"]
    assert waiting(club)[0].last_day == date(2026, 10, 20)


async def test_what_can_not_be_is_said_beside_its_field(club: Club) -> None:
    club.person("Maria Czekająca", "+48501000777", contract_until=date(2026, 10, 1))
    wrong = [
        {"last_day": "2026-10-01"},
        {"first_day": "2026-10-12", "last_day": "2026-10-10"},
        {"from_time": "12:00", "until_time": "10:00"},
        {"first_day": "wkrótce"},
        {"last_day": "2026-10-12"},
    ]

    async with at_the_panel(club) as clerk:
        form = (await the_form(clerk, "czekająca")).form("/panel/waiting/add")
        form.fields = [pair for pair in form.fields if pair[0] != "once"]
        seen = [await clerk.send(form, service=PSYCHOLOGIST, **one) for one in wrong]
        strange = await clerk.send(form, service="fortune_teller")
        nobody = await clerk.see("/panel/waiting/new?person=999999")

    assert [one.status for one in (*seen, strange)] == [422] * 6
    assert "Kontrakt kończy się wcześniej" in seen[-1].html
    assert (nobody.status, waiting(club)) == (409, [])


async def test_the_list_shows_who_is_asked_and_what_became_of_the_last_offer(club: Club) -> None:
    jan = club.person("Jan Pierwszy", "+48502000001")
    search = Search(PSYCHOLOGIST, first_day=date(2026, 10, 7))
    (free,) = club.do(lambda tx: free_times(tx, club.centre, search, 1))
    visit = club.do(
        lambda tx: book(tx, club.centre, person_id=jan, service=PSYCHOLOGIST, starts_at=free.starts_at)
    )
    one = a_wish(club, "Anna Czekająca", "+48501000001", last_day=free.starts_at.date())
    club.do(lambda tx: give_back(tx, club.centre, visit_id=visit.id))
    club.now += timedelta(minutes=20)
    club.do(lambda tx: offer_times(tx, club.centre))

    async with at_the_panel(club) as clerk:
        asked = await clerk.see("/panel/waiting")
        (row,) = club.do(offers.open_offers)
        club.do(lambda tx: decline(tx, row.id))
        said_no = await clerk.see("/panel/waiting")

    assert one.id == row.waiting_id
    assert "czekamy na odpowiedź" in asked.html
    assert f"{free.starts_at.astimezone(club.centre.zone):%H:%M}" in asked.html
    assert "odmowa" in said_no.html
    assert "czekamy na odpowiedź" not in said_no.html


async def test_what_is_on_the_list_no_more_can_not_be_taken_off_it(club: Club) -> None:
    one = a_wish(club, "Anna Czekająca", "+48501000001")

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/waiting")).form(f"/panel/waiting/{one.id}/off")
        await clerk.send(form)
        again = await clerk.send(form)
        form.action = "/panel/waiting/999999/back"
        unknown = await clerk.send(form)

    assert (again.status, unknown.status) == (409, 409)


async def test_whoever_finds_no_time_is_a_step_from_the_list(club: Club) -> None:
    who = club.person("Maria Czekająca", "+48501000777", contract_until=date(2026, 10, 5))

    async with at_the_panel(club) as clerk:
        seen = await clerk.see(f"/panel/book?person={who}&service={PSYCHOLOGIST}&day=2026-10-05&time=19:00")
        form = await clerk.see(f"/panel/waiting/new?person={who}&service={PSYCHOLOGIST}")
    async with at_the_panel(club, Role.RECEPTION) as clerk:
        reception = await clerk.see(
            f"/panel/book?person={who}&service={PSYCHOLOGIST}&day=2026-10-05&time=19:00"
        )

    path = f"/panel/waiting/new?person={who}&amp;service={PSYCHOLOGIST}"
    assert (path in seen.html, path in reception.html) == (True, False)
    assert ("service", PSYCHOLOGIST) in form.form("/panel/waiting/add").fields
