"""The panel's one way in: who asks, whether they may, one transaction, and what goes back."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from config.centre import Centre
from panel.asked import Act, Answer, Asked, Download, Go, Page, Show
from panel.brought import Brought, brought, check_size
from panel.forgery import came_from_us
from panel.looks import Looks
from panel.refusals import refusal
from panel.render import Reader, Renderer
from panel.speech import Speech
from scheduler.accounts import OneTime, Signed, form_token, is_form_token, session_of, touch
from scheduler.clock import Clock
from scheduler.errors import Refused
from scheduler.rights import NotAllowed, Right, may
from scheduler.staff import Role
from storage import audit, inbox
from storage.database import Database, Transaction
from words.compose import Composer

COOKIE = "termin"
LARGEST = 2**31 - 1  # of the numbers in addresses
MENU_LANGUAGE = "pl"
OPEN_TO_NEW = ("/panel/account", "/panel/leave")  # to who has a one-time password


LogIns = tuple[tuple[Role, OneTime], ...]  # of whom the demo lets anybody be


class _Id(IntegerConvertor):
    """A number no longer than those that a database of ours gives."""

    regex = "[0-9]{1,10}"


register_url_convertor("id", _Id())


class NotLoggedIn(Exception):
    """Nobody is, or no longer."""


class Forged(Exception):
    """The form did not come from a page of ours that this session was shown."""


class SentTwice(Exception):
    """That very form was taken before."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the panel is made of.

    Attributes:
        key: signs sessions and forms.
        account: the SMS sender of new numbers.
        log_ins: shown at the door; none but the demo has any.
        bot_name: what Telegram calls the bot, without asking it; None while that is not known.
    """

    database: Database
    clock: Clock
    centre: Centre
    composer: Composer
    key: bytes
    public_url: str | None = None
    account: str | None = None
    log_ins: LogIns = ()
    bot_name: Callable[[], str | None] = lambda: None

    @property
    def is_https(self) -> bool:
        return (self.public_url or "").startswith("https:")


class Desk:
    """Turns pages and acts into routes."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.speech = Speech(parts.composer, parts.centre.zone)
        self.renderer = Renderer(parts.centre, self.speech)
        self.looks = Looks(parts.clock)
        self.cookie = f"__Host-{COOKIE}" if parts.is_https else COOKIE

    def show(self, page: Show) -> Route:
        async def handle(request: Request) -> Response:
            _check_text(request.query_params.values())
            token = request.cookies.get(self.cookie, "")

            def work(tx: Transaction) -> tuple[Signed, Response]:
                staff = self._staff(tx, token, page.right, request)
                answer = page.answer(self._asked(tx, staff, request))
                return staff, self.response(answer, self._reader(request, staff, token), request)

            staff, response = await self.parts.database.read(work, self.parts.clock.now())
            if staff.to_touch and not _is_fetched(request):  # an open page alone keeps nobody logged in
                await self.parts.database.write(
                    lambda tx: touch(tx, staff.session_id), self.parts.clock.now()
                )
            return response

        return Route(_counted(page.path), self._guarded(handle), methods=["GET"])

    def act(self, act: Act) -> Route:
        async def handle(request: Request) -> Response:
            await check_size(request)
            token = request.cookies.get(self.cookie, "")
            async with request.form() as sent:
                form = await brought(sent)
            given = form.texts.get("token", "")
            if not (came_from_us(request) and is_form_token(self.parts.key, token, given)):
                raise Forged
            _check_text(value for values in form.many.values() for value in values)

            def filled(tx: Transaction) -> Asked:
                staff = self._staff(tx, token, act.right, request)
                asked = self._asked(tx, staff, request)
                return replace(asked, form=form.texts, many=form.many, files=form.files)

            def work(tx: Transaction) -> tuple[Signed, Answer]:
                asked = filled(tx)
                if asked.staff.to_touch:
                    touch(tx, asked.staff.session_id)
                _once(tx, asked.staff, form)
                return asked.staff, act.answer(replace(asked, found=found))

            found = await self._looked(act, filled)
            staff, answer = await self.parts.database.write(work, self.parts.clock.now())
            reader = self._reader(request, staff, token)
            return await asyncio.to_thread(self.response, answer, reader, request)

        return Route(_counted(act.path), self._guarded(handle), methods=["POST"])

    async def _looked(self, act: Act, filled: Callable[[Transaction], Asked]) -> object:
        """What the look found that the act takes beside every transaction; None if it takes none."""
        look = act.look
        if look is None:
            return None
        now = self.parts.clock.now()
        return await self.looks.take(await self.parts.database.read(lambda tx: look(filled(tx)), now))

    def response(self, answer: Answer, reader: Reader, request: Request) -> Response:
        """The answer over HTTP; a page that is asked for again and has not changed is not sent again."""
        match answer:
            case Go():
                return RedirectResponse(_address(answer), 303)
            case Download():
                named = {"Content-Disposition": f'attachment; filename="{answer.name}"'}
                return Response(answer.content, headers=named, media_type=answer.media_type)
            case Page():
                html = self.renderer.html(answer, reader)
                tag = f'"{hashlib.sha256(html.encode()).hexdigest()[:32]}"'
                if request.headers.get("If-None-Match") == tag:
                    return Response(status_code=304, headers={"ETag": tag})
                return HTMLResponse(html, answer.status, {"ETag": tag})

    def _guarded(self, handle: Callable[[Request], Awaitable[Response]]) -> Any:
        """What every address answers alike: to whoever is not logged in, may not, or asks for what can't be had."""

        async def guarded(request: Request) -> Response:
            try:
                return await handle(request)
            except NotLoggedIn:
                return self._to_the_door(request)
            except SentTwice:
                return RedirectResponse("/panel/", 303)
            except (Forged, Refused) as error:
                return await self._refuse(request, error)

        return guarded

    def _to_the_door(self, request: Request) -> Response:
        if _is_fetched(request):
            return Response("log in again: /panel/enter", 401)
        if request.method != "GET":
            return RedirectResponse("/panel/enter?over=1", 303)  # and says that nothing was saved
        wanted = request.url.path  # without what was searched for: no name stands in an address
        way = "" if wanted == "/panel/" else f"?{urlencode({'to': wanted})}"
        return RedirectResponse(f"/panel/enter{way}", 303)

    async def _refuse(self, request: Request, error: Exception) -> Response:
        token, now = request.cookies.get(self.cookie, ""), self.parts.clock.now()

        def who(tx: Transaction) -> Signed | None:
            staff = session_of(tx, token, self.parts.key)
            if staff and isinstance(error, NotAllowed):
                audit.note(tx, "staff", "refused", actor_id=staff.person_id, details={"right": error.right})
            return staff

        database = self.parts.database
        do = database.write if isinstance(error, NotAllowed) else database.read
        staff = await do(who, now)
        reader = self._reader(request, staff, token)
        page = refusal(self.speech.in_language(reader.language), error)
        return await asyncio.to_thread(self.response, page, reader, request)

    def _staff(self, tx: Transaction, token: str, right: Right | None, request: Request) -> Signed:
        """Who asks, looked up in the same transaction as what they ask for.

        Raises:
            NotLoggedIn, NotAllowed.
        """
        staff = session_of(tx, token, self.parts.key) if token else None
        if staff is None or (staff.must_change and not request.url.path.startswith(OPEN_TO_NEW)):
            raise NotLoggedIn
        if right is not None and not may(staff.role, right):
            raise NotAllowed(right)
        tx.staff_id = staff.person_id
        return staff

    def _asked(self, tx: Transaction, staff: Signed, request: Request) -> Asked:
        if any(isinstance(one, int) and one > LARGEST for one in request.path_params.values()):
            raise Refused  # no database counts so far
        words = self.speech.in_language(staff.language)
        return Asked(
            tx, self.parts.centre, words, staff, request.path_params, dict(request.query_params),
            account=self.parts.account, key=self.parts.key, base=self._base(request), bot_name=self.parts.bot_name(),
        )  # fmt: skip

    def _base(self, request: Request) -> str:
        """The club's address as it is seen from outside."""
        return self.parts.public_url or str(request.base_url).rstrip("/").removesuffix("/panel")

    def _reader(self, request: Request, staff: Signed | None, token: str) -> Reader:
        language = staff.language if staff else MENU_LANGUAGE
        sealed = form_token(self.parts.key, token)
        return Reader(staff, language, request.url.path, sealed, dict(request.query_params))


def _is_fetched(request: Request) -> bool:
    """By a live part of a page that is open, and not by somebody who looks at another."""
    return request.headers.get("Sec-Fetch-Dest") == "empty"


def _counted(path: str) -> str:
    return path.replace(":int}", ":id}")


def _address(to: Go) -> str:
    parts = [f"done={to.done}"] * bool(to.done) + [f"of={to.of}"] * (to.of is not None)
    joint = "&" if "?" in to.path else "?"
    return f"{to.path}{joint}{'&'.join(parts)}" if parts else to.path


def _check_text(values: Iterable[str]) -> None:
    """Raises Forged for a NUL: PostgreSQL keeps none, and no browser sends one."""
    if any("\x00" in value for value in values):
        raise Forged


def _once(tx: Transaction, staff: Signed, form: Brought) -> None:
    """A form that makes something carries a number of its own: pressed twice it is taken once."""
    number = form.texts.get("once", "")[:64]
    if number and inbox.take_in(tx, "panel", str(staff.person_id), number) is None:
        raise SentTwice
