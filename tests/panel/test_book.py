"""Booking for somebody who phones, by forms alone, as a browser without JavaScript sends them."""

from datetime import timedelta

import pytest

from scheduler.booking import book
from scheduler.staff import Role
from scheduler.visits import Visit
from storage import visit_history
from storage.database import Database
from storage.people import change_person
from storage.tables import appointment
from tests.builders import MONDAY, Club, count, warsaw
from tests.panel.clerk import Clerk, Seen, at_the_panel, on_sqlite

pytestmark = on_sqlite
TUESDAY = "2026-10-06"


def booked(club: Club, who: int, clock: str = "10:00", day: str = TUESDAY) -> Visit:
    at = warsaw(day, clock)
    visit: Visit = club.do(lambda tx: book(tx, club.centre, person_id=who, service="psycholog", starts_at=at))
    return visit


async def when(clerk: Clerk, **more: str) -> Seen:
    """The last step, come by the ones before it."""
    found = await clerk.send((await clerk.see("/panel/book")).form("/panel/book/find"), q="testowy")
    what = await clerk.send(found.forms[-1])
    return await clerk.send(what.forms[-1], **more)


async def test_a_name_a_service_and_the_first_time_are_four_pages_and_the_participant_is_told(
    database: Database,
) -> None:
    club = Club(database)
    club.person("Jan Testowy")

    async with at_the_panel(club) as clerk:
        times = await when(clerk)
        seen = await clerk.send(times.form_with("at"))
        log = club.do(lambda tx: visit_history.lines(tx, 1))

    assert (seen.status, seen.path) == (200, "/panel/visits/1")
    assert "Zapisane." in seen.html
    assert "potwierdzenie zapisu, SMS" in seen.html
    assert [(row.action, row.actor, row.who) for row in log] == [("booked", "staff", "Osoba Coordinator")]


async def test_four_digits_find_and_namesakes_are_told_apart_while_who_left_is_not_offered(
    database: Database,
) -> None:
    club = Club(database)
    for digits in ("1234", "1235"):
        club.person("Jan Testowy", f"+4850100{digits}")
    gone = club.person("Janina Testowa", "+48501009999")
    club.do(lambda tx: change_person(tx, gone, ended_at=tx.now))

    async with at_the_panel(club) as clerk:
        page = (await clerk.see("/panel/book")).form("/panel/book/find")
        by_name = await clerk.send(page, q="tes")
        by_number = await clerk.send(page, q="1235")
        part = await clerk.see("/panel/book/people", params={"q": "jan t"})
        nobody = await clerk.send(page, q="kowalska")
        short = await clerk.send(page, q="ko")

    assert by_name.html.count('name="person"') == 2
    assert "telefon …234" in by_name.html
    assert "telefon …235" in by_name.html
    assert by_number.html.count('name="person"') == 1
    assert part.html.count('role="option"') == 2
    assert 'href="/panel/people/new"' in nobody.html
    assert short.status == 422


async def test_a_time_that_was_taken_meanwhile_is_told_with_who_has_it_and_the_nearest_without_a_service(
    database: Database,
) -> None:
    club = Club(database)
    club.person("Jan Testowy")
    others = [club.person(f"Anna Szybka{n}", f"+4850200000{n}") for n in range(2)]

    async with at_the_panel(club, Role.RECEPTION) as clerk:
        times = await when(clerk)
        for other in others:
            booked(club, other, "11:00", "2026-10-05")
        seen = await clerk.send(times.form_with("at"), at=warsaw("2026-10-05", "11:00").isoformat())

    assert seen.status == 422
    why = seen.html.split('id="why"')[1].split("</p>")[0]
    assert "Anna Szybka0" in why
    assert "psycholog" not in why
    assert seen.html.count('name="at"') == 3
    again = await _send_in_new(club, seen)
    assert again.path.startswith("/panel/visits/")


async def _send_in_new(club: Club, seen: Seen) -> Seen:
    """The same page's form, sent by somebody else with a page of their own."""
    async with at_the_panel(club) as clerk:
        times = await when(clerk)
        return await clerk.send(times.form_with("at"), at=seen.form_with("at").fields[-1][1])


async def test_the_same_form_sent_twice_books_once(database: Database) -> None:
    club = Club(database)
    club.person("Jan Testowy")

    async with at_the_panel(club) as clerk:
        times = await when(clerk)
        for _ in range(2):
            await clerk.send(times.form_with("at"))

    assert club.do(lambda tx: count(tx, appointment)) == 1


async def test_a_free_gap_of_the_day_brings_its_time_and_whose_hour_it_is(database: Database) -> None:
    club = Club(database)
    who = club.person("Jan Testowy")

    async with at_the_panel(club) as clerk:
        seen = await clerk.see(f"/panel/book?day={TUESDAY}&time=13:00&station=b&person={who}")

    assert seen.form_with("at").fields[-1] == ("at", warsaw(TUESDAY, "13:00").isoformat())
    assert ("specialist", str(club.specialist("piotr"))) in seen.form_with("at").fields
    assert "Pola Przykładowa" not in seen.html.split("<fieldset")[1].split("</fieldset>")[0]


async def test_whoever_can_book_no_more_is_told_so_and_shown_what_can_be_moved(database: Database) -> None:
    club = Club(database)
    who = club.person("Jan Testowy")
    ended = club.person("Ewa Dawna", "+48502000009")
    visits = [booked(club, who, clock) for clock in ("10:00", "12:00")]
    club.do(lambda tx: change_person(tx, ended, contract_until=MONDAY - timedelta(days=2)))

    async with at_the_panel(club) as clerk:
        full = await clerk.see(f"/panel/book?person={who}&service=psycholog")
        over = await clerk.see(f"/panel/book?person={ended}")
        unknown = await clerk.see("/panel/book?person=99999")

    assert "tyle spotkań" in full.html
    assert f'href="/panel/visits/{visits[0].id}"' in full.html
    assert 'name="at"' not in full.html
    assert f'href="/panel/book?person={who}"' in full.html
    assert "Kontrakt kończy się wcześniej" in over.html
    assert unknown.status == 409


@pytest.mark.parametrize("phone", ["+48501000001", None], ids=["a phone", "no phone"])
async def test_an_undo_at_once_frees_the_time_and_who_has_no_channel_is_told_by_whoever_speaks_with_them(
    phone: str | None, database: Database
) -> None:
    club = Club(database)
    club.person("Jan Testowy", phone)

    async with at_the_panel(club) as clerk:
        seen = await clerk.send((await when(clerk)).form_with("at"))
        undone = await clerk.send(seen.form("/panel/visits/1/unbook"))

    assert ("Prosimy powiedzieć teraz" in seen.html) == (phone is None)
    assert "Zapis cofnięty" in undone.html
    assert club.claims() == []
    assert [one.status for one in club.messages(text="club_booked")] == ["withdrawn"] * (phone is not None)


async def test_names_in_pages_are_text_and_addresses_hold_ids_alone(database: Database) -> None:
    club = Club(database)
    club.person("Jan <b>Testowy")

    async with at_the_panel(club) as clerk:
        part = await clerk.see("/panel/book/people", params={"q": "jan"})
        found = await clerk.send((await clerk.see("/panel/book")).form("/panel/book/find"), q="jan")

    assert "<b>" not in part.html + found.html
    assert found.path == "/panel/book/find"
