"""The page of to-dos: what is urgent first, done with one press, and undone with another."""

from scheduler.staff import Role
from scheduler.todos import open_todo
from storage.database import Database
from tests.builders import NOW, Club, the_centre
from tests.panel.clerk import Seen, a_colleague, at_the_panel, on_sqlite

pytestmark = on_sqlite


def a_club(database: Database) -> Club:
    """Somebody asked to be called; something urgent came up in a group."""
    club = Club(database, the_centre())
    jan = club.person("Jan <i>Testowy")
    club.do(lambda tx: open_todo(tx, key="call", text="todo_callback", person_id=jan))
    params = {
        "group": "Grupa Wsparcia",
        "meets_at": NOW.isoformat(),
        "minutes": 10,
        "people": [jan],
        "other": jan,
    }
    club.do(lambda tx: open_todo(tx, key="late", text="todo_seat_late", params=params, urgent=True))
    return club


def headings(seen: Seen) -> list[str]:
    return [part.split(" (")[0] for part in seen.html.split("<h2>")[1:]]


async def test_a_to_do_is_settled_and_opened_again(database: Database) -> None:
    async with at_the_panel(a_club(database)) as clerk:
        first = await clerk.see("/panel/todos")
        settled = await clerk.send(first.form("/panel/todos/1/done"))
        undone = await clerk.send(settled.form("/panel/todos/1/reopen"))

    assert headings(first)[0] == "Pilne"
    assert "Jan &lt;i&gt;Testowy" in first.html
    assert "Zapisane jako zrobione." in settled.html
    assert "Zrobione w ostatnich dniach" in headings(settled)
    assert "Zrobione w ostatnich dniach" not in headings(undone)


async def test_one_is_taken_and_given_to_somebody_else(database: Database) -> None:
    club = a_club(database)
    ola = a_colleague(club, Role.RECEPTION, "Ola Recepcyjna")

    async with at_the_panel(club) as clerk:
        taken = await clerk.send((await clerk.see("/panel/todos")).form("/panel/todos/1/take"))
        given = await clerk.send(taken.form("/panel/todos/1/give"), to=ola)
        nobody = await clerk.send(taken.form("/panel/todos/1/give"), to=999)

    assert "Zajmuje się: Osoba Coordinator" in taken.html
    assert "Dla kogo: Ola Recepcyjna" in given.html
    assert (nobody.status, "Takiej osoby nie ma" in nobody.html) == (409, True)


async def test_reception_reads_no_group_beside_a_name(database: Database) -> None:
    club = a_club(database)

    async with at_the_panel(club, Role.RECEPTION) as clerk:
        seen = await clerk.see("/panel/todos")

    assert "Jan &lt;i&gt;Testowy" in seen.html
    assert "Grupa Wsparcia" not in seen.html


async def test_what_is_done_is_not_done_twice_and_an_empty_list_says_so(database: Database) -> None:
    club = a_club(database)

    async with at_the_panel(club) as clerk:
        first = await clerk.see("/panel/todos")
        await clerk.send(first.form("/panel/todos/1/done"))
        again = await clerk.send(first.form("/panel/todos/1/done"))
        empty = await clerk.send(first.form("/panel/todos/2/done"))

    assert (again.status, "zostało już zrobione" in again.html) == (409, True)
    assert "Nie ma teraz nic do zrobienia" in empty.html
