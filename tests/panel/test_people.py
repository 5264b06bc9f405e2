"""The roll and the search in it."""

import csv
import io

from scheduler.import_file import import_participants, read_participants
from scheduler.staff import Role
from storage.database import Database
from tests.builders import NOW, Club, the_centre
from tests.panel.clerk import at_the_panel, on_sqlite

pytestmark = on_sqlite


async def test_an_empty_roll_says_what_to_do_first(database: Database) -> None:
    async with at_the_panel(Club(database, the_centre())) as clerk:
        seen = await clerk.see("/panel/people")

    assert "Nikt jeszcze nie jest zapisany" in seen.html
    assert 'href="/panel/people/new"' in seen.html


async def test_three_letters_of_one_person_lead_straight_to_them_and_stand_in_no_address(
    database: Database,
) -> None:
    club = Club(database, the_centre())
    anna = club.person("Anna Przykładowa")
    club.person("Piotr Przykładowy", "+48501000002")

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/people")).form("/panel/people/find")
        one = await clerk.send(form, text="ann")
        both = await clerk.send(form, text="przykl")
        none = await clerk.send(form, text="xyz")
        chosen = await clerk.see(f"/panel/people?person={anna}")
        short = await clerk.send(form, text="an")

    assert (form.method, one.path, chosen.path) == ("post", *[f"/panel/people/{anna}"] * 2)
    assert "Anna Przykładowa" in both.html
    assert "Piotr Przykładowy" in both.html
    assert "Nikt taki nie jest zapisany" in none.html
    assert "3 liter" in short.html


async def test_a_long_roll_is_read_page_by_page(database: Database) -> None:
    club = Club(database, the_centre())
    text = "full_name\n" + "\n".join(f"Osoba {chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(60))
    wishes = read_participants("people.csv", text.encode())
    club.do(lambda tx: import_participants(tx, wishes))

    async with at_the_panel(club) as clerk:
        first = await clerk.see("/panel/people")
        after = first.html.split("after=")[1].split('"')[0]
        second = await clerk.see(f"/panel/people?only=here&after={after}")
        wild = await clerk.see("/panel/people?only=nothing&after=99999999999999999999")

    assert ("Osoba BX" in first.html, "Osoba BY" in first.html) == (True, False)
    assert ("Osoba BX" in second.html, "Osoba BY" in second.html) == (False, True)
    assert wild.html.count("row-link") == first.html.count("row-link")


async def test_reception_sees_no_group_in_the_roll(database: Database) -> None:
    club = Club(database, the_centre())
    club.person("Anna Przykładowa", groups=("Kuchnia",))

    async with at_the_panel(club, Role.RECEPTION) as clerk:
        assert "Kuchnia" not in (await clerk.see("/panel/people")).html
    async with at_the_panel(club, Role.COORDINATOR) as clerk:
        assert "Kuchnia" in (await clerk.see("/panel/people")).html


async def test_the_list_taken_along_can_be_imported_again_and_runs_no_formula(database: Database) -> None:
    club = Club(database, the_centre())
    club.person("Anna Przykładowa", groups=("Kuchnia", "Teatr"), contract_until=NOW.date())
    club.person("Oksana Прикладова", "+380501234567", language="uk")

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/people")).form("/panel/people/list")
        async with clerk.http.post(f"{clerk.base}{form.action}", data=form.fields) as answer:
            content = await answer.read()

    again = club.do(lambda tx: import_participants(tx, read_participants("x.csv", content)))
    assert again.counts["known"] == 2
    cells = [
        cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";") for cell in row
    ]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
