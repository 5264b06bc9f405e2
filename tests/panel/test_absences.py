"""Absences in the panel: what one touches, each visit settled in its way, and back again; rooms that are shut."""

import pytest
from sqlalchemy import select

from scheduler.booked import visit as the_visit
from scheduler.booking import book
from scheduler.staff import Role
from scheduler.visits import VisitStatus
from storage.database import Database
from storage.tables import absence, audit, todo
from tests.builders import Club, a_centre, warsaw
from tests.panel.clerk import at_the_panel, on_sqlite

pytestmark = on_sqlite

FRIDAY = "2026-10-09"


@pytest.fixture
def club(database: Database) -> Club:
    """Two psychologists in one room; it is Monday morning."""
    return Club(database, a_centre())


def booked(club: Club, name: str, clock: str, day: str = FRIDAY, phone: str | None = "") -> int:
    """With Pola."""
    pola = club.specialist("pola")
    number = f"+4850100{clock.replace(':', '')}" if phone == "" else phone
    who = club.person(name, number)
    starts_at = warsaw(day, clock)
    return club.do(  # type: ignore[no-any-return]
        lambda tx: book(
            tx, club.centre, person_id=who, service="psycholog", starts_at=starts_at, specialist_id=pola
        )
    ).id


def now_of(club: Club, visit_id: int) -> tuple[VisitStatus, int]:
    found = club.do(lambda tx: the_visit(tx, visit_id))
    return found.status, found.specialist_id


def absences(club: Club) -> list[object]:
    return list(club.do(lambda tx: tx.connection.execute(select(absence.c.id)).scalars().all()))


async def test_an_absence_is_looked_at_then_settled_visit_by_visit_and_ended(club: Club) -> None:
    anna, ewa = booked(club, "Anna <b>Testowa", "09:00"), booked(club, "Ewa Testowa", "10:00")
    ola = booked(club, "Ola Testowa", "11:00", phone=None)
    piotr, pola = club.specialist("piotr"), club.specialist("pola")

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/absences")).form("/panel/absences/new")
        seen = await clerk.send(form, specialist=pola, first=FRIDAY)
        assert absences(club) == []
        ways = {f"way-{anna}": "same-time", f"way-{ola}": "give-back"}
        done = await clerk.send(seen.form("/panel/absences/away"), how="another-time", **ways)
        listed = await clerk.see("/panel/absences")
        back = await clerk.send(listed.form("/panel/absences/1/end"))

    assert "To dotyczy spotkań: 3" in seen.html
    assert "Zastąpić może: Piotr Przykładowy" in seen.html
    assert "bez kontaktu pisemnego" in seen.html
    assert "Anna &lt;b&gt;Testowa" in seen.html
    for words in ("bez zmian dla tej osoby", "proponowane: ", "Prosimy zadzwonić"):
        assert words in done.html
    assert [now_of(club, one) for one in (anna, ewa, ola)] == [
        (VisitStatus.BOOKED, piotr),
        (VisitStatus.GIVEN_BACK, pola),
        (VisitStatus.GIVEN_BACK, pola),
    ]
    assert len([row for row in club.messages() if row.key.startswith("club:")]) == 1
    assert "Pola Przykładowa" in listed.html
    assert ("Nieobecność zakończona" in back.html, absences(club)) == (True, [])
    rows = club.do(lambda tx: tx.connection.execute(select(audit.c.action, audit.c.actor_id)).all())
    done_by = {row.actor_id for row in rows if row.action in ("away", "back", "called_off", "stood_in")}
    assert done_by == {clerk.staff_id}


async def test_who_calls_in_is_one_press_from_the_week_and_from_today(club: Club) -> None:
    visit = booked(club, "Anna Testowa", "11:00", "2026-10-05")
    pola = club.specialist("pola")

    async with at_the_panel(club) as clerk:
        for path in ("/panel/", "/panel/absences", "/panel/week"):
            page, button = await clerk.see(path), ("specialist", str(pola))
            form = next(one for one in page.forms if button in one.buttons)
            seen = await clerk.send(form, press="=".join(button))
            assert seen.path == f"/panel/absences/{absences(club)[0]}"
            if path != "/panel/week":
                await clerk.send(seen.form("/panel/absences/"))  # beside the notice
                assert absences(club) == []
        assert ("To dotyczy spotkań: 1" in seen.html, now_of(club, visit)[0]) == (True, VisitStatus.BOOKED)
        await clerk.send(seen.form(f"{seen.path}/settle"), how="same-time")
        week = await clerk.see("/panel/week")

    assert now_of(club, visit) == (VisitStatus.BOOKED, club.specialist("piotr"))
    assert f'name="specialist" value="{pola}"' not in week.html
    assert "nieobecność" in week.html
    assert (
        club.do(lambda tx: tx.connection.execute(select(todo.c.id).where(todo.c.done_at.is_(None))).all())
        == []
    )


async def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_recorded(club: Club) -> None:
    pola, stranger = club.specialist("pola"), club.person()

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/absences")).form("/panel/absences/new")
        order = await clerk.send(form, specialist=pola, first=FRIDAY, **{"from": "12:00", "until": "10:00"})
        past = await clerk.send(form, specialist=pola, first="2026-10-01")
        nobody = await clerk.send(form, specialist=stranger, first=FRIDAY)
        token = dict((await clerk.see("/panel/absences")).form("/panel/absences/not-today").fields)
        forced = await clerk.post("/panel/absences/not-today", token | {"specialist": str(stranger)})
        gone = await clerk.see("/panel/absences/77")

    assert "Koniec jest przed początkiem" in order.html
    assert "Ten dzień już minął." in past.html
    assert "/panel/absences/away" not in nobody.html
    assert (forced.status, "Ta osoba nie prowadzi spotkań" in forced.html) == (409, True)
    assert (gone.status, "już się skończyła" in gone.html) == (409, True)
    assert absences(club) == []


async def test_a_room_is_shut_and_opened_again(club: Club) -> None:
    known = club.centre.model_dump()
    other = known["rooms"][0] | {"code": "r2", "number": "222", "stations": [{"code": "c", "name": "C"}]}
    club.centre = type(club.centre).model_validate(known | {"rooms": [*known["rooms"], other]})
    club = Club(club.database, club.centre)
    visit = booked(club, "Anna Testowa", "09:00")

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/absences")).form("/panel/absences/room")
        same = await clerk.send(form, room="r1", instead="r1", room_first=FRIDAY)
        seen = await clerk.send(form, room="r1", instead="r2", room_first=FRIDAY)
        await clerk.send(seen.form("/panel/absences/room/shut"), how="same-time")
        listed = await clerk.see("/panel/absences")
        back = await clerk.send(listed.form("/panel/absences/1/end"))

    assert "To ten sam pokój" in same.html
    assert club.do(lambda tx: the_visit(tx, visit)).station == "c"
    assert listed.html.count("Znowu otwarty") == 1
    assert ("Pokój jest znowu otwarty" in back.html, absences(club)) == (True, [])


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.SPECIALIST])
async def test_who_has_not_the_timetable_is_offered_none_of_it(club: Club, role: Role) -> None:
    async with at_the_panel(club, role) as clerk:
        pages = [(await clerk.see(path)).html for path in ("/panel/", "/panel/week")]
        refused = await clerk.see("/panel/absences")

    assert not any("/panel/absences" in html or "/panel/closures" in html for html in pages)
    assert refused.status == 403
