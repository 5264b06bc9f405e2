"""A list of participants from a file: looked through first, then imported."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import FormData
from openpyxl import Workbook
from sqlalchemy import select

from scheduler.roll import roll
from scheduler.staff import Role
from storage.database import Database
from storage.tables import metadata
from tests.builders import Club, the_centre
from tests.panel.clerk import Clerk, Seen, at_the_panel, on_sqlite

pytestmark = on_sqlite

FILE = """full_name;phone;language;groups;contract_until
Nowa Osoba;501000010;uk;Kuchnia;2027-06-30
Anna Przykładowa;501000001;;;
Anna Przykładowa;501000002;;;
Piotr Przykładowy;501000003;;Teatr;
Piotr Przykładowy;501000003;;;
=HYPERLINK("http://x");501000004;;;
Zła Osoba;774837723;xx;;2027-13-01
"""


async def tried(clerk: Clerk, content: bytes, name: str = "lista.csv") -> Seen:
    form = (await clerk.see("/panel/people/import")).form("/panel/people/import")
    data = FormData(form.fields)
    data.add_field("file", io.BytesIO(content), filename=name)
    return await clerk.post(form.action, data)


def names(club: Club) -> list[str]:
    return [one.person.full_name for one in club.do(roll)]


def everything(club: Club) -> dict[str, list[Any]]:
    """All that is kept, without who is logged in, and when they last did something."""
    return club.do(
        lambda tx: {
            table.name: sorted(map(tuple, tx.connection.execute(select(table))), key=str)
            for table in metadata.sorted_tables
            if table.name not in {"staff_session", "upload"}
        }
    )


@pytest.fixture
def club(database: Database) -> Club:
    club = Club(database, the_centre())
    club.person("Anna Przykładowa", "+48501000001")
    club.person("Piotr Przykładowy", "+48501000003")
    return club


async def test_every_row_has_its_fate_before_anything_is_written(club: Club) -> None:
    async with at_the_panel(club) as clerk:
        before = everything(club)
        seen = await tried(clerk, FILE.encode())
        after = everything(club)
        did = await clerk.send(seen.form("/panel/people/import/"))
        again = await clerk.send(seen.form("/panel/people/import/"))

    assert before == after
    assert "nowa osoba: 2, zmiana: 1, bez zmian: 1, powtórzona: 1, odrzucona: 2" in " ".join(
        seen.html.split()
    )
    for said in (
        "Może to ta sama osoba: Anna Przykładowa (501 000 001)", "To formuła", "co w wierszu 5",
        "telefon: To nie jest komórka", "kontrakt: To nie jest data", "język: Języki to",
    ):  # fmt: skip
        assert said in seen.html, said
    assert names(club) == ["Anna Przykładowa", "Piotr Przykładowy", "Nowa Osoba", "Anna Przykładowa"]
    assert "Co się stało" in did.html
    assert (again.status, "już wczytany" in again.html) == (409, True)


async def test_nothing_of_the_file_stands_in_the_page_that_is_sent_back(club: Club) -> None:
    async with at_the_panel(club) as clerk:
        seen = await tried(clerk, FILE.encode())

    form = seen.form("/panel/people/import/")
    assert [name for name, _ in form.fields] == ["token"]
    assert form.action.rsplit("/", 1)[1].isdigit()


async def test_somebody_elses_file_is_not_there(club: Club) -> None:
    async with at_the_panel(club) as clerk:
        form = (await tried(clerk, FILE.encode())).form("/panel/people/import/")
    async with at_the_panel(club, Role.ADMINISTRATOR) as other:
        token = (await other.see("/panel/people/import")).form("/panel/people/import").fields[0][1]
        seen = await other.post(form.action, {"token": token})
        unknown = await other.post(f"/panel/people/import/{10**20}", {"token": token})

    assert (seen.status, unknown.status, len(names(club))) == (409, 404, 2)


def a_workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def a_bomb() -> bytes:
    """A workbook of less than a megabyte that unpacks to 200 MB."""
    packed = io.BytesIO(a_workbook(["full_name"], ["Anna Testowa"]))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as parts:
        parts.writestr("xl/worksheets/sheet2.xml", b" " * 200_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Prosimy wybrać plik"),
        (b"\x00\x01\x02\x03", "Pierwszego wiersza"),
        (b"PK\x03\x04 and nothing more", "nie da się odczytać"),
        (b"\xd0\xcf\x11\xe0 old excel", "nie da się odczytać"),
        ("imię;nazwisko\nAnna;Testowa\n".encode(), "Nazwy kolumn"),
        (b"full_name\n" + b"Anna Testowa\n" * 1001, "więcej niż 1000 osób"),
        (a_bomb, "za duży"),
        (b"full_name\n" + b"x" * 5_100_000, "najwyżej 5 MB"),
        (b"full_name\n" + b"x" * 9_000_000, "najwyżej 5 MB"),
    ],
)
async def test_a_file_that_cannot_be_used_gets_a_clear_answer_and_changes_nothing(
    club: Club, content: bytes | Callable[[], bytes], says: str
) -> None:
    async with at_the_panel(club) as clerk:
        before = everything(club)
        seen = await tried(clerk, content if isinstance(content, bytes) else content())
        assert everything(club) == before

    assert seen.status in {413, 422}
    assert says in seen.html


async def test_hostile_cells_are_refused_or_are_text(club: Club) -> None:
    rows = [
        ["full_name", "phone", "groups"],
        ["<img src=x onerror=alert(1)>", None, None],
        ["Ala <script>alert(1)</script>", None, "=cmd"],
        ["Ola \u202eReversed", 501000020, None],
        ["A" * 10_000, None, None],
        ["-2+3", None, None],
    ]
    async with at_the_panel(club) as clerk:
        seen = await tried(clerk, a_workbook(*rows), "lista.xlsx")
        did = await clerk.send(seen.form("/panel/people/import/"))

    assert "<script>alert" not in seen.html + did.html
    assert "<img src=x" not in seen.html + did.html
    assert names(club)[2:] == ["Ola Reversed"]


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.SPECIALIST])
async def test_only_who_may_see_groups_imports_them(club: Club, role: Role) -> None:
    async with at_the_panel(club, role) as clerk:
        seen = await clerk.see("/panel/people/import")

    assert seen.status == (403 if role is Role.RECEPTION else 200)
