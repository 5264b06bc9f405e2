"""A member of staff at the panel, over HTTP: opens pages, and sends the very forms that stand on them, as a browser without JavaScript does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from types import TracebackType
from typing import Any, Self

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from panel.app import panel
from panel.desk import COOKIE, Parts
from scheduler.accounts import begin_session, open_account
from scheduler.clock import Clock
from scheduler.passwords import Cost, draw
from scheduler.staff import Colleague, Role, add_staff
from storage import accounts, people
from storage.database import Transaction
from tests.builders import Club
from tests.servers import serving
from tests.words.builders import the_composer

# What a page shows is the same on either database: pages are tried on one, decisions (in tests/scheduler) on both.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

KEY = b"a key for tests"
CHEAP = Cost(1, 8, 1)  # argon2 at its quickest


class SetClock(Clock):
    """Shows what it was set to."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.shown = now

    def now(self) -> datetime:
        return self.shown


@dataclass
class Form:
    """A form of a page: where it leads, what stands in it, and the buttons that send a value."""

    action: str
    method: str = "get"
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Seen:
    """What came back, after whatever redirects."""

    status: int
    html: str
    path: str
    forms: list[Form]
    headers: Any

    def form(self, action: str) -> Form:
        """The first form that leads there, by the beginning of its address."""
        found = [one for one in self.forms if one.action.startswith(action)]
        assert found, f"{self.path} has no form to {action}, but {[one.action for one in self.forms]}"
        return found[0]

    def form_with(self, name: str) -> Form:
        """The first form in which a field of that name is filled in."""
        return next(one for one in self.forms if any(field == name for field, _ in one.fields))


class Clerk:
    """Logged in, unless `staff_id` is None."""

    def __init__(self, base: str, club: Club, staff_id: int | None) -> None:
        self.base, self.club, self.staff_id = base, club, staff_id
        self.token = ""

    async def __aenter__(self) -> Self:
        if self.staff_id is not None:
            self.token = self.club.do(lambda tx: begin_session(tx, self.staff_id or 0, KEY))
        known = {COOKIE: self.token} if self.token else {}
        self.http = aiohttp.ClientSession(cookies=known, cookie_jar=aiohttp.CookieJar(unsafe=True))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.http.close()

    async def see(self, path: str, **more: Any) -> Seen:
        async with self.http.get(f"{self.base}{path}", **more) as answer:
            return await _seen(answer)

    async def post(self, path: str, fields: Any, **more: Any) -> Seen:
        """As it is, without a page having been opened."""
        async with self.http.post(f"{self.base}{path}", data=fields, **more) as answer:
            return await _seen(answer)

    async def send(self, form: Form, press: str | None = None, **filled: Any) -> Seen:
        """Fill in a form's fields and press its button, by name or by "name=value"; a list ticks several boxes."""
        known = {name for name, _ in form.fields}
        assert set(filled) <= known, f"no such field: {set(filled) - known}"
        fields = [pair for pair in form.fields if pair[0] not in filled]
        for name, value in filled.items():
            fields += [(name, str(one)) for one in (value if isinstance(value, list) else [value])]
        if press is not None:
            fields.append(next(one for one in form.buttons if press in (one[0], "=".join(one))))
        if form.method == "get":
            return await self.see(form.action, params=fields)
        return await self.post(form.action, fields)


@asynccontextmanager
async def at_the_panel(
    club: Club, role: Role = Role.COORDINATOR, *, clock: Clock | None = None, language: str = "pl"
) -> AsyncIterator[Clerk]:
    """Somebody of that role at the panel of that club, over real HTTP."""
    staff_id = a_colleague(club, role, language=language)
    async with open_panel(club, clock) as base, Clerk(base, club, staff_id) as clerk:
        yield clerk


@asynccontextmanager
async def open_panel(club: Club, clock: Clock | None = None, **more: Any) -> AsyncIterator[str]:
    """The panel of that club, served; yields the base address."""
    shown = clock or SetClock(club.now)
    parts = Parts(club.database, shown, club.centre, the_composer(), KEY, account="+48732000001", **more)
    async with serving(Starlette(routes=[Mount("/panel", panel(parts))])) as base:
        yield base


def a_colleague(club: Club, role: Role, name: str = "", *, language: str = "pl") -> int:
    """Somebody on the staff who can log in, with a password of their own."""

    def work(tx: Transaction) -> int:
        person_id = add_staff(tx, Colleague(name or f"Osoba {role.value.title()}", role))
        open_account(tx, person_id, draw(CHEAP))
        accounts.change_account(tx, person_id, must_change=False)
        people.change_person(tx, person_id, language=language)
        return person_id

    return int(club.do(work))


def forms_of(html: str) -> list[Form]:
    """Every form that stands on a page."""
    page = _Forms()
    page.feed(html)
    return page.forms


async def _seen(answer: aiohttp.ClientResponse) -> Seen:
    html = await answer.text() if (answer.content_type or "").startswith("text/") else ""
    return Seen(answer.status, html, answer.url.path, forms_of(html), answer.headers)


class _Forms(HTMLParser):
    """Reads the forms of a page as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select, self._is_chosen = "", False
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(has.get("action", ""), has.get("method", "get"))
            self.forms.append(self._form)
        form = next((one for one in self.forms if one.action == has.get("form")), self._form)
        if form is None:
            return
        if tag == "input":
            self._input(form, has)
        elif tag == "button" and "name" in has:
            form.buttons.append((has["name"], has.get("value", "")))
        elif tag == "select":
            self._select, self._is_chosen = has.get("name", ""), False
        elif tag == "option" and self._select:
            self._option(form, has)
        elif tag == "textarea":
            form.fields.append((has.get("name", ""), ""))
            self._area = has.get("name", "")

    def handle_data(self, data: str) -> None:
        if self._area is not None and self._form:
            name, value = self._form.fields[-1]
            self._form.fields[-1] = (name, value + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = None

    def _input(self, form: Form, has: dict[str, str]) -> None:
        kind = has.get("type", "text")
        if kind in ("submit", "file") or "name" not in has:
            return
        if kind not in ("checkbox", "radio") or "checked" in has:
            form.fields.append((has["name"], has.get("value", "on" if kind == "checkbox" else "")))

    def _option(self, form: Form, has: dict[str, str]) -> None:
        """The first one counts until another is chosen."""
        chosen = (self._select, has.get("value", ""))
        if "selected" in has and self._is_chosen:
            form.fields[-1] = chosen
        elif not self._is_chosen:
            form.fields.append(chosen)
            self._is_chosen = True
