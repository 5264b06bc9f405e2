"""Staff's own calendars: two programs read the same visits in them, and nobody without the address anything."""

from datetime import timedelta

import aiohttp
import icalendar
import vobject
from starlette.applications import Starlette
from starlette.routing import Mount

from panel.calendar_feed import calendars
from panel.desk import Parts
from scheduler.booking import book, give_back, move
from scheduler.calendar_feed import open_calendar
from scheduler.staff import Role, end_staff
from storage.database import Database
from tests.builders import NOW, Club, a_centre, warsaw
from tests.panel.clerk import KEY, SetClock, at_the_panel, on_sqlite
from tests.servers import serving
from tests.words.builders import the_composer

SUMMER, WINTER = warsaw("2026-10-23", "10:00"), warsaw("2026-10-26", "10:00")


def a_club(database: Database) -> Club:
    """Pola has a visit on either side of the clock change, and one that was given back."""
    club = Club(database, a_centre())
    pola = club.specialist("pola")
    for number, starts_at in enumerate((SUMMER, WINTER, SUMMER + timedelta(hours=1))):
        person = club.person(f"Ćwiek Maria Nowak{'ABC'[number]}", f"+4850100000{number}")
        visit = club.do(
            lambda tx, p=person, s=starts_at: book(
                tx, club.centre, person_id=p, service="psycholog", starts_at=s, specialist_id=pola
            )
        )
    club.do(lambda tx: give_back(tx, club.centre, visit_id=visit.id))
    return club


async def read(club: Club, token: str) -> tuple[int, str]:
    parts = Parts(club.database, SetClock(NOW), club.centre, the_composer(), KEY)
    async with (
        serving(Starlette(routes=[Mount("/calendar", calendars(parts))])) as base,
        aiohttp.ClientSession() as http,
        http.get(f"{base}/calendar/{token}.ics") as answer,
    ):
        return answer.status, await answer.text()


async def test_two_programs_read_the_same_visits_at_their_local_time_over_a_clock_change(
    database: Database,
) -> None:
    club = a_club(database)
    pola = club.specialist("pola")
    token = club.do(lambda tx: open_calendar(tx, pola, KEY))

    status, text = await read(club, token)

    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    others = vobject.readOne(text).vevent_list
    assert status == 200
    assert [one.start.isoformat() for one in events] == [
        "2026-10-23T10:00:00+02:00",
        "2026-10-26T10:00:00+01:00",
    ]
    assert [one.dtstart.value.timestamp() for one in others] == [SUMMER.timestamp(), WINTER.timestamp()]
    assert [str(one["SUMMARY"]) for one in events] == ["Spotkanie Ć.N."] * 2
    assert [one.summary.value for one in others] == ["Spotkanie Ć.N."] * 2
    assert "BEGIN:VTIMEZONE" in text
    assert "TZID:Europe/Warsaw" in text


async def test_nothing_in_it_says_who_comes_or_why(database: Database) -> None:
    club = a_club(database)
    pola = club.specialist("pola")
    token = club.do(lambda tx: open_calendar(tx, pola, KEY))

    _, text = await read(club, token)

    assert not any(word in text for word in ("Nowak", "Maria", "psycholog", "Psycholog", "+48"))


async def test_a_visit_that_moves_keeps_its_name_and_has_a_higher_number(database: Database) -> None:
    club = a_club(database)
    pola = club.specialist("pola")
    token = club.do(lambda tx: open_calendar(tx, pola, KEY))
    before = icalendar.Calendar.from_ical((await read(club, token))[1]).walk("VEVENT")[0]

    club.do(
        lambda tx: move(
            tx,
            club.centre,
            visit_id=1,
            starts_at=SUMMER + timedelta(hours=2),
            specialist_id=pola,
        )
    )

    after = icalendar.Calendar.from_ical((await read(club, token))[1]).walk("VEVENT")[0]
    assert before["UID"] == after["UID"]
    assert (after.start - before.start, after["SEQUENCE"] > before["SEQUENCE"]) == (timedelta(hours=2), True)


async def test_an_address_that_was_taken_back_or_whose_owner_left_leads_nowhere(database: Database) -> None:
    club = a_club(database)
    pola = club.specialist("pola")
    old = club.do(lambda tx: open_calendar(tx, pola, KEY))
    new = club.do(lambda tx: open_calendar(tx, pola, KEY))
    forged = new[:-1] + ("A" if new[-1] != "A" else "B")

    assert [(await read(club, one))[0] for one in (old, new, forged)] == [404, 200, 404]

    club.do(lambda tx: end_staff(tx, pola))
    assert (await read(club, new))[0] == 404


@on_sqlite
async def test_staff_make_their_address_in_the_panel_see_it_once_and_turn_it_off(database: Database) -> None:
    club = Club(database, a_centre())

    async with at_the_panel(club, Role.SPECIALIST) as clerk:
        first = await clerk.see("/panel/calendar")
        made = await clerk.send(first.form("/panel/calendar/make"))
        later = await clerk.see("/panel/calendar")
        token = made.html.split(".ics")[0].split("/calendar/")[-1]
        off = await clerk.send(later.form("/panel/calendar/end"))

    assert ".ics" in made.html
    assert ".ics" not in later.html
    assert len(token) > 30
    assert "już nie działa" in off.html
