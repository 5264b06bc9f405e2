"""What a page, an address or a form may be asked by somebody who means ill: nothing breaks, nothing leaks, nothing runs."""

import io
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from panel.app import PAGES
from panel.asked import Show
from panel.sealed import PAGE
from scheduler.announced import Draft
from scheduler.announcing import worded
from scheduler.audience import Audience
from scheduler.drafts import begin
from scheduler.rights import may
from scheduler.staff import Role
from storage.database import Database
from storage.errors import DatabaseAway
from tests.panel.clerk import Clerk, Form, Seen, a_colleague, at_the_panel, on_sqlite, open_panel
from tests.panel.test_accessible import a_busy_club
from tests.panel.test_today import GROUP
from tests.panel.walk import Read, filled, walk

MARKUP = "Zoe<script>alert(1)</script>\"><img src=x onerror=alert(2)>'{{7*7}}${7*7}<b onclick=x>"
# The stricter database is tried with what only a database minds, the other with what a page minds.
HOSTILE = {
    "sqlite": (MARKUP, "x" * 10_000),
    "postgresql": ("a\u202eb\u2066c\x00d", "1" * 5_000, "9999-12-31", "10:00+01:00", "0001-01-01T00:00:00+14:00"),
}  # fmt: skip
NUMBERS = ("0", str(2**31), "1" * 5_000)
# What ends or hides the things that other forms stand for is tried after them.
LATE = re.compile("leave|end|erase|give-back|undo|unbook|drop|stop|password|language|revoke|close")
FIRST_FILLED = {"full_name": "Jan Próbny", "name": "Jan Próbny", "pl": "Zebranie", "phone": "501502503"}


async def a_token(clerk: Clerk) -> str:
    return dict((await clerk.see("/panel/account")).form("/panel/leave").fields)["token"]


@on_sqlite
@pytest.mark.parametrize("role", list(Role))
async def test_every_page_that_a_role_comes_to_is_sealed_and_has_nothing_inline(
    role: Role, database: Database
) -> None:
    seen_paths, wrong = set(), []
    async with at_the_panel(a_busy_club(database), role) as clerk:
        async for seen in walk(clerk):
            seen_paths.add(seen.path)
            wrong += [f"{seen.path}: {one}" for one in Read.of(seen.html).forbidden]
            assert seen.status in {200, 403, 404, 409}, (seen.path, seen.status)
            assert {name: seen.headers.get(name) for name in PAGE} == PAGE, seen.path
            if role is Role.RECEPTION:
                assert GROUP not in seen.html, seen.path

    assert wrong == []
    assert len(seen_paths) > len({page.path for page in PAGES if isinstance(page, Show)}) / 2


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_no_number_in_an_address_breaks_anything_or_shows_anybody(database: Database) -> None:
    club = a_busy_club(database)

    async with at_the_panel(club, Role.ADMINISTRATOR) as clerk:
        token = await a_token(clerk)
        for page in PAGES:
            for number in NUMBERS if "{" in page.path else ():
                at = filled(page.path, number)
                seen = await (clerk.see(at) if isinstance(page, Show) else clerk.post(at, {"token": token}))
                assert seen.status in {403, 404, 409}, (page.path, number[:20], seen.status)
                assert "Przykładowa" not in seen.html, page.path
                assert 'role="alert"' in seen.html, page.path


async def test_no_value_in_any_field_or_question_breaks_anything_or_becomes_markup(
    database: Database,
) -> None:
    club = a_busy_club(database)
    hostile = HOSTILE[database.engine.dialect.name]
    wrong = []

    async with at_the_panel(club, Role.ADMINISTRATOR) as clerk:
        for form in await forms(clerk):
            for value in hostile:
                async for seen in tried(clerk, form, value):
                    assert seen.status < 500, (form.action, value[:40])
                    if value == MARKUP:
                        wrong += [f"{form.action}: {one}" for one in Read.of(seen.html).forbidden]
        pages = [Read.of(seen.html) async for seen in walk(clerk)] if MARKUP in hostile else []

    assert wrong + [one for page in pages for one in page.forbidden] == []
    assert any(MARKUP in page.text for page in pages) or not pages, "nothing was kept of it"


async def forms(clerk: Clerk) -> list[Form]:
    """One of each kind that stands on a page; what an address's question can hold counts as a form."""
    found: dict[Any, Form] = {}
    async for seen in walk(clerk):
        for form in seen.forms:
            kind = re.sub(r"\d+", "#", form.action) if form.method == "post" else form.action
            found.setdefault((kind, form.method, tuple(name for name, _ in form.fields)), form)
    asked = [Form(path, fields=[(name, "") for name in names]) for path, names in QUESTIONS.items()]
    known = [one for one in found.values() if not one.action.startswith("/panel/leave")]
    return asked + sorted(known, key=lambda one: bool(LATE.search(one.action)))


QUESTIONS = {
    "/panel/": ("day", "done", "of"),
    "/panel/today/board": ("day",),
    "/panel/week": ("day", "by"),
    "/panel/sheet": ("day", "by"),
    "/panel/book": ("person", "service", "station", "day", "time", "specialist", "after"),
    "/panel/book/people": ("q",),
    "/panel/visits/1/move": ("day", "time", "specialist", "after"),
    "/panel/people": ("only", "after"),
    "/panel/contacts": ("q", "person"),
    "/panel/messages": ("days", "person", "before", "status", "purpose", "channel"),
    "/panel/announcements/new": ("instead",),
    "/panel/absences/new": ("specialist", "room", "first", "last", "from", "to"),
    "/panel/hours/1": ("what", "since"),
    "/panel/waiting/new": ("person", "service", "group"),
    "/panel/enter": ("to", "language", "over", "done", "of"),
}


async def tried(clerk: Clerk, form: Form, value: str) -> AsyncIterator[Seen]:
    """With that value in every field at once, and the text that a page shows again in each field alone."""
    hidden = {"token"} if form.method == "post" else set()
    kept = [(name, said or FIRST_FILLED.get(name, "")) for name, said in form.fields]
    names = {name for name, _ in (*form.fields, *form.buttons)} - hidden
    wishes = [names, *({one} for one in names if value == MARKUP and len(names) > 1)]
    for wish in wishes:
        fields = [(name, said) for name, said in kept if name not in wish and name != "once"]
        fields += [(name, value) for name in sorted(wish)]
        if form.method == "post":
            yield await clerk.post(form.action, fields)
        else:
            yield await clerk.see(form.action, params=[(name, said[:5_000]) for name, said in fields])


@on_sqlite
async def test_what_somebody_else_has_begun_to_write_is_nobodys_to_read_or_send(database: Database) -> None:
    club = a_busy_club(database)
    writer = a_colleague(club, Role.COORDINATOR, "Ewa Pisząca")
    theirs = Draft(worded({"pl": "Jeszcze nie wysłane."}, asks=False), Audience())
    number = club.do(lambda tx: begin(tx, theirs, by=writer)).id

    async with at_the_panel(club, Role.ADMINISTRATOR) as other:
        token = await a_token(other)
        for page in PAGES:
            if page.path.startswith("/announcements/{"):
                at = filled(page.path, number)
                seen = await (other.see(at) if isinstance(page, Show) else other.post(at, {"token": token}))
                assert seen.status in {403, 409}, page.path
                assert "Jeszcze nie" not in seen.html
        seen = await other.see(f"/panel/announcements/new?instead={number}")
        listed = await other.see("/panel/announcements")

    assert "Jeszcze nie" not in seen.html + listed.html


@on_sqlite
async def test_a_token_of_another_session_is_as_good_as_none(database: Database) -> None:
    club = a_busy_club(database)
    someone = a_colleague(club, Role.ADMINISTRATOR, "Ewa Inna")

    async with open_panel(club) as base, Clerk(base, club, someone) as one, Clerk(base, club, someone) as two:
        theirs = await a_token(two)
        for page in PAGES:
            if not isinstance(page, Show):
                assert (await one.post(filled(page.path, 1), {"token": theirs})).status == 403, page.path
        assert (await two.see("/panel/")).status == 200


@on_sqlite
async def test_a_page_kept_by_a_browser_says_nothing_of_anybody_elses(database: Database) -> None:
    """Whoever knows the tag of a colleague's page still gets their own, or the door."""
    club = a_busy_club(database)
    boss, desk = a_colleague(club, Role.ADMINISTRATOR), a_colleague(club, Role.RECEPTION, "Ola Druga")

    async with open_panel(club) as base, Clerk(base, club, boss) as one, Clerk(base, club, desk) as two:
        known = {"If-None-Match": (await one.see("/panel/figures")).headers["ETag"]}
        same = await one.see("/panel/figures", headers=known)
        other = await two.see("/panel/figures", headers=known)
        two.http.cookie_jar.clear()
        nobody = await two.see("/panel/figures", headers=known, allow_redirects=False)

    assert (other.status, nobody.status) == (403, 303)
    assert same.status in {200, 304}
    assert not any(
        may(Role.RECEPTION, page.right) for page in PAGES if page.path == "/figures" and page.right
    )


@on_sqlite
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
async def test_no_other_method_does_anything(method: str, database: Database) -> None:
    async with at_the_panel(a_busy_club(database)) as clerk:
        for page in PAGES:
            async with clerk.http.request(method, f"{clerk.base}{filled(page.path, 1)}") as answer:
                assert answer.status == 405, page.path
                assert {name: answer.headers.get(name) for name in PAGE} == PAGE


@on_sqlite
async def test_a_head_is_for_what_is_looked_at(database: Database) -> None:
    shown = {page.path for page in PAGES if isinstance(page, Show)}
    async with at_the_panel(a_busy_club(database), Role.ADMINISTRATOR) as clerk:
        for page in PAGES:
            async with clerk.http.head(f"{clerk.base}{filled(page.path, 1)}") as answer:
                assert (answer.status == 405, await answer.read()) == (page.path not in shown, b""), page.path


@on_sqlite
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"x" * 6_000_000, "multipart/form-data; boundary=b", 413),
        (b"--b\r\nnothing of the kind", "multipart/form-data; boundary=b", 400),
        (b"", "multipart/form-data", 400),
        (b"\xff\xfe" * 99, "multipart/form-data; boundary=\xff".encode().decode(), 400),
        (b"a=1&" * 2_000, "application/x-www-form-urlencoded", 400),
        (b"token=" + b"x" * 2_000_000, "application/x-www-form-urlencoded", 400),
        (b'{"token": 1}', "application/json", 403),
        (b"%ff%00&%=&&&=", "application/x-www-form-urlencoded", 403),
    ],
    ids=["large", "broken", "no boundary", "no text", "many fields", "a large field", "JSON", "no words"],
)
async def test_a_body_that_is_no_form_of_ours_gets_a_plain_page(
    body: bytes, kind: str, status: int, database: Database
) -> None:
    async with at_the_panel(a_busy_club(database)) as clerk:
        seen = await clerk.post("/panel/people/import", io.BytesIO(body), headers={"Content-Type": kind})

    assert (seen.status, 'role="alert"' in seen.html) == (status, True)
    assert {name: seen.headers.get(name) for name in PAGE} == PAGE


@on_sqlite
async def test_a_body_without_an_end_is_not_read(database: Database) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"token=1&"

    async with at_the_panel(a_busy_club(database)) as clerk:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        assert (await clerk.post("/panel/people/import", endless(), headers=kind)).status == 413


@on_sqlite
async def test_what_a_spreadsheet_would_run_is_taken_along_as_text(database: Database) -> None:
    club = a_busy_club(database)
    club.person("Zdzisław\t=1+1", "+48501777001")

    async with at_the_panel(club, Role.ADMINISTRATOR) as clerk:
        form = (await clerk.see("/panel/people")).form("/panel/people/list")
        async with clerk.http.post(f"{clerk.base}{form.action}", data=form.fields) as answer:
            file = (await answer.read()).decode("utf-8-sig")
            assert answer.headers["Content-Disposition"].startswith("attachment;")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"

    cells = [cell.strip('"') for line in file.splitlines() for cell in line.split(";")]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@", "\t"}]


class Fragile(Database):
    """Can be away, as a server that has gone is once it was worth waiting for."""

    is_away = False

    async def read(self, *asked: Any) -> Any:
        return await super().read(*self._unless_away(asked))

    async def write(self, *asked: Any, **more: Any) -> Any:
        return await super().write(*self._unless_away(asked), **more)

    def _unless_away(self, asked: Any) -> Any:
        if self.is_away:
            raise DatabaseAway
        return asked


@on_sqlite
async def test_a_database_that_is_away_is_told_on_a_plain_page(database: Database, database_url: str) -> None:
    """Whoever opens a page, sends a form or tries to come in is told what to do."""
    club = a_busy_club(database)
    club.database = fragile = Fragile(database_url)

    async with at_the_panel(club) as clerk, Clerk(clerk.base, club, None) as stranger:
        form = (await clerk.see("/panel/account")).form("/panel/leave")
        door = (await stranger.see("/panel/enter")).form("/panel/enter")
        fragile.is_away = True
        told = [await clerk.see("/panel/"), await clerk.send(form), await stranger.send(door)]
        fetched = await clerk.see("/panel/today/board", headers={"Sec-Fetch-Dest": "empty"})
    fragile.close()

    assert [one.status for one in (*told, fetched)] == [503, 503, 503, 503]
    assert all("termin doctor" in one.html and one.headers["Retry-After"] == "30" for one in told)
    assert {name: told[0].headers.get(name) for name in PAGE} == PAGE
