"""The door of the panel: user name and password, and a code from a phone where one is set up.

Nobody has a session here, so a form is known by a token that belongs to a cookie of the door's own.
"""

import asyncio
import hmac
import ipaddress
import math
import re
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from panel.asked import Page
from panel.desk import Desk
from panel.forgery import came_from_us
from panel.render import Reader
from panel.speech import language_for
from scheduler.accounts import keyed, session_of
from scheduler.knocking import Knock, MustWait, halfway, knock, knock_halfway, let_in, note_failure
from scheduler.passwords import fits
from storage.database import Transaction

FORM = Middleware(RequestBodyLimitMiddleware, max_body_size=16 * 1024)
HOME, ACCOUNT = "/panel/", "/panel/account"
OWN_PAGE = re.compile(r"/panel/(?!enter|leave|static)[\w/-]*(\?[\w=&%.+-]*)?", re.ASCII)

Step = Callable[["Caller"], Awaitable[Response]]


class Caller:
    """Somebody at the door, and the form they sent."""

    def __init__(self, request: Request, form: dict[str, str], key: bytes, cookie: str) -> None:
        self.request, self.form, self._key = request, form, key
        self.cookie = request.cookies.get(cookie) or secrets.token_urlsafe(16)

    @property
    def token(self) -> str:
        """What a form of theirs has to bring with it."""
        return keyed(self._key, "door", self.cookie)

    @property
    def came_from_us(self) -> bool:
        given = self.form.get("token", "")
        return came_from_us(self.request) and hmac.compare_digest(given.encode(), self.token.encode())

    @property
    def to(self) -> str:
        """The page they wanted, if it is one of ours."""
        wanted = self.form.get("to") or self.request.query_params.get("to", "")
        return wanted if OWN_PAGE.fullmatch(wanted) else HOME

    @property
    def language(self) -> str:
        """What they chose on the page, or what the browser asks for first of what we speak."""
        chosen = self.request.query_params.get("language", "")
        return language_for(self.request.headers.get("Accept-Language", ""), chosen)

    @property
    def origin(self) -> str:
        """Where they call from: a network, as one house may have a great many addresses of IPv6."""
        peer = self.request.client.host if self.request.client else ""
        address = _address(peer)
        if address is not None and address.is_loopback:  # a server in front of us on the same machine
            said = self.request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
            address = _address(said) or address
        if isinstance(address, ipaddress.IPv6Address):
            return str(ipaddress.ip_network((address, 64), strict=False))
        return str(address or peer)


class Door:
    """The addresses that are open to everybody."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._parts = desk, desk.parts
        self._cookie = f"{desk.cookie}-door"

    def routes(self) -> list[Route]:
        return [
            Route("/enter", self._taken(self._opened), methods=["GET"]),
            Route("/enter", self._taken(self._password), methods=["POST"], middleware=[FORM]),
            Route("/enter/code", self._taken(self._code), methods=["POST"], middleware=[FORM]),
        ]

    def _taken(self, step: Step) -> Callable[[Request], Awaitable[Response]]:
        async def handle(request: Request) -> Response:
            fields = (await request.form()).multi_items() if request.method == "POST" else ()
            # PostgreSQL keeps no NUL, and nobody's log-in has one.
            form = {name: value.replace("\x00", "") for name, value in fields if isinstance(value, str)}
            caller = Caller(request, form, self._parts.key, self._cookie)
            if request.method == "POST" and not caller.came_from_us:
                return await self._again(caller, "enter_forged", 403)
            try:
                return await step(caller)
            except MustWait as refused:
                return await self._must_wait(caller, refused)

        return handle

    async def _opened(self, caller: Caller) -> Response:
        """Whoever is in already is led on."""
        token = caller.request.cookies.get(self._desk.cookie, "")
        staff = await self._read(lambda tx: session_of(tx, token, self._parts.key)) if token else None
        if staff is None:
            error = "enter_over" if "over" in caller.request.query_params else ""
            return await self._page(caller, "enter.html", error, login="")
        return RedirectResponse(ACCOUNT if staff.must_change else caller.to, 303)

    async def _password(self, caller: Caller) -> Response:
        login, password = caller.form.get("login", ""), caller.form.get("password", "")
        found = await self._read(lambda tx: knock(tx, login, caller.origin, self._parts.key))
        if not await self._desk.looks.take(lambda: fits(password, found.password_hash)):
            await self._write(lambda tx: note_failure(tx, found))
            return await self._again(caller, "enter_wrong", 422)
        if found.needs_code:
            ticket = await self._read(lambda tx: halfway(tx, found, self._parts.key))
            return await self._page(caller, "enter_code.html", ticket=ticket)
        return await self._in(caller, found) or await self._again(caller, "enter_wrong", 422)

    async def _code(self, caller: Caller) -> Response:
        ticket, code = caller.form.get("ticket", ""), caller.form.get("code", "")
        found = await self._read(lambda tx: knock_halfway(tx, ticket, caller.origin, self._parts.key))
        if found is None:
            return await self._again(caller, "enter_late", 422)
        is_in = await self._in(caller, found, code)
        return is_in or await self._page(caller, "enter_code.html", "enter_code_wrong", 422, ticket=ticket)

    async def _in(self, caller: Caller, found: Knock, code: str | None = None) -> Response | None:
        """On to the page they wanted, with a cookie that was never seen before; None if the account or the code does not fit."""
        token = await self._write(lambda tx: let_in(tx, found, self._parts.key, code))
        if token is None:
            return None
        response = RedirectResponse(caller.to, 303)
        response.delete_cookie(self._cookie, **self._cookies)
        response.set_cookie(self._desk.cookie, token, samesite="lax", **self._cookies)
        return response

    async def _again(self, caller: Caller, error: str, status: int, **values: object) -> Response:
        """The first page, with what was wrong; who mistyped the password need not type the name again."""
        return await self._page(
            caller, "enter.html", error, status, login=caller.form.get("login", "")[:64], **values
        )

    async def _must_wait(self, caller: Caller, refused: MustWait) -> Response:
        seconds = math.ceil((refused.until - self._parts.clock.now()).total_seconds())
        if seconds < 60:
            response = await self._again(caller, "enter_wait_seconds", 429, wait=max(1, seconds))
        else:
            response = await self._again(caller, "enter_wait_minutes", 429, wait=math.ceil(seconds / 60))
        response.headers["Retry-After"] = str(max(1, seconds))
        return response

    async def _page(
        self, caller: Caller, template: str, error: str = "", status: int = 200, **values: object
    ) -> Response:
        """A page of the door's own; it brings its cookie with it."""
        shown: dict[str, Any] = {"error": error, "to": caller.to, "wait": 0, "shown": self._parts.log_ins}
        done = {"done": caller.request.query_params.get("done", "")}
        reader = Reader(None, caller.language, "/panel/enter", caller.token, done)
        page = Page(template, shown | values)
        html = await asyncio.to_thread(self._desk.renderer.html, page, reader)
        response = HTMLResponse(html, status)
        response.set_cookie(self._cookie, caller.cookie, samesite="strict", **self._cookies)
        return response

    @property
    def _cookies(self) -> dict[str, Any]:
        """A cookie with the prefix __Host- is of this host alone, and never goes over plain HTTP."""
        return {
            "path": "/" if self._parts.is_https else "/panel",
            "secure": self._parts.is_https,
            "httponly": True,
        }

    async def _read(self, work: Callable[[Transaction], Any]) -> Any:
        return await self._parts.database.read(work, self._parts.clock.now())

    async def _write(self, work: Callable[[Transaction], Any]) -> Any:
        return await self._parts.database.write(work, self._parts.clock.now())


def _address(said: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(said)
    except ValueError:
        return None
