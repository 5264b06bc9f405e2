"""The demo's stage: one web server throughout, and on it one club after the other, each begun afresh."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.demo.cast import Cast, Member, enter, first_morning
from bot.demo.front import front_page
from bot.demo.monday import with_more_hours
from bot.demo.past import look_back
from bot.demo.state import slip_of, state_of
from bot.demo.walk import Walk, follow
from bot.ending import end_on_signals
from bot.main import Termin
from bot.page import HEADERS
from bot.server import listen, serving
from config.centre import Centre, load_centre
from config.settings import Settings
from sandbox.app import build
from sandbox.pace import Limits
from sandbox.twilio.account import Replies
from sandbox.world import World
from scheduler.clock import Clock
from scheduler.plant import plant
from storage.database import Transaction
from storage.migrate import create

log = logging.getLogger("bot.demo")

DATABASE = Path("var/demo.db")
BOT, TOKEN = "7000000001", "7000000001:pretend-token-of-the-demo"
ACCOUNT, AUTH_TOKEN, NUMBER = "AC" + "0" * 32, "pretend-auth-token-of-the-demo", "+48732100100"
AWAY = JSONResponse({"ready": False}, 503)
RESET_SECONDS = 20
REPLIES = Replies(  # as a club would set them at Twilio: in Polish, each one part
    stop="Ten numer nie dostanie juz wiadomosci. Spotkania zostaja. START wlacza wiadomosci z powrotem.",
    start="Ten numer jest odblokowany. STOP blokuje go znowu.",
    help="Zapisy na spotkania: prosimy napisac POMOC. STOP wylacza wiadomosci. Biuro: 77 483 77 23 wew. 103",
)
A_MOMENT = (0.2, 0.6, 1.2)  # seconds from queued to sending, sent and delivered: to be seen on the phones


class Stage:
    """One demo."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._settings = demo_settings(port)
        self._centre = with_more_hours(without_caps(load_centre(self._settings.centre)))
        self._begin_at = first_morning(self._centre, datetime.now(UTC).date())
        self._world = World(
            telegram_token=TOKEN,
            twilio_account_sid=ACCOUNT,
            twilio_auth_token=AUTH_TOKEN,
            twilio_number=NUMBER,
            club_url=self._base,
            starts_at=self._begin_at,
            replies=REPLIES,
            limits=Limits(delivery_seconds=A_MOMENT),
        )
        self._over, self._again, self._open = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._club: ASGIApp = AWAY

    async def play(self) -> None:
        """Listen first, then let the club work; at the end the club stops first."""
        end_on_signals(self._over)
        listener = listen(self._settings.host, self._settings.port)
        async with serving(self._web(), listener, before_drain=self._world.stop) as server:
            server.add_done_callback(lambda _: self._over.set())
            while not self._over.is_set():
                await self._one_club()
        await self._world.close()

    async def _one_club(self) -> None:
        """From an empty database to the next start, or to the end."""
        self._again.clear()
        self._world.reset(self._begin_at)
        await asyncio.to_thread(_empty_database, self._settings.database_url)
        clock = Clock(self._begin_at - datetime.now(UTC))
        termin = Termin(self._settings, clock=clock, centre=self._centre)
        try:
            cast = await self._cast(termin)
            async with termin.at_work(), _beside(self._following(termin)), _beside(self._past(termin)):
                self._club = termin.web(_routes(termin, cast), cast.log_ins)
                self._open.set()
                log.info("the demo is on %s/", self._base)
                await _first_of(self._over, self._again, termin.stop)
                self._open.clear()
                self._club = AWAY
        finally:
            await asyncio.to_thread(termin.database.close)

    async def _cast(self, termin: Termin) -> Cast:
        """The people, in the club's file and at the providers."""

        def work(tx: Transaction) -> Cast:
            plant(tx, termin.centre)
            return enter(tx, termin.centre, NUMBER, BOT)

        cast = await termin.database.write(work, termin.clock.now())
        chats = [_chat(member) for member in cast.members if member.chat_id is not None]
        async with (
            aiohttp.ClientSession() as http,
            http.post(f"{self._base}/sandbox/chats", json={"chats": chats}) as answer,
        ):
            answer.raise_for_status()
        return cast

    async def _following(self, termin: Termin) -> None:
        await follow(Walk(termin), f"{self._base}/sandbox", termin.stop)

    async def _past(self, termin: Termin) -> None:
        """Nobody waits for it to begin playing."""
        try:
            await look_back(termin.database, [one.lane for one in termin.courier.services], self._begin_at)
        except Exception:
            log.exception("the months behind could not be written")

    def _web(self) -> Starlette:
        return Starlette(
            routes=[
                *front_page(),
                Route("/demo/reset", self._reset, methods=["POST"]),
                Mount("/sandbox", build(self._world)),
                Mount("/", self._current),
            ]
        )

    async def _current(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._club(scope, receive, send)

    async def _reset(self, _request: Request) -> Response:
        """Answers once the new club is at work."""
        self._open.clear()
        self._again.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._open.wait(), RESET_SECONDS)
        return JSONResponse({"ready": self._open.is_set()}, 200 if self._open.is_set() else 503)


@asynccontextmanager
async def _beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Until the block ends, if it has not ended before."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def without_caps(centre: Centre) -> Centre:
    """SMS parts are counted by real days, of which the movable clock puts a month into one: nothing shall fall silent."""
    rules = centre.rules.model_copy(update={"sms_parts_a_day": 1_000_000, "sms_parts_a_month": 1_000_000})
    return centre.model_copy(update={"rules": rules})


def demo_settings(port: int) -> Settings:
    """Nothing of the environment: no demo shall ever write to real people."""
    base = f"http://127.0.0.1:{port}"
    return Settings.model_validate(
        {
            "database_url": f"sqlite:///{DATABASE}",
            "bind": f"127.0.0.1:{port}",
            "public_url": base,
            "telegram_token": TOKEN,
            "telegram_api_url": f"{base}/sandbox/telegram",
            "twilio_account_sid": ACCOUNT,
            "twilio_auth_token": AUTH_TOKEN,
            "twilio_sender": NUMBER,
            "twilio_api_url": f"{base}/sandbox/twilio",
            "sms_per_second": 20,
        }
    )


def _chat(member: Member) -> dict[str, Any]:
    """Their Telegram account as the pretend Telegram knows it; whoever is linked has begun the chat."""
    known = {"first_name": member.name.split()[0], "phone": member.phone, "language_code": member.language}
    return {"id": member.chat_id, "started": member.linked, **known}


def _routes(termin: Termin, cast: Cast) -> list[Route | Mount]:
    async def state(_request: Request) -> Response:
        return JSONResponse(await state_of(termin, cast), headers={"Cache-Control": "no-store"})

    async def slip(request: Request) -> Response:
        return HTMLResponse(
            await slip_of(termin, request.path_params["person_id"]),
            headers=HEADERS | {"Cache-Control": "no-store"},
        )

    return [Route("/demo/state", state), Route("/demo/slip/{person_id:int}", slip)]


def _empty_database(url: str) -> None:
    for file in (
        DATABASE,
        DATABASE.with_name(DATABASE.name + "-wal"),
        DATABASE.with_name(DATABASE.name + "-shm"),
    ):
        file.unlink(missing_ok=True)
    create(url)


async def _first_of(*events: asyncio.Event) -> None:
    waits = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
