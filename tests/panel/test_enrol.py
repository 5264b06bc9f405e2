"""Enrolling somebody at the desk, and what they take home."""

import re
from typing import Any

import pytest

from scheduler.groups import add
from scheduler.leaving import leave
from scheduler.linking import link_by_code
from scheduler.people import address_of
from scheduler.roll import roll
from scheduler.staff import Role
from storage.database import Database
from tests.builders import Club, the_centre
from tests.panel.clerk import Clerk, Seen, at_the_panel, on_sqlite

pytestmark = on_sqlite


async def enrolled(clerk: Clerk, **filled: Any) -> Seen:
    form = (await clerk.see("/panel/people/new")).form("/panel/people/new")
    return await clerk.send(form, **filled)


def known(club: Club) -> list[tuple[Any, ...]]:
    return [(one.person.full_name, one.person.phone, one.groups) for one in club.do(roll)]


async def test_somebody_is_enrolled_welcomed_and_given_a_code_that_links_them(database: Database) -> None:
    club = Club(database, the_centre())
    club.do(lambda tx: add(tx, "Kuchnia", "workshop"))

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/people/new")).form("/panel/people/new")
        form.fields.append(("groups", ""))
        seen = await clerk.send(
            form, full_name="Anna Przykładowa", phone="501 000 001", groups=["Kuchnia"],
            contract_until="2027-06-30",
        )  # fmt: skip

    assert known(club) == [("Anna Przykładowa", "+48501000001", ("Kuchnia",))]
    assert len(club.messages(text="welcome")) == 1
    code = re.search(r'class="code">([A-Z0-9]{4}-[A-Z0-9]{4})<', seen.html)
    assert code is not None
    assert "<svg " in seen.html
    assert "style=" not in seen.html
    assert "Informacja o" in seen.html
    linked = club.do(lambda tx: link_by_code(tx, code[1], address_of(tx, "telegram", "1", "77")))
    assert linked.full_name == "Anna Przykładowa"


async def test_a_form_pressed_twice_enrols_once(database: Database) -> None:
    club = Club(database, the_centre())

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/people/new")).form("/panel/people/new")
        await clerk.send(form, full_name="Anna Przykładowa")
        again = await clerk.send(form, full_name="Anna Przykładowa")

    assert (len(known(club)), again.path) == (1, "/panel/")


@pytest.mark.parametrize(
    ("filled", "field", "says"),
    [
        ({"full_name": ""}, "full_name", "Prosimy wpisać"),
        ({"full_name": "=cmd|' /C calc'!A0"}, "full_name", "To formuła"),
        ({"full_name": "@SUM(A1)"}, "full_name", "od litery"),
        ({"full_name": "A" * 10_000}, "full_name", "najwyżej 200"),
        ({"full_name": "Anna\x07Testowa"}, "full_name", "nie jest tekstem"),
        ({"phone": "774837723"}, "phone", "To nie jest komórka"),
        ({"phone": "+48501000001' OR 1=1"}, "phone", "To nie jest numer"),
        ({"contract_until": "2026-13-45"}, "contract_until", "To nie jest data"),
    ],
)
async def test_what_is_wrong_stands_beside_its_field_and_nothing_is_written(
    filled: dict[str, str], field: str, says: str, database: Database
) -> None:
    club = Club(database, the_centre())

    async with at_the_panel(club) as clerk:
        seen = await enrolled(clerk, **{"full_name": "Anna Przykładowa"} | filled)

    assert seen.status == 422
    assert re.search(rf'id="{field}-error">[^<]*{says}', seen.html)
    assert known(club) == []


async def test_markup_and_marks_that_turn_the_line_are_text(database: Database) -> None:
    club = Club(database, the_centre())

    async with at_the_panel(club) as clerk:
        seen = await enrolled(clerk, full_name="Anna <script>alert(1)</script>\u202egnp.exe")
        rolled = await clerk.see("/panel/people")

    assert "<script>alert" not in seen.html + rolled.html
    assert "&lt;script&gt;" in rolled.html
    assert "\u202e" not in rolled.html


async def test_a_name_with_another_number_is_enrolled_and_said_to_be_perhaps_the_same(
    database: Database,
) -> None:
    club = Club(database, the_centre())
    first = club.person("Anna Przykładowa", "+48501000001")

    async with at_the_panel(club) as clerk:
        seen = await enrolled(clerk, full_name="anna przykladowa", phone="501 000 002")

    assert "już zapisany z innym numerem" in seen.html
    assert f'href="/panel/people/{first}"' in seen.html


async def test_who_is_enrolled_is_shown_and_who_left_is_not_brought_back(database: Database) -> None:
    club = Club(database, the_centre())
    anna = club.person("Anna Przykładowa", "+48501000001")

    async with at_the_panel(club) as clerk:
        again = await enrolled(clerk, full_name="Anna Przykładowa", phone="501000001")
        club.do(lambda tx: leave(tx, anna))
        gone = await enrolled(clerk, full_name="Anna Przykładowa", phone="501000001")

    assert again.path == f"/panel/people/{anna}"
    assert "Ta osoba była już zapisana" in again.html
    assert (gone.status, "zakończyła udział" in gone.html) == (422, True)


async def test_reception_enrols_without_groups_even_if_the_form_is_tampered_with(database: Database) -> None:
    club = Club(database, the_centre())
    club.do(lambda tx: add(tx, "Kuchnia", "workshop"))

    async with at_the_panel(club, Role.RECEPTION) as clerk:
        shown = await clerk.see("/panel/people/new")
        form = shown.form("/panel/people/new")
        form.fields.append(("groups", "Kuchnia"))
        await clerk.send(form, full_name="Anna Przykładowa")

    assert "Kuchnia" not in shown.html
    assert known(club) == [("Anna Przykładowa", None, ())]
